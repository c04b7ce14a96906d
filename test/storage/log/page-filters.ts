import { SYNC_EVENT_TYPES } from '../../../src/domain/sync-event.ts';
import type { SyncEventFilter } from '../../../src/storage/sync-events.ts';
import { GENERATED } from './generated-log.ts';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(GENERATED.until.getTime() - days * DAY_MS);

/** What each control of the page can ask for; one of each makes a filter. */
const CHOICES: readonly (readonly SyncEventFilter[])[] = [
  [{}, { from: ago(2) }, { from: ago(9), to: ago(7) }, { to: ago(3) }],
  [
    {},
    { types: ['ticketCreated'] },
    { types: ['customerSynced', 'customerUpdated', 'error'] },
    { types: SYNC_EVENT_TYPES },
  ],
  [
    {},
    { statuses: ['success'] },
    { statuses: ['failed'] },
    { statuses: ['pending', 'retrying'] },
    { statuses: ['skipped', 'failed'] },
    { statuses: ['success', 'failed', 'pending', 'retrying', 'skipped'] },
  ],
  [{}, { direction: 'inbound' }, { direction: 'outbound' }, { direction: 'internal' }],
  [
    {},
    { conversationId: 1004 },
    { submissionId: 'submission-40' },
    { customerExternalId: 'external-7' },
    { customerEmail: 'customer7@shop7.example' },
  ],
  [{}, { errorCode: 'timeout' }],
];

/** Every filter that the page can send, as far as it makes a difference to the query. */
export const pageFilters = (): SyncEventFilter[] =>
  CHOICES.reduce<SyncEventFilter[]>(
    (filters, choices) => filters.flatMap((filter) => choices.map((choice) => ({ ...filter, ...choice }))),
    [{}],
  );
