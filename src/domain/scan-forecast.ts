import type { MailboxEstimate } from './scan-estimate.ts';

/** Conversations of one page of Help Scout's list. */
const PAGE = 25;

/** What reading takes, before it is started. */
export interface ScanForecast {
  conversations: number;
  /** Calls to Help Scout. */
  calls: number;
  /** At the account's limit, with nothing else that uses it; null where the limit is not known. */
  minutes: number | null;
  callsPerMinute: number | null;
}

/** What a scan will take, and where Claude answers, what that uses. */
export interface ScanOutlook extends ScanForecast {
  mailboxes: readonly Pick<MailboxEstimate, 'mailboxId' | 'conversations'>[];
  /** Null where the offline model answers: nothing is paid. */
  paid: {
    model: string;
    tokens: number;
    /** Null where the model's price is not known. */
    costUsd: number | null;
    batches: boolean;
    dailyCapUsd: number | null;
  } | null;
}

/** Calls: one a page of the list, one more for each conversation that is cut short there. Minutes: those by the limit. */
export function forecastOf(
  mailboxes: readonly Pick<MailboxEstimate, 'conversations' | 'cutShort'>[],
  { callsPerMinute }: { callsPerMinute: number | null },
): ScanForecast {
  const conversations = mailboxes.reduce((sum, { conversations: more }) => sum + more, 0);
  const alone = mailboxes.reduce((sum, count) => sum + count.conversations * count.cutShort, 0);
  const calls = Math.max(1, Math.ceil(conversations / PAGE)) + Math.round(alone);
  return { conversations, calls, minutes: callsPerMinute ? calls / callsPerMinute : null, callsPerMinute };
}
