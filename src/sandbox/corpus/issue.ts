import type { Category } from '../../domain/category.ts';

export type MailboxName = 'Support' | 'Billing' | 'Mobile';

/** How an issue's conversations lie in time; timeline.ts says what each means in days. */
export type Curve = 'usual' | 'steady' | 'rising' | 'ended';

/** A customer's answer to any of an issue's `replies`, or only to the one at index `to`. */
export type Answer = string | { to: number; text: string };

/**
 * One underlying issue and everything people say about it. Texts may hold slots such as `{site}`, filled per
 * conversation (slots.ts).
 */
export interface Issue {
  key: string;
  category: Category;
  mailbox: MailboxName;
  /** How many conversations are about it. */
  count: number;
  curve?: Curve;
  subjects: string[];
  /** Ways of saying the whole matter, each complete in itself. */
  phrasings: string[];
  /** Sentences that may follow any of the phrasings. */
  details: string[];
  /** First answers by an agent. */
  replies: string[];
  /** What the customer may answer: more to say, or content. */
  more: Answer[];
  thanks: Answer[];
  /** Private notes among agents. */
  notes?: string[];
}

/** A conversation about something nobody else wrote about. */
export interface OneOff {
  key: string;
  category: Category;
  mailbox: MailboxName;
  subject: string;
  text: string;
  reply?: string;
  thanks?: string;
}
