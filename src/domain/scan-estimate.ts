import { z } from 'zod';

const mailboxEstimateSchema = z.object({
  mailboxId: z.number().int(),
  /** Of the window, by Help Scout's own count. */
  conversations: z.number().int().nonnegative(),
  /** The part (0 to 1) whose messages do not all come with Help Scout's list: each is read by a call of its own. */
  cutShort: z.number().min(0).max(1).default(0),
  /** Conversations that a model would be asked about; none with the offline model. */
  calls: z.number().int().nonnegative(),
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** US dollars by list price; null when the price of the model is not known. */
  costUsd: z.number().nonnegative().nullable(),
});
export type MailboxEstimate = z.infer<typeof mailboxEstimateSchema>;

/** What a first scan will use, by mailbox: told before anything is read or paid. */
export const scanEstimateSchema = z.object({
  mailboxes: z.array(mailboxEstimateSchema),
  /** Null: the offline model answers, and nothing is paid. */
  model: z.string().nullable(),
  /** Half the price, answered within a day. */
  batch: z.boolean(),
  /** What may be spent a day; null without a limit. */
  dailyCapUsd: z.number().nullable(),
  estimatedAtMs: z.number(),
});
export type ScanEstimate = z.infer<typeof scanEstimateSchema>;

/** What some of an estimate's mailboxes come to together; one whose price is not known makes the sum's unknown. */
export function totalOf(
  { mailboxes }: Pick<ScanEstimate, 'mailboxes'>,
  mailboxIds: readonly number[],
): { conversations: number; calls: number; tokens: number; costUsd: number | null } {
  const total = { conversations: 0, calls: 0, tokens: 0, costUsd: 0 as number | null };
  for (const { mailboxId, conversations, calls, inputTokens, outputTokens, costUsd } of mailboxes) {
    if (!mailboxIds.includes(mailboxId)) continue;
    total.conversations += conversations;
    total.calls += calls;
    total.tokens += inputTokens + outputTokens;
    total.costUsd = total.costUsd === null || costUsd === null ? null : total.costUsd + costUsd;
  }
  return total;
}
