import type { ScanPeriod } from '../domain/scan-period.ts';

/** Which conversations are read from now on, and which of the added mailboxes' earlier ones. */
export interface MailboxChoice {
  mailboxIds: number[];
  /** Absent: the installation's setting. */
  period?: ScanPeriod;
}

export interface MailboxesSelected {
  /** Of the scan of the added mailboxes; null when nothing was added, or while it waits for the one under way. */
  scanNumber: number | null;
  added: number[];
  removed: number[];
}

export interface RescanWish {
  /** Absent: the installation's setting. */
  period?: ScanPeriod;
}

/** Who asks, for what people are told later; absent: somebody in Temporal Web. */
export interface AskedBy {
  by?: string;
}

/** Of mailboxes whose conversations of a period are counted. */
export interface EstimateWish {
  mailboxIds: number[];
  period?: ScanPeriod;
}
