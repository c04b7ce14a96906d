import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import { createSyncEventStore, type SyncEventFilter } from '../src/storage/sync-events.ts';
import { GENERATED, generatedRows } from '../test/storage/log/generated-log.ts';
import { pageFilters } from '../test/storage/log/page-filters.ts';
import { explainFind } from '../test/storage/log/plans.ts';
import { startMongodb } from '../test/support/mongodb.ts';

/**
 * A log of many rows: how much is read for each row shown, for every filter that the page can send; what a summary
 * costs; whether an export's memory stays flat; what writing costs.
 * `npm run bench -- log [rows] [filters]`, on the server at MONGODB_URI or one of its own; the last line is JSON.
 */

const ORGANIZATION = 'bench';
const SHOWN = 50;
const rows = Number(process.argv[2] ?? 1_000_000);
const mostFilters = Number(process.argv[3] ?? 400);
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
const since = (startedMs: number) => Math.round(performance.now() - startedMs);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const replySchema = z.object({
  cursor: z.object({
    id: z.unknown(),
    firstBatch: z.array(z.unknown()).optional(),
    nextBatch: z.array(z.unknown()).optional(),
  }),
});

interface Find {
  filter: mongoose.mongo.Document;
  sort?: Record<string, 1 | -1>;
  fetched: number;
}

/** The finds on the log since the last call, and how many rows each brought. */
function watchFinds(connection: Connection) {
  const finds = new Map<number, Find>();
  const byCursor = new Map<string, Find>();
  const client = connection.getClient();
  client.on('commandStarted', ({ commandName, command, requestId }) => {
    if (commandName === 'find' && command.find === 'syncEvents') {
      finds.set(requestId, { filter: command.filter, sort: command.sort, fetched: 0 });
    }
    const known = commandName === 'getMore' && byCursor.get(`${command.getMore}`);
    if (known) finds.set(requestId, known);
  });
  client.on('commandSucceeded', ({ requestId, reply }) => {
    const find = finds.get(requestId);
    if (!find) return;
    const { id, firstBatch = [], nextBatch = [] } = replySchema.parse(reply).cursor;
    find.fetched += firstBatch.length + nextBatch.length;
    byCursor.set(`${id}`, find);
  });
  return () => {
    const seen = [...new Set(finds.values())];
    finds.clear();
    byCursor.clear();
    return seen;
  };
}

async function fill(connection: Connection) {
  const collection = connection.collection<object>('syncEvents');
  let batch: object[] = [];
  const startedMs = performance.now();
  for (const row of generatedRows(ORGANIZATION, rows)) {
    batch.push(row);
    if (batch.length < 5000) continue;
    await collection.insertMany(batch);
    batch = [];
  }
  if (batch.length > 0) await collection.insertMany(batch);
  console.log(`${rows} rows written in ${since(startedMs)} ms`);
}

async function measureLists(connection: Connection, store: ReturnType<typeof createSyncEventStore>) {
  const finds = watchFinds(connection);
  const all = pageFilters();
  const step = Math.max(1, Math.floor(all.length / mostFilters));
  // A prime offset within each step, so that no choice of the page is left out.
  const some = all.filter((_, number) => number % step === (Math.floor(number / step) * 7) % step);
  const pages: { filter: SyncEventFilter; ms: number; shown: number; fetched: number; keys: number; bad: string[] }[] =
    [];
  for (const filter of some) {
    let cursor: Parameters<typeof store.list>[2]['cursor'];
    for (let page = 0; page < 2; page += 1) {
      const startedMs = performance.now();
      const { events, next } = await store.list(ORGANIZATION, filter, { limit: SHOWN, cursor });
      const ms = since(startedMs);
      const seen = finds();
      let keys = 0;
      const bad: string[] = [];
      for (const { filter: query, sort, fetched } of seen) {
        const limit = Math.max(1, fetched);
        const plan = await explainFind(connection, 'syncEvents', { filter: query, ...(sort && { sort }), limit });
        keys += plan.keys;
        bad.push(...plan.stages.filter((stage) => stage === 'COLLSCAN' || stage === 'SORT'));
      }
      finds();
      const fetched = seen.reduce((sum, find) => sum + find.fetched, 0);
      pages.push({ filter, ms, shown: events.length, fetched, keys, bad });
      if (!next) break;
      cursor = next;
    }
  }
  const ratio = ({ keys, shown }: { keys: number; shown: number }) => keys / Math.max(1, shown);
  const short = pages.filter(({ filter }) => filter.customerEmailPrefix === undefined);
  const prefixes = pages.filter(({ filter }) => filter.customerEmailPrefix !== undefined);
  const report = (name: string, of: typeof pages) => {
    const worst = of.toSorted((a, b) => ratio(b) - ratio(a))[0];
    const full = of.filter(({ shown }) => shown === SHOWN);
    console.log(
      `${name}: ${of.length} pages (${full.length} full); keys per row shown, all pages ${(
        of.reduce((sum, page) => sum + page.keys, 0) /
          Math.max(
            1,
            of.reduce((sum, page) => sum + page.shown, 0),
          )
      ).toFixed(2)}, worst ${worst ? `${worst.keys}/${worst.shown} ${JSON.stringify(worst.filter)}` : '-'}`,
    );
    console.log(
      `  COLLSCAN or SORT: ${of.reduce((sum, { bad }) => sum + bad.length, 0)}; median ${median(of.map(({ ms }) => ms))} ms, slowest ${Math.max(0, ...of.map(({ ms }) => ms))} ms`,
    );
    return {
      pages: of.length,
      above2: of.filter((page) => page.shown > 0 && ratio(page) > 2).length,
      scansOrSorts: of.reduce((sum, { bad }) => sum + bad.length, 0),
    };
  };
  return { lists: report('lists', short), prefixes: report('beginning of an address', prefixes) };
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

const server = await startMongodb();
const address = new URL(server.newDatabase());
address.pathname = `/bench-log-${rows}`;
const connection = await mongoose.createConnection(address.href, { monitorCommands: true }).asPromise();
try {
  const store = createSyncEventStore(connection);
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  const keep = process.argv.includes('--keep');
  if (!keep || (await connection.collection('syncEvents').estimatedDocumentCount()) < rows) await fill(connection);
  const result = {
    rows,
    summary: await measureSummaries(store),
    writes: await measureWrites(store),
    ...(await measureLists(connection, store)),
    export: await measureExport(store),
  };
  if (!keep) await connection.dropDatabase();
  console.log(JSON.stringify(result));
} finally {
  await connection.close();
  await server.stop();
}
