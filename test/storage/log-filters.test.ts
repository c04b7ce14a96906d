import assert from 'node:assert/strict';
import fc from 'fast-check';
import mongoose, { type Connection } from 'mongoose';
import { DIRECTIONS, SYNC_EVENT_TYPES, SYNC_STATUSES, type SyncEvent } from '../../src/domain/sync-event.ts';
import { collect } from '../../src/helpscout/paging.ts';
import type { Cursor } from '../../src/storage/paging.ts';
import { createSyncEventStore, type SyncEventFilter } from '../../src/storage/sync-events.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

type Store = ReturnType<typeof createSyncEventStore>;

const EMAILS = ['ann@a.example', 'anna@a.example', 'bob+1@b.example', '.*@x.example', 'ünï@a.example', '$gt', null];
const TYPES = SYNC_EVENT_TYPES.slice(0, 4);
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9) + minute * 60_000);

const rowArbitrary = fc.record({
  type: fc.constantFrom(...TYPES),
  status: fc.constantFrom(...SYNC_STATUSES),
  direction: fc.constantFrom(...DIRECTIONS),
  customerEmail: fc.constantFrom(...EMAILS),
  conversationId: fc.constantFrom(1, 2, null),
  submissionId: fc.constantFrom('s1', 's2', null),
  customerExternalId: fc.constantFrom('c1', null),
  code: fc.constantFrom('timeout', 'invalidEmail', null),
  // Few moments, so that many rows share theirs.
  minute: fc.integer({ min: 0, max: 7 }).map((eighth) => eighth * 20),
  name: fc.constantFrom('a', 'Z', '\u{1F600}', '\uFFEE', 'é'),
});
const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
const filterArbitrary: fc.Arbitrary<SyncEventFilter> = fc.record({
  types: some(TYPES),
  statuses: some(SYNC_STATUSES),
  direction: maybe(...DIRECTIONS),
  from: maybe(at(0), at(20), at(31)),
  to: maybe(at(100), at(120), at(140)),
  conversationId: maybe(1, 2, 9),
  submissionId: maybe('s1', 'S1'),
  customerExternalId: maybe('c1'),
  customerEmail: maybe('ann@a.example', ' ANN@a.example', '.*@x.example', '$gt'),
  errorCode: maybe('timeout'),
});

/** What a filter means, said the long way. */
function means(filter: SyncEventFilter, row: SyncEvent): boolean {
  const plain = (text: string) => text.trim().toLowerCase();
  if (filter.types && !filter.types.includes(row.type)) return false;
  if (filter.statuses && !filter.statuses.includes(row.status)) return false;
  if (filter.direction && filter.direction !== row.direction) return false;
  if (filter.from && row.createdAt < filter.from) return false;
  if (filter.to && row.createdAt >= filter.to) return false;
  if (filter.conversationId !== undefined && filter.conversationId !== row.conversationId) return false;
  if (filter.submissionId !== undefined && filter.submissionId !== row.submissionId) return false;
  if (filter.customerExternalId !== undefined && filter.customerExternalId !== row.customerExternalId) return false;
  if (filter.customerEmail !== undefined && plain(filter.customerEmail) !== row.customerEmail) return false;
  return filter.errorCode === undefined || filter.errorCode === row.error?.code;
}

const byCodePoints = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const newestFirst = (rows: readonly SyncEvent[]) =>
  rows.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || byCodePoints(b.eventId, a.eventId));
const idsOf = (rows: readonly { eventId: string }[]) => rows.map(({ eventId }) => eventId);

async function pageByPage(
  store: Store,
  organizationId: string,
  filter: SyncEventFilter,
  { limit, order, between }: { limit: number; order?: 'oldestFirst'; between?: (page: number) => Promise<void> },
) {
  const seen: SyncEvent[] = [];
  let cursor: Cursor | undefined;
  for (let page = 0; ; page += 1) {
    const { events, next } = await store.list(organizationId, filter, {
      limit,
      ...(cursor && { cursor }),
      ...(order && { order }),
    });
    assert(events.length <= limit);
    seen.push(...events);
    if (!next) return seen;
    cursor = next;
    await between?.(page);
  }
}

