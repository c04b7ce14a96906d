import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import type { LogFacet } from '../src/storage/log-facets.ts';
import { SORT } from '../src/storage/sync-event-stripes.ts';
import { createSyncEventStore, type SyncEventFilter } from '../src/storage/sync-events.ts';
import { GENERATED, generatedRows } from '../test/storage/log/generated-log.ts';
import { pageFilters } from '../test/storage/log/page-filters.ts';
import { type PageQuery, pageQueries, shapeOf } from '../test/storage/log/page-queries.ts';
import { explainFind, readsInOrder } from '../test/storage/log/plans.ts';
import { startMongodb } from '../test/support/mongodb.ts';

/**
 * A log of many rows: from which plans it is read and how many rows for each one shown, for every filter that the page can
 * send; what a summary costs; whether an export's memory stays flat; what writing costs.
 * `npm run bench -- log [rows] [filters]`, on the server at MONGODB_URI or one of its own; the last line is JSON.
 */

const ORGANIZATION = 'bench';
const SHOWN = 50;
const EXPLAINED = 20_000;
/** The kinds of rows make no difference to a query's shape. */
const SOME_KINDS: readonly LogFacet[] = [
  { type: 'ticketCreated', direction: 'outbound' },
  { type: 'conversationUpdated', direction: 'inbound' },
];
const rows = Number(process.argv[2] ?? 1_000_000);
const mostFilters = Number(process.argv[3] ?? 400);
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
const since = (startedMs: number) => Math.round(performance.now() - startedMs);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const replySchema = z.object({ cursor: z.object({ firstBatch: z.array(z.unknown()) }) });

/** Rows of the log that the server returned since the last call, and in how many answers. */
function watchFinds(connection: Connection) {
  const asked = new Set<number>();
  let seen = { finds: 0, fetched: 0 };
  const client = connection.getClient();
  client.on('commandStarted', ({ commandName, command, requestId }) => {
    if (commandName === 'find' && command.find === 'syncEvents') asked.add(requestId);
  });
  client.on('commandSucceeded', ({ requestId, reply }) => {
    if (!asked.delete(requestId)) return;
    seen.finds += 1;
    seen.fetched += replySchema.parse(reply).cursor.firstBatch.length;
  });
  return () => {
    const before = seen;
    seen = { finds: 0, fetched: 0 };
    return before;
  };
}

async function fill(connection: Connection, count: number) {
  const collection = connection.collection<object>('syncEvents');
  let batch: object[] = [];
  const startedMs = performance.now();
  for (const row of generatedRows(ORGANIZATION, count)) {
    batch.push(row);
    if (batch.length < 5000) continue;
    await collection.insertMany(batch);
    batch = [];
  }
  if (batch.length > 0) await collection.insertMany(batch);
  console.log(`${count} rows written in ${since(startedMs)} ms`);
}

/**
 * Every query of every filter, once for each shape, explained by the server. An explain may read the whole collection, so
 * that this is done on a log of few rows with the same indexes.
 */
async function measurePlans(connection: Connection) {
  const inOrder = await readsInOrder(connection);
  const shapes = new Map<string, PageQuery>();
  for (const query of pageQueries(ORGANIZATION, SOME_KINDS)) {
    shapes.set(`${query.order} ${shapeOf(query.filter)}`, query);
  }
  let [collscans, sorts, above] = [0, 0, 0];
  for (const { filter, order } of shapes.values()) {
    const plan = await explainFind(connection, 'syncEvents', { filter, sort: SORT[order], limit: SHOWN + 1 });
    if (plan.stages.includes('COLLSCAN')) collscans += 1;
    if (plan.stages.includes('SORT')) sorts += 1;
    if (plan.keys > Math.max(1, plan.returned)) above += 1;
  }
  console.log(
    `plans of ${pageFilters().length} filters, ${shapes.size} shapes of queries: ${collscans} COLLSCAN, ${sorts} SORT, ${above} with more keys than rows${inOrder ? '' : ' (this server sorts everything)'}`,
  );
  return { filters: pageFilters().length, shapes: shapes.size, collscans, sorts, moreKeysThanRows: above };
}

/**
 * Rows fetched for each row shown, first and second pages. As `measurePlans` shows, a query examines one key for each row
 * that it returns.
 */
