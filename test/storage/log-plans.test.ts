import assert from 'node:assert/strict';
import mongoose, { type Connection } from 'mongoose';
import { DIRECTIONS, SYNC_EVENT_TYPES } from '../../src/domain/sync-event.ts';
import { beginningWith } from '../../src/storage/sync-event-filter.ts';
import { syncEventModel } from '../../src/storage/sync-event-schema.ts';
import { SORT } from '../../src/storage/sync-event-stripes.ts';
import { createSyncEventStore } from '../../src/storage/sync-events.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { GENERATED, generatedRows } from './log/generated-log.ts';
import { type DeclaredIndex, readsInOrderFrom } from './log/index-in-order.ts';
import { pageFilters } from './log/page-filters.ts';
import { type PageQuery, pageQueries, shapeOf } from './log/page-queries.ts';
import { explainAggregate, explainFind, readsInOrder } from './log/plans.ts';

const ORGANIZATION = 'org';
/** All kinds of rows there can be. */
const EVERY_FACET = SYNC_EVENT_TYPES.flatMap((type) => DIRECTIONS.map((direction) => ({ type, direction })));

describe('queries of the log', () => {
  const indexes = syncEventModel(mongoose.createConnection())
    .schema.indexes()
    .map(([fields, options]): DeclaredIndex => ({ fields, partial: options.partialFilterExpression }));

  it('are each one unbroken piece of an index, in the order of the list, for all filters that the page can send', function () {
    this.timeout(60_000);
    const unproven = new Set<string>();
    const shapes = new Set<string>();
    for (const { filter, order } of pageQueries(ORGANIZATION, EVERY_FACET)) {
      const shape = `${order} ${shapeOf(filter)}`;
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      if (!indexes.some((index) => readsInOrderFrom(index, filter, SORT[order]))) unproven.add(shape);
    }
    assert.equal(pageFilters().length, 3840);
    assert(shapes.size > 40);
    assert.deepEqual([...unproven], []);
  });

  it('would not pass with an index less, a sort more, or a range in the wrong place', () => {
    const provenBy = (fields: DeclaredIndex['fields'], filter: Record<string, unknown>, partial?: object) =>
      readsInOrderFrom({ fields, partial: { ...partial } }, filter, SORT.newestFirst);
    const time = { createdAt: 1, eventId: 1 };
    const since = { createdAt: { $gte: new Date(0) } };
    assert.equal(provenBy({ a: 1, ...time }, { a: 1, ...since }), true);
    assert.equal(provenBy({ a: 1, b: 1, ...time }, { a: 1, ...since }), false);
    assert.equal(provenBy({ a: 1, ...time }, { a: 1, b: 1, ...since }), false);
    assert.equal(provenBy({ a: 1, ...time }, { a: { $in: [1, 2] }, ...since }), false);
    assert.equal(provenBy({ a: 1, createdAt: 1 }, { a: 1, ...since }), false);
    assert.equal(provenBy({ a: 1, createdAt: 1, eventId: -1 }, { a: 1, ...since }), false);
    assert.equal(provenBy({ a: 1, ...time }, { a: 1, ...since, eventId: { $lt: 'x' } }), false);
    assert.equal(provenBy({ a: 1, ...time }, { a: 1, createdAt: new Date(0), eventId: { $lt: 'x' } }), true);
    assert.equal(provenBy({ a: 1, ...time }, { a: 'x', ...since }, { a: { $gt: '' } }), true);
    assert.equal(provenBy({ a: 1, ...time }, { a: '', ...since }, { a: { $gt: '' } }), false);
  });
});

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
    const shapes = new Map<string, PageQuery>();
    for (const query of pageQueries(ORGANIZATION, facets)) shapes.set(`${query.order} ${shapeOf(query.filter)}`, query);
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
    const sort = { customerEmail: 1 } as const;
    const { stages } = await explainFind(connection, 'syncEvents', { filter, sort, limit: 1 });
    assert(stages.includes('IXSCAN') && !(inOrder && stages.includes('SORT')), stages.join());
    const day = { $gte: new Date(GENERATED.until.getTime() - 86_400_000), $lt: GENERATED.until };
    for (const range of [
      { createdAt: day },
      { conversationId: 1004 },
      { submissionId: 'submission-40' },
      { customerExternalId: 'external-7' },
      { customerEmail: 'customer7@shop7.example' },
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
