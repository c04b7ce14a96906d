import assert from 'node:assert/strict';
import mongoose, { type Connection } from 'mongoose';
import { beginningWith, readFilter } from '../../src/storage/sync-event-filter.ts';
import { queriesOf, stripesOf } from '../../src/storage/sync-event-stripes.ts';
import { createSyncEventStore } from '../../src/storage/sync-events.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { GENERATED, generatedRows } from './log/generated-log.ts';
import { pageFilters } from './log/page-filters.ts';
import { explainAggregate, explainFind, readsInOrder } from './log/plans.ts';

const ORGANIZATION = 'org';
const SORT = { newestFirst: { createdAt: -1, eventId: -1 }, oldestFirst: { createdAt: 1, eventId: 1 } } as const;
const CURSOR = { at: new Date(GENERATED.until.getTime() - 4 * 86_400_000), id: 'row-0000700' };

describe('how the log is read', () => {
  let server: MongodbServer;
  let connection: Connection;
  let store: ReturnType<typeof createSyncEventStore>;
  let inOrder: boolean;

  before(async function () {
    this.timeout(300_000);
    server = await startMongodb();
    connection = await mongoose.createConnection(server.newDatabase()).asPromise();
    store = createSyncEventStore(connection);
    await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
    inOrder = await readsInOrder(connection);
    // Which index a server chooses that sorts everything does not depend on the rows; filling it would take a minute.
    const rows = generatedRows(ORGANIZATION, inOrder ? 20_000 : 1000);
    await connection.collection<object>('syncEvents').insertMany([...rows]);
    await store.recount(ORGANIZATION);
  });
  after(async () => {
    await connection.close();
    await server.stop();
  });

  it('comes from an index and in its order, for every filter that the page can send', async function () {
    this.timeout(300_000);
    const facets = [
      { type: 'ticketCreated' as const, direction: 'outbound' as const },
      { type: 'conversationUpdated' as const, direction: 'inbound' as const },
    ];
    // Queries of one shape are planned alike: one of each is asked for.
    const shapes = new Map<string, { filter: Record<string, unknown>; order: keyof typeof SORT }>();
    for (const filter of pageFilters().map(readFilter)) {
      for (const order of ['newestFirst', 'oldestFirst'] as const) {
        for (const cursor of [undefined, CURSOR]) {
          for (const stripe of stripesOf(filter, facets)) {
            for (const query of queriesOf(ORGANIZATION, stripe, filter, order, cursor)) {
              const shape = Object.entries(query).map(([field, value]) =>
                value instanceof Date || typeof value !== 'object'
                  ? field
                  : `${field} ${Object.keys(value ?? {}).join()}`,
              );
              shapes.set(`${order} ${shape.join(' ')}`, { filter: query, order });
            }
          }
        }
      }
    }
    assert(shapes.size > 40);
    for (const [shape, { filter, order }] of shapes) {
      const plan = await explainFind(connection, 'syncEvents', { filter, sort: SORT[order], limit: 51 });
      assert(plan.stages.includes('IXSCAN') && !plan.stages.includes('COLLSCAN'), `${shape}: ${plan.stages.join()}`);
      if (!inOrder) continue;
      assert(!plan.stages.includes('SORT'), `${shape}: ${plan.stages.join()}`);
      assert(plan.keys <= Math.max(1, plan.returned), `${shape}: ${plan.keys} keys for ${plan.returned} rows`);
    }
  });

  it('comes from an index where addresses with one beginning are looked up, and where rows are counted', async () => {
    const filter = { organizationId: ORGANIZATION, customerEmail: beginningWith('customer1') };
    const { stages } = await explainFind(connection, 'syncEvents', { filter, limit: 1001 });
    assert(stages.includes('IXSCAN') && !stages.includes('SORT'), stages.join());
    const day = { $gte: new Date(GENERATED.until.getTime() - 86_400_000), $lt: GENERATED.until };
    for (const range of [
      { createdAt: day },
      { conversationId: 1004 },
      { submissionId: 'submission-40' },
      { customerExternalId: 'external-7' },
      { customerEmail: 'customer7@shop7.example' },
      { customerEmail: beginningWith('customer17@') },
      { status: 'failed', 'error.code': 'timeout' },
      { status: 'failed', 'error.code': { $gt: '' } },
    ]) {
      const pipeline = [
        { $match: { organizationId: ORGANIZATION, ...range } },
        { $group: { _id: '$type', events: { $sum: 1 } } },
      ];
      const used = await explainAggregate(connection, 'syncEvents', pipeline);
      assert(
        used.some((stage) => stage.endsWith('IXSCAN')) && !used.includes('COLLSCAN'),
        `${JSON.stringify(range)}: ${used.join()}`,
      );
    }
  });
});