describe('filters of the log', () => {
  let server: MongodbServer;
  let connection: Connection;
  let store: Store;
  let organizations = 0;
  const newOrganization = () => {
    organizations += 1;
    return `org-${organizations}`;
  };
  const insert = async (
    organizationId: string,
    rows: readonly (typeof rowArbitrary extends fc.Arbitrary<infer R> ? R : never)[],
  ) => {
    const documents = rows.map(({ code, minute, name, ...row }, number) => ({
      ...row,
      organizationId,
      integrationId: 'integration-1',
      eventId: `${name}-${number}`,
      conversationUrl: null,
      details: '',
      error: code ? { code, message: 'm', remedy: 'r' } : null,
      attempts: {},
      workflowId: 'scan:1',
      createdAt: at(minute),
      settledAt: null,
      revision: 1,
    }));
    if (documents.length > 0) await connection.collection<object>('syncEvents').insertMany(documents);
    return documents.map((document): SyncEvent => ({ ...document, attempts: [] }));
  };

  before(async function () {
    this.timeout(60_000);
    server = await startMongodb();
    connection = await mongoose.createConnection(server.newDatabase()).asPromise();
    store = createSyncEventStore(connection);
    await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  });
  after(async () => {
    await connection.close();
    await server.stop();
  });

  it('select the same rows in the same order for a list, a stream and a count, whatever rows there are', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { maxLength: 40 }),
        fc.array(filterArbitrary, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 7 }),
        async (drawn, filters, limit) => {
          const organizationId = newOrganization();
          const rows = await insert(organizationId, drawn);
          await insert(newOrganization(), drawn);
          for (const filter of filters) {
            const wanted = idsOf(newestFirst(rows.filter((row) => means(filter, row))));
            assert.deepEqual(idsOf(await pageByPage(store, organizationId, filter, { limit })), wanted);
            const backwards = await pageByPage(store, organizationId, filter, { limit, order: 'oldestFirst' });
            assert.deepEqual(idsOf(backwards), wanted.toReversed());
            assert.deepEqual(idsOf(await collect(store.stream(organizationId, filter))), wanted);
            const { byTypeAndStatus, byHour } = await store.summary(organizationId, filter);
            assert.equal(
              byTypeAndStatus.reduce((sum, { events }) => sum + events, 0),
              wanted.length,
            );
            assert.equal(
              byHour.reduce((sum, bar) => sum + bar.success + bar.failed + bar.other, 0),
              wanted.length,
            );
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it('show each row once and miss none while rows arrive between the pages', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { minLength: 1, maxLength: 30 }),
        filterArbitrary,
        async (drawn, filter) => {
          const organizationId = newOrganization();
          const rows = await insert(organizationId, drawn);
          const seen = await pageByPage(store, organizationId, filter, {
            limit: 3,
            between: (page) =>
              store.open(
                organizationId,
                [0, 60, 150].map((minute) => ({
                  eventId: `m-late-${page}-${minute}`,
                  integrationId: 'integration-1',
                  type: 'ticketCreated',
                  direction: 'outbound',
                  workflowId: 'scan:1',
                  createdAt: at(minute),
                })),
              ),
          });
          assert.equal(new Set(idsOf(seen)).size, seen.length);
          assert.deepEqual(idsOf(seen), idsOf(newestFirst(seen)));
          const missing = rows.filter((row) => means(filter, row) && !idsOf(seen).includes(row.eventId));
          assert.deepEqual(missing, []);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('take what people type as it is', async () => {
    const organizationId = newOrganization();
    const addresses = [
      'a.b@x.example',
      'axb@x.example',
      '.*',
      '^a',
      '$ne',
      '{"$gt":""}',
      '日本@x.example',
      '\u{10FFFF}z',
      'a\\b',
      "a'b",
    ];
    await store.open(
      organizationId,
      addresses.map((customerEmail, number) => ({
        eventId: `${number}`,
        integrationId: 'integration-1',
        type: 'customerSynced',
        direction: 'outbound',
        workflowId: 'customer:1',
        customerEmail,
      })),
    );
    for (const address of addresses) {
      const exact = await store.list(organizationId, { customerEmail: address }, { limit: 20 });
      assert.deepEqual(
        exact.events.map(({ customerEmail }) => customerEmail),
        [address],
      );
      const found = await store.addressesBeginningWith(organizationId, address.slice(0, 2), 20);
      const wanted = addresses.filter((other) => other.startsWith(address.slice(0, 2))).toSorted(byCodePoints);
      assert.deepEqual(found, wanted);
      assert.deepEqual(await store.addressesBeginningWith('other', address.slice(0, 2), 20), []);
    }
    for (const text of [
      '.',
      '^',
      '$',
      '*',
      '[a',
      '(',
      '\\',
      '\0',
      '\uD800',
      'a'.repeat(10_240),
      '(a+)+$'.repeat(1700),
    ]) {
      const wanted = addresses.filter((address) => address.startsWith(text)).toSorted(byCodePoints);
      assert.deepEqual(await store.addressesBeginningWith(organizationId, text, 20), wanted);
      for (const filter of [{ customerEmail: text }, { submissionId: text }, { errorCode: text }]) {
        const { events } = await store.list(organizationId, filter, { limit: 20 });
        assert.deepEqual(events, []);
        assert.deepEqual(await store.counts(organizationId, filter), []);
      }
    }
  });

  it('let no object into a query', async () => {
    for (const field of ['customerEmail', 'submissionId', 'customerExternalId', 'errorCode', 'from', 'direction']) {
      const filter = JSON.parse(`{ "${field}": { "$gt": "" } }`);
      await assert.rejects(store.list('org', filter, { limit: 1 }), /Invalid/);
      await assert.rejects(store.summary('org', filter), /Invalid/);
      await assert.rejects(collect(store.stream('org', filter)), /Invalid/);
    }
  });
});
