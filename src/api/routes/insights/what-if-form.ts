import { z } from 'zod';
import { WHAT_IF_DAYS } from '../../../domain/what-if.ts';
import { taxonomyForm } from '../settings/taxonomy-form.ts';

const PERCENT = 'Use a whole number from 0 to 95.';
const TEMPERATURE = 'Use a number from 0 to 1, or leave it empty.';
const CHOOSE = 'Choose one of these.';

const settingsForm = z.object({
  days: z
    .string(CHOOSE)
    .transform(Number)
    .refine((days) => WHAT_IF_DAYS.some((one) => one === days), CHOOSE),
  classifier: z.enum(['auto', 'offline'], CHOOSE),
  model: z
    .string()
    .trim()
    .max(100, 'Use at most 100 characters.')
    .transform((text) => text || null),
  effort: z.enum(['', 'low', 'medium', 'high'], CHOOSE).transform((value) => value || null),
  temperature: z
    .string()
    .trim()
    .regex(/^(|0|1|[01]?\.\d{1,2}|1\.0{1,2})$/, TEMPERATURE)
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((value) => value === null || value <= 1, TEMPERATURE),
  reviewPercent: z
    .string(PERCENT)
    .trim()
    .regex(/^\d{1,2}$/, PERCENT)
    .transform(Number)
    .refine((value) => value <= 95, PERCENT),
});

/** The form of a new what-if: how far back, and what is tried. Sentences stand at all fields that do not fit. */
export const whatIfForm = z
  .intersection(taxonomyForm, settingsForm)
  .transform(({ days, version, classifier, model, effort, temperature, reviewPercent, ...draft }) => ({
    ...{ days, version, draft },
    settings: { classifier, model, effort, temperature, reviewBelow: reviewPercent / 100 },
  }));
