import type { ResourceIdName } from '../deliveries/publication.ts';

/** One request that was seen, noted once it is over. */
interface RequestNote extends CallNotes {
  kind: 'request';
  method: string;
  path: string;
  template: string;
  /** Null when no answer was sent. */
  status: number | null;
}

/** What is known of an API call besides; pages have none of it. */
export interface CallNotes {
  /** What the call took of the rate limit: 0 when it was free or refused. */
  cost?: number;
  /** The start of the hash of its token, API key or app id: tells callers apart without naming them. */
  caller?: string;
  /** The fault rule that struck. */
  faultId?: number;
  /** The connection was cut by a fault, before the call was handled or after; `client` when the caller hung up. */
  dropped?: 'before' | 'after' | 'client';
  /** The status of the answer that was dropped after the call was handled. */
  unsentStatus?: number;
}

/** One attempt to deliver an event; `status` is null when no answer came. */
interface DeliveryNote extends Partial<Record<ResourceIdName, number>> {
  kind: 'delivery';
  event: string;
  webhookId: number;
  attempt: number;
  status: number | null;
  /** What a switch did to it: `lost`, `delayed`, `held`, `duplicate`, `wrongSignature`; `discarded` when it was the last. */
  marks?: string[];
}

/** One committed change: the kind of the stored event and the ids in it, never a text. */
export interface ChangeNote {
  kind: 'change';
  event: string;
  [id: `${string}Id`]: number;
  [ids: `${string}Ids`]: number[];
}

export const JOURNAL_KINDS = ['request', 'delivery', 'change'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];
export type JournalNote = RequestNote | DeliveryNote | ChangeNote;

/** `seq` counts all kinds together, from 1; `at` is a time of the sandbox's clock. */
export type JournalEntry = { seq: number; at: string } & JournalNote;
