import { SYNC_EVENT_NAMES, type SyncEvent } from '../../domain/sync-event.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SyncEventFilter } from '../../storage/sync-events.ts';
import { isoWithOffset } from './calendar.ts';
import { csvLines, csvStart } from './csv.ts';
import { type ShownEvent, withConversations } from './log-rows.ts';

/** Rows looked up and written together. */
const BATCH = 200;

interface ExportDeps {
  storage: Storage;
  timeZone: string;
}

/** The rows of a filter as CSV (RFC 4180), in the order of the page. Holds one batch at a time, whatever the number. */
export async function* logAsCsv(deps: ExportDeps, organizationId: string, wanted: SyncEventFilter) {
  yield csvStart(CSV_COLUMNS);
  for await (const rows of batches(deps, organizationId, wanted)) {
    yield csvLines(rows.map((row) => cellsOf(row, deps.timeZone)));
  }
}

/** The rows of a filter as one JSON object a line, UTF-8 without a mark. */
export async function* logAsNdjson(deps: ExportDeps, organizationId: string, wanted: SyncEventFilter) {
  for await (const rows of batches(deps, organizationId, wanted)) {
    yield rows.map((row) => `${JSON.stringify(objectOf(row, deps.timeZone))}\n`).join('');
  }
}

/** Ends the storage's cursor with the loop: also when the reader has gone away. */
async function* batches({ storage }: ExportDeps, organizationId: string, wanted: SyncEventFilter) {
  let batch: SyncEvent[] = [];
  const filled = () => withConversations(storage, organizationId, batch, { links: false });
  for await (const event of storage.syncEvents.stream(organizationId, wanted)) {
    batch.push(event);
    if (batch.length === BATCH) {
      yield await filled();
      batch = [];
    }
  }
  if (batch.length > 0) yield await filled();
}

const CSV_COLUMNS = [
  'Time',
  'Event type',
  'Customer e-mail',
  'Ticket id',
  'Conversation id',
  'Conversation URL',
  'Status',
  'Attempts',
  'Direction',
  'Details',
  'Error code',
  'Error message',
  'Remedy',
  'Settled',
  'Event id',
];

const cellsOf = (row: ShownEvent, timeZone: string): string[] => [
  isoWithOffset(row.createdAt, timeZone),
  SYNC_EVENT_NAMES[row.type],
  row.customerEmail ?? '',
  row.submissionId ?? '',
  row.conversationId === null ? '' : String(row.conversationId),
  row.conversationUrl ?? '',
  row.status,
  String(row.attempts.length),
  row.direction,
  row.details,
  row.error?.code ?? '',
  row.error?.message ?? '',
  row.error?.remedy ?? '',
  row.settledAt ? isoWithOffset(row.settledAt, timeZone) : '',
  row.eventId,
];

const objectOf = (row: ShownEvent, timeZone: string) => ({
  eventId: row.eventId,
  createdAt: isoWithOffset(row.createdAt, timeZone),
  type: row.type,
  status: row.status,
  direction: row.direction,
  customerEmail: row.customerEmail,
  customerExternalId: row.customerExternalId,
  submissionId: row.submissionId,
  conversationId: row.conversationId,
  conversationUrl: row.conversationUrl,
  details: row.details,
  error: row.error,
  attempts: row.attempts.map((attempt) => ({ ...attempt, at: isoWithOffset(attempt.at, timeZone) })),
  settledAt: row.settledAt && isoWithOffset(row.settledAt, timeZone),
});
