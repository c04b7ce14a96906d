import { SYNC_ERROR_TEXT } from '../../../src/domain/sync-error-text.ts';
import type { Direction, SyncEvent, SyncEventType, SyncStatus } from '../../../src/domain/sync-event.ts';

/** The generated log ends here, and goes back so many days. */
export const GENERATED = { until: new Date('2026-03-31T12:00:00Z'), days: 30 } as const;
const DAY_MS = 86_400_000;

/** So many of 1,000 rows: a scan's conversations most of all, a few of everything else. */
const KINDS: readonly { of1000: number; type: SyncEventType; direction: Direction }[] = [
  { of1000: 520, type: 'conversationUpdated', direction: 'inbound' },
  { of1000: 250, type: 'conversationSynced', direction: 'inbound' },
  { of1000: 120, type: 'customerUpdated', direction: 'outbound' },
  { of1000: 60, type: 'ticketCreated', direction: 'outbound' },
  { of1000: 40, type: 'customerSynced', direction: 'outbound' },
  { of1000: 4, type: 'error', direction: 'internal' },
  { of1000: 3, type: 'tokenRefreshed', direction: 'internal' },
  { of1000: 2, type: 'reconciled', direction: 'inbound' },
  { of1000: 1, type: 'scanCompleted', direction: 'inbound' },
];
const STATUSES: readonly { of1000: number; status: SyncStatus }[] = [
  { of1000: 955, status: 'success' },
  { of1000: 30, status: 'skipped' },
  { of1000: 10, status: 'failed' },
  { of1000: 4, status: 'pending' },
  { of1000: 1, status: 'retrying' },
];
const CAUSES = ['timeout', 'invalidEmail', 'helpScoutUnavailable', 'requiredFieldMissing', 'uncertain'] as const;

/** The same numbers each time: Marsaglia's xorshift. */
function createRandom(seed: number) {
  let state = seed;
  return (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** One of some things, as often as each says. */
function oneOf<T extends { of1000: number }>(things: readonly T[], random: (below: number) => number): T {
  let left = random(1000);
  for (const thing of things) {
    left -= thing.of1000;
    if (left < 0) return thing;
  }
  throw new Error('They do not add up to 1,000.');
}

export type GeneratedRow = Omit<SyncEvent, 'attempts'> & { attempts: Record<string, never> };

/** Rows of a busy month, the oldest first, as the collection keeps them. One in fifty has its moment in common with others. */
export function* generatedRows(organizationId: string, count: number): Generator<GeneratedRow> {
  const random = createRandom(20_260_331);
  const customers = Math.max(20, Math.floor(count / 30));
  const begin = GENERATED.until.getTime() - GENERATED.days * DAY_MS;
  let createdMs = begin;
  for (let number = 0; number < count; number += 1) {
    const { type, direction } = oneOf(KINDS, random);
    const { status } = oneOf(STATUSES, random);
    const code = CAUSES[random(CAUSES.length)] ?? 'timeout';
    const ofCustomer =
      type !== 'tokenRefreshed' && type !== 'reconciled' && type !== 'scanCompleted' && type !== 'error';
    const customer = random(customers);
    if (random(50) > 0) createdMs = begin + Math.floor((number * GENERATED.days * DAY_MS) / count);
    yield {
      organizationId,
      integrationId: 'integration-1',
      eventId: `row-${number.toString().padStart(7, '0')}`,
      type,
      status,
      direction,
      customerEmail: ofCustomer ? `customer${customer}@shop${customer % 40}.example` : null,
      submissionId: type === 'ticketCreated' ? `submission-${number}` : null,
      customerExternalId: type.startsWith('customer') ? `external-${customer}` : null,
      conversationId: type.startsWith('conversation') ? 1000 + random(Math.max(10, Math.floor(count / 12))) : null,
      conversationUrl: null,
      details: 'Read 3 threads; classified as a question.',
      error: status === 'failed' || status === 'retrying' ? { code, ...SYNC_ERROR_TEXT[code] } : null,
      attempts: {},
      workflowId: `scan:integration-1:${Math.floor(number / 1000)}`,
      createdAt: new Date(createdMs),
      settledAt: status === 'pending' || status === 'retrying' ? null : new Date(createdMs + 900),
      revision: 2,
    };
  }
}
