import type { SyncErrorCode } from '../domain/sync-error.ts';
import { type Direction, SYNC_EVENT_NAMES, SYNC_EVENT_TYPES, type SyncEventType } from '../domain/sync-event.ts';

export const LOG_RANGES = ['today', '24h', '48h', '7d', '30d', 'custom'] as const;
export type LogRange = (typeof LOG_RANGES)[number];

/** The statuses people filter by; `pending` includes `retrying`. */
export const LOG_STATUSES = ['success', 'failed', 'pending', 'skipped'] as const;
export type LogStatus = (typeof LOG_STATUSES)[number];

/** The event types people filter by; `integration` gathers the integration's own events. */
export const LOG_TYPES = [
  'ticketCreated',
  'customerSynced',
  'customerUpdated',
  'conversationSynced',
  'conversationUpdated',
  'error',
  'integration',
] as const;
export type LogType = (typeof LOG_TYPES)[number];

export const INTEGRATION_TYPES: readonly SyncEventType[] = SYNC_EVENT_TYPES.filter(
  (type) => !LOG_TYPES.some((own) => own === type),
);

export const LOG_TYPE_TEXT: Record<LogType, string> = { ...SYNC_EVENT_NAMES, integration: 'Integration events' };
export const LOG_STATUS_TEXT: Record<LogStatus, string> = {
  success: 'Success',
  failed: 'Failed',
  pending: 'Pending',
  skipped: 'Skipped',
};
export const LOG_RANGE_TEXT: Record<LogRange, string> = {
  today: 'Today',
  '24h': 'Last 24 hours',
  '48h': 'Last 48 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  custom: 'Custom dates',
};
export const DIRECTION_TEXT: Record<Direction, string> = {
  inbound: 'From Help Scout',
  outbound: 'To Help Scout',
  internal: 'Internal',
};

/** The query of the log, as its address carries it: `type` and `status` are repeated, the rest is there once. */
export interface LogFilter {
  range: LogRange;
  /** With `custom`: `YYYY-MM-DD` in the organization's time zone, both inclusive; empty is open. */
  from: string;
  to: string;
  /** `HH:mm`, refining `from` and `to`; empty is the whole day. */
  fromTime: string;
  toTime: string;
  /** Empty is all of them. */
  type: readonly LogType[];
  status: readonly LogStatus[];
  direction: Direction | null;
  cause: SyncErrorCode | null;
  /** A customer's address or the beginning of one, a ticket's id or a conversation's. Always literal. */
  q: string;
  /** The cursor of an older page; null on the newest, the only one that refreshes itself. */
  before: string | null;
}

export const USUAL_LOG_FILTER: LogFilter = {
  range: '7d',
  from: '',
  to: '',
  fromTime: '',
  toTime: '',
  type: [],
  status: [],
  direction: null,
  cause: null,
  q: '',
  before: null,
};

/** A row's type as the filter has it. */
export const logTypeOf = (type: SyncEventType): LogType => LOG_TYPES.find((own) => own === type) ?? 'integration';
