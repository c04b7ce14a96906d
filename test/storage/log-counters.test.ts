import assert from 'node:assert/strict';
import fc from 'fast-check';
import mongoose, { type Connection } from 'mongoose';
import { collect } from '../../src/helpscout/paging.ts';
import { createSyncEventStore, type SyncEventFilter } from '../../src/storage/sync-events.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

const HOUR_MS = 3_600_000;
const BEGIN = Date.UTC(2026, 2, 1, 9);
/** Rows lie in three hours, some on the very boundaries. */
const timeOf = (row: number) => new Date(BEGIN + row * 20 * 60_000);

const step = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), rows: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('settle' as const),
    rows: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }),
    status: fc.constantFrom('success' as const, 'failed' as const, 'retrying' as const, 'skipped' as const),
  }),
  fc.record({ kind: fc.constant('retry' as const), row: fc.integer({ min: 0, max: 8 }) }),
  fc.record({
    kind: fc.constant('remove' as const),
    before: fc.integer({ min: 0, max: 9 }),
    most: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constant('read' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const FILTERS: SyncEventFilter[] = [
  {},
  { from: timeOf(0), to: new Date(BEGIN + 2 * HOUR_MS) },
  { from: timeOf(1), to: timeOf(7) },
  { from: timeOf(1), to: timeOf(2) },
  { statuses: ['failed'], from: timeOf(2) },
  { types: ['ticketCreated'], direction: 'outbound', to: timeOf(5) },
];

describe('counters of the log', () => {
  let server: MongodbServer;
  let address: string;
  let connection: Connection;
  let store: ReturnType<typeof createSyncEventStore>;
  let organizations = 0;

  before(async function () {
    this.timeout(60_000);
    server = await startMongodb();
    address = server.newDatabase();
    connection = await mongoose.createConnection(address).asPromise();
    store = createSyncEventStore(connection);
    await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  });
  after(async () => {
    await connection.close();
    await server.stop();
  });

  const run = async (organizationId: string, taken: Step): Promise<void> => {
    if (taken.kind === 'open') {
      await store.open(
        organizationId,
        taken.rows.map((row) => ({
          eventId: `row-${row}`,
          integrationId: 'integration-1',
          type: row % 2 === 0 ? 'ticketCreated' : 'conversationSynced',
          direction: row % 2 === 0 ? 'outbound' : 'inbound',
          workflowId: 'scan:1',
          createdAt: timeOf(row),
        })),
      );
    } else if (taken.kind === 'settle') {
      await store.settle(
        organizationId,
        taken.rows.map((row) => ({
          eventId: `row-${row}`,
          status: taken.status,
          by: 'automatic',
          attemptKey: taken.status,
          ...(row === 4 && { type: 'customerSynced' as const }),
        })),
      );
    } else if (taken.kind === 'retry') {
      await store.noteAttempt(organizationId, `row-${taken.row}`, 'run/1/1', {
        at: new Date(),
        by: 'automatic',
        outcome: 'failed',
      });
    } else if (taken.kind === 'remove') {
      await store.removeBefore(organizationId, timeOf(taken.before), taken.most);
    } else {
      await store.summary(organizationId, {});
    }
  };

  /** The summaries as the rows themselves have them. */
  const assertCounted = async (organizationId: string) => {
    for (const filter of FILTERS) {
      const rows = await collect(store.stream(organizationId, filter));
      const [byKind, byHour] = [new Map<string, number>(), new Map<number, number>()];
      for (const { type, status, createdAt } of rows) {
        byKind.set(`${type} ${status}`, (byKind.get(`${type} ${status}`) ?? 0) + 1);
        const hour = Math.floor(createdAt.getTime() / HOUR_MS) * HOUR_MS;
        byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
      }
      const summary = await store.summary(organizationId, filter);
      assert.deepEqual(
        Object.fromEntries(summary.byTypeAndStatus.map(({ type, status, events }) => [`${type} ${status}`, events])),
        Object.fromEntries(byKind),
      );
      assert.deepEqual(
        summary.byHour.map(({ hour, success, failed, other }) => [hour.getTime(), success + failed + other]),
        [...byHour].sort(([a], [b]) => a - b),
      );
    }
  };

  /** From now on, the write after so many is never made: what a killed process leaves behind. */
  const killAfter = (writes: number) => {
    let left = writes;
    const models = Object.values(connection.models);
    const originals = models.map((model) => ({
      model,
      bulkWrite: model.bulkWrite,
      updateOne: model.updateOne,
      deleteMany: model.deleteMany,
    }));
    const dying = <Run extends (...args: never[]) => unknown>(run: Run) =>
      function (this: unknown, ...args: never[]) {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return Reflect.apply(run, this, args);
      };
    for (const { model, bulkWrite, updateOne, deleteMany } of originals) {
      Object.assign(model, { bulkWrite: dying(bulkWrite), updateOne: dying(updateOne), deleteMany: dying(deleteMany) });
    }
    return () => {
      for (const { model, ...own } of originals) Object.assign(model, own);
    };
  };

  it('equal a recount after whatever was written, at once or one after the other, and by whomever was killed', async function () {
    this.timeout(180_000);
    const crash = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
    const round = fc.record({ together: fc.array(step, { minLength: 1, maxLength: 4 }), crash });
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 5 }), async (rounds) => {
        organizations += 1;
        const organizationId = `org-${organizations}`;
        for (const { together, crash: writes } of rounds) {
          const revive = writes === undefined ? () => undefined : killAfter(writes);
          const ended = await Promise.allSettled(together.map((taken) => run(organizationId, taken)));
          revive();
          const failed = ended.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
          assert.deepEqual(
            failed.filter((reason) => reason !== 'Error: killed'),
            [],
          );
          await assertCounted(organizationId);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('are kept after a count, and no hour without rows keeps any', async () => {
    const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    await run('kept', { kind: 'open', rows });
    await run('kept', { kind: 'settle', rows, status: 'success' });
    await store.summary('kept', {});
    const hours = () => connection.collection('logHours').find({ organizationId: 'kept' }).toArray();
    assert.deepEqual(
      (await hours()).map((hour) => hour.countedAt === hour.mark),
      [true, true, true],
    );
    assert.equal(await store.removeBefore('kept', timeOf(9), 100), 9);
    await store.summary('kept', {});
    assert.deepEqual(await hours(), []);
  });

  it('are made anew for rows that were there before them, and on request', async () => {
    await run('older', { kind: 'open', rows: [0, 3, 6] });
    await Promise.all(['logHours', 'logFacets'].map((name) => connection.collection(name).deleteMany({})));
    // Another process, which remembers nothing of this one's.
    const other = await mongoose.createConnection(address).asPromise();
    const later = createSyncEventStore(other);
    assert.equal(
      (await later.counts('older', {})).reduce((sum, { events }) => sum + events, 0),
      3,
    );
    await other.close();
    await connection.collection('syncEvents').deleteMany({ organizationId: 'older', eventId: 'row-3' });
    await store.recount('older');
    assert.equal(
      (await store.counts('older', {})).reduce((sum, { events }) => sum + events, 0),
      2,
    );
  });

  it('group failures by cause and type, and name those that persist', async () => {
    const rows = [0, 1, 2, 3, 4, 5, 6, 8];
    await run('causes', { kind: 'open', rows });
    await store.settle(
      'causes',
      rows.map((row) => ({
        eventId: `row-${row}`,
        status: 'failed',
        error: { code: row === 8 ? 'invalidEmail' : 'timeout' },
      })),
    );
    const groups = await store.failuresByCause('causes');
    assert.deepEqual(groups.map(({ code, type, count, eventIds }) => [code, type, count, eventIds.length]).sort(), [
      ['invalidEmail', 'ticketCreated', 1, 1],
      ['timeout', 'conversationSynced', 3, 3],
      ['timeout', 'ticketCreated', 4, 4],
    ]);
    assert.deepEqual(groups.find(({ code }) => code === 'invalidEmail')?.lastAt, timeOf(8));
    const persistent = await store.persistentErrors('causes', timeOf(2));
    assert.deepEqual(
      persistent.map(({ code, type, count }) => [code, type, count]),
      [['timeout', 'ticketCreated', 3]],
    );
    const byType = await store.successByType('causes', timeOf(4));
    assert.deepEqual(
      byType.toSorted((a, b) => a.type.localeCompare(b.type)),
      [
        { type: 'conversationSynced', success: 0, failed: 1, other: 0 },
        { type: 'ticketCreated', success: 0, failed: 3, other: 0 },
      ],
    );
    assert.deepEqual(await store.lastEventAt('causes'), timeOf(8));
    assert.deepEqual(await store.lastEventAt('causes', ['conversationSynced']), timeOf(5));
    assert.equal(await store.lastEventAt('causes', ['customerSynced']), null);
    assert.equal(await store.exists('causes'), true);
    assert.equal(await store.exists('nobody'), false);
  });
});
