import { z } from 'zod';
import { issueKeySchema, saidSchema } from './review.ts';
import { utcDay } from './utc-day.ts';

/** Issues of one week's random sample. With 50 answers, a share near 80 % is known to about ±11 points. */
export const SAMPLE_SIZE = 50;
/** Pairs of one week's sample that people are asked "same issue?" about. */
export const PAIRS = 15;
/** Days before the draw whose reports the sample is drawn from. */
export const SAMPLE_DAYS = 30;

export const PAIR_ANSWERS = ['same', 'different', 'skipped'] as const;

/** One week's random sample, drawn once. What the classifier said is kept as it was at the draw. */
export const reviewSampleSchema = z.object({
  organizationId: z.string(),
  /** Monday of the week, `YYYY-MM-DD` in UTC. */
  week: z.string(),
  drawnAt: z.date(),
  /** Issues that it was drawn from. */
  frame: z.number().int().nonnegative(),
  /** In the order they are asked about, which is random too: any beginning of it is a random sample. */
  members: z.array(issueKeySchema.extend({ said: saidSchema })),
  /** How far people came: members before this were asked about. */
  asked: z.number().int().nonnegative(),
  /** Members that nobody could judge, by place. */
  skipped: z.array(z.number().int().nonnegative()),
  /** Two conversations of one pattern each. */
  pairs: z.array(
    z.object({
      patternId: z.string(),
      conversationIds: z.tuple([z.number().int(), z.number().int()]),
      answer: z.enum(PAIR_ANSWERS).nullable(),
      by: z.string().nullable(),
    }),
  ),
});
export type ReviewSample = z.infer<typeof reviewSampleSchema>;

/** Monday of the week of a moment, in UTC. */
export function weekOf(at: Date): string {
  const day = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return utcDay(day);
}
