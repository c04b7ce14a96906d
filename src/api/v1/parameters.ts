import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { idParam, numberParam } from '../readers/query-values.ts';
import type { ApiCaller } from './api-endpoint.ts';

/** An id in an address. */
export const id = (description: string) => idParam.describe(description);
export const positiveNumber = (description: string) => numberParam.describe(description);

/** A parameter that may be repeated: any of its values fits. */
export const anyOf = <const T extends readonly string[]>(values: T, description: string) =>
  z
    .preprocess((given) => (given === undefined || Array.isArray(given) ? given : [given]), z.array(z.enum(values)))
    .default([])
    .describe(description);

/** What dates of a query are understood by: the organization's own clock. */
export const clockOf = ({ now }: Pick<Deps, 'now'>, { organization }: ApiCaller) => ({
  now: now(),
  timeZone: organization.timeZone,
});
