import { z } from 'zod';
import { ENDPOINTS, endpointName } from './endpoints.ts';
import {
  type FailureContext,
  HelpScoutConflict,
  type HelpScoutError,
  HelpScoutForbidden,
  HelpScoutMerged,
  HelpScoutNotFound,
  HelpScoutPreconditionFailed,
  HelpScoutRateLimited,
  HelpScoutRejected,
  HelpScoutTimeout,
  HelpScoutUnauthorized,
  HelpScoutUnavailable,
  HelpScoutUncertain,
  HelpScoutUnexpectedShape,
  type Problem,
} from './errors.ts';
import { retryAfterMs } from './rate-headers.ts';
import type { Call, Reply } from './request.ts';

/** References are ids, not text: what does not look like one is not carried around. */
const referenceSchema = z
  .string()
  .regex(/^[\w.:#-]{1,120}$/)
  .optional()
  .catch(undefined);

/** Any part may be missing, and so may the body. `rejectedValue` is left out: it may be a customer's words. */
const envelopeSchema = z
  .object({
    logRef: referenceSchema,
    _embedded: z
      .object({
        errors: z.array(
          z.object({
            path: z.string().catch(''),
            message: z
              .string()
              .transform((message) => message.slice(0, 200))
              .catch(''),
          }),
        ),
      })
      .optional()
      .catch(undefined),
  })
  .catch({ logRef: undefined });

/** The error that an answer other than 2xx stands for. Only status and headers decide; the body adds detail. */
export function answerFailure(call: Call, { status, headers, body }: Reply): HelpScoutError {
  const { logRef, _embedded } = envelopeSchema.parse(body);
  const requestId = referenceSchema.parse(headers.get('correlation-id') ?? undefined);
  const context: FailureContext = { endpoint: endpointName(call.endpoint), status, logRef, requestId };
  const repeatable = call.repeatable ?? call.endpoint.repeatable;
  if (status === 429) return new HelpScoutRateLimited(retryAfterMs(headers), context);
  // The only one of its kind that says that nothing was done (Inbox API, "Errors").
  if (status === 504) return new HelpScoutUnavailable('Help Scout took too long', context);
  if (status >= 500 || status === 408) {
    if (!repeatable) return new HelpScoutUncertain('sent, and Help Scout failed', context);
    return status === 408
      ? new HelpScoutTimeout('no answer in time', context)
      : new HelpScoutUnavailable('Help Scout failed', context);
  }
  if (status === 301 && call.endpoint === ENDPOINTS.getConversation) return merged(headers, context);
  if (status < 400) return new HelpScoutUnexpectedShape('an answer without a meaning', context);
  if (status === 401) return new HelpScoutUnauthorized('the credentials are not accepted', context);
  if (status === 403) return new HelpScoutForbidden('the connected user may not do this', context);
  if (status === 404) return new HelpScoutNotFound('not found', context);
  return refusal(status, _embedded?.errors ?? [], context);
}

function refusal(status: number, problems: Problem[], context: FailureContext) {
  if (status === 409) return new HelpScoutConflict('there is such a thing already', problems, context);
  if (status === 412) return new HelpScoutPreconditionFailed('not in this state', problems, context);
  return new HelpScoutRejected('the request was refused', problems, context);
}

function merged(headers: Headers, context: FailureContext) {
  const survivor = /\/conversations\/(\d{1,15})(?:[/?#]|$)/.exec(headers.get('location') ?? '')?.[1];
  if (survivor === undefined) return new HelpScoutUnexpectedShape('a redirect without a conversation', context);
  return new HelpScoutMerged(Number(survivor), context);
}