async function measureLists(
  connection: Connection,
  store: ReturnType<typeof createSyncEventStore>,
  filters: readonly SyncEventFilter[],
) {
  const finds = watchFinds(connection);
  // A prime offset within each step, so that no choice of the page is left out.
  const step = Math.max(1, Math.floor(filters.length / mostFilters));
  const some = filters.filter((_, number) => number % step === (Math.floor(number / step) * 7) % step);
  const pages: { filter: SyncEventFilter; ms: number; shown: number; finds: number; fetched: number }[] = [];
  for (const filter of some) {
    let cursor: Parameters<typeof store.list>[2]['cursor'];
    for (let page = 0; page < 2; page += 1) {
      finds();
      const startedMs = performance.now();
      const { events, next } = await store.list(ORGANIZATION, filter, { limit: SHOWN, cursor });
      pages.push({ filter, ms: since(startedMs), shown: events.length, ...finds() });
      if (!next) break;
      cursor = next;
    }
  }
  const ratio = ({ fetched, shown }: { fetched: number; shown: number }) => fetched / Math.max(1, shown);
  const sum = (of: (page: (typeof pages)[number]) => number) => pages.reduce((total, page) => total + of(page), 0);
  const worst = pages.toSorted((a, b) => ratio(b) - ratio(a))[0];
  const all = { fetched: sum(({ fetched }) => fetched), shown: sum(({ shown }) => shown) };
  const above = pages.filter((page) => ratio(page) > 2).length;
  const times = pages.map(({ ms }) => ms);
  console.log(
    `lists: ${pages.length} pages (${pages.filter(({ shown }) => shown === SHOWN).length} full); rows examined per row shown: all pages ${ratio(all).toFixed(2)}, worst ${worst ? `${worst.fetched}/${worst.shown} ${JSON.stringify(worst.filter)}` : '-'}, above 2: ${above} pages`,
  );
  console.log(
    `  queries a page: median ${median(pages.map((page) => page.finds))}; median ${median(times)} ms, slowest ${Math.max(0, ...times)} ms`,
  );
  return { pages: pages.length, perRow: Number(ratio(all).toFixed(2)), above2: above, medianMs: median(times) };
}

async function measureSummaries(store: ReturnType<typeof createSyncEventStore>) {
  const countedMs = performance.now();
  await store.recount(ORGANIZATION);
  await store.summary(ORGANIZATION, {});
  console.log(`all hours counted anew: ${since(countedMs)} ms`);
  const from = new Date(GENERATED.until.getTime() - 30 * 86_400_000 + 1_234_567);
  const startedMs = performance.now();
  const { byTypeAndStatus, byHour } = await store.summary(ORGANIZATION, { from });
  const events = byTypeAndStatus.reduce((sum, count) => sum + count.events, 0);
  const ms = since(startedMs);
  console.log(`summary of 30 days: ${events} rows from ${byHour.length} hours in ${ms} ms`);
  return { events, hours: byHour.length, ms };
}

async function measureExport(store: ReturnType<typeof createSyncEventStore>) {
  const startedMs = performance.now();
  const samples: number[] = [];
  let read = 0;
  for await (const _row of store.stream(ORGANIZATION, {})) {
    read += 1;
    if (read % Math.max(1, Math.floor(rows / 10)) !== 0) continue;
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    samples.push(megabytes(heapUsed));
    console.log(`  exported ${read}: heap ${megabytes(heapUsed)} MB, resident ${megabytes(rss)} MB`);
  }
  console.log(`export: ${read} rows in ${since(startedMs)} ms`);
  return { rows: read, heapMb: samples, ms: since(startedMs) };
}

async function measureWrites(store: ReturnType<typeof createSyncEventStore>) {
  const times: number[] = [];
  for (let page = 0; page < 20; page += 1) {
    const ids = Array.from({ length: 25 }, (_, number) => `bench-${process.pid}-${page}-${number}`);
    const startedMs = performance.now();
    await store.open(
      'writes',
      ids.map((eventId, number) => ({
        eventId,
        integrationId: 'integration-1',
        type: 'conversationSynced',
        direction: 'inbound',
        workflowId: 'scan:1',
        conversationId: number,
        customerEmail: `customer${number}@shop.example`,
      })),
    );
    await store.settle(
      'writes',
      ids.map((eventId) => ({ eventId, status: 'success', by: 'automatic', attemptKey: 'only', details: 'Read' })),
    );
    times.push(since(startedMs));
  }
  console.log(`open and settle 25 rows: median ${median(times)} ms`);
  return { medianMs: median(times) };
}

async function openStore(count: number) {
  const address = new URL(server.newDatabase());
  address.pathname = `/bench-log-${count}`;
  const connection = await mongoose.createConnection(address.href, { monitorCommands: true }).asPromise();
  const store = createSyncEventStore(connection);
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  // A log that was kept is used again.
  if ((await connection.collection('syncEvents').estimatedDocumentCount()) < count) await fill(connection, count);
  return { connection, store };
}

const server = await startMongodb();
const keep = process.argv.includes('--keep');
const few = await openStore(Math.min(rows, EXPLAINED));
const many = rows > EXPLAINED ? await openStore(rows) : few;
try {
  const result = {
    rows,
    plans: await measurePlans(few.connection),
    summary: await measureSummaries(many.store),
    writes: await measureWrites(many.store),
    lists: await measureLists(many.connection, many.store, pageFilters()),
    export: await measureExport(many.store),
  };
  console.log(JSON.stringify(result));
} finally {
  if (!keep) await many.connection.dropDatabase();
  if (many !== few) await few.connection.dropDatabase();
  await Promise.all([few.connection.close(), many.connection.close()]);
  await server.stop();
}
