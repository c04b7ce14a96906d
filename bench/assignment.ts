import mongoose, { type Connection } from 'mongoose';
import { findPattern } from '../src/activities/pattern-finder.ts';
import { addToCentroid, centroidOf, indexTermsOf } from '../src/patterns/centroid.ts';
import { addToLevel, NEW_INBOX } from '../src/patterns/inbox-level.ts';
import { describe as describeText } from '../src/patterns/signature.ts';
import { countTerms, emptyTermCounts, frequenciesOf } from '../src/patterns/term-counts.ts';
import { createStorage } from '../src/storage/storage.ts';
import { startMongodb } from '../test/support/mongodb.ts';
import { createTextSource } from './generated-texts.ts';

/**
 * What it costs to find the pattern of a conversation, and to store it, at more and more earlier conversations: entries
 * of the index that are read, patterns compared, milliseconds, and this process's memory.
 * `npm run bench -- assignment [conversations ...]`, on the server at MONGODB_URI or one of its own; the last line is JSON.
 */

const SCOPE = { organizationId: 'bench', integrationId: 'bench' };
const ASSIGNED = 40;
/** Conversations a pattern, on the mean. */
const PER_PATTERN = 3;
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [1_000, 10_000, 100_000];
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const texts = createTextSource(7);
const inbox = { counts: emptyTermCounts(), level: NEW_INBOX };

/** Patterns as that many conversations leave them: written as they are stored, without being searched for. */
async function fill(connection: Connection, from: number, to: number): Promise<void> {
  const collection = connection.collection<object>('patterns');
  let batch: object[] = [];
  const write = async () => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: false });
    batch = [];
  };
  for (let issue = Math.floor(from / PER_PATTERN); issue < Math.floor(to / PER_PATTERN); issue++) {
    const members = texts.membersOf(issue);
    const described = Array.from({ length: Math.min(members, 3) }, (_, nth) =>
      describeText(texts.message(issue, nth), frequenciesOf(inbox.counts)),
    );
    const [first, ...others] = described;
    if (!first) continue;
    const centroid = others.reduce((sum, one) => addToCentroid(sum, one), centroidOf(first));
    countTerms(inbox.counts, first.countedTerms);
    if (issue < 5_000) inbox.level = addToLevel(inbox.level, first);
    batch.push({
      ...SCOPE,
      ...{
        patternId: `bench-${issue}`,
        category: 'bug',
        title: `Issue ${issue}`,
        conversations: members,
        customers: 1,
      },
      ...{ firstReportedAt: new Date(0), lastReportedAt: new Date(0), unrepaired: false },
      ...{ indexTerms: indexTermsOf(centroid), centroid: JSON.stringify(centroid) },
    });
    if (batch.length === 500) await write();
  }
  await write();
}

async function measure(storage: ReturnType<typeof createStorage>, conversations: number) {
  const patterns = Math.floor(conversations / PER_PATTERN);
  const found = { examined: [] as number[], compared: [] as number[], ms: [] as number[] };
  let right = 0;
  for (let nth = 0; nth < ASSIGNED; nth++) {
    const issue = texts.someIssue(patterns);
    const message = { subject: '', text: texts.message(issue, 1_000 + nth) };
    const startedMs = performance.now();
    const { signature, joined } = await findPattern(storage, SCOPE, inbox, message);
    const { organizationId, integrationId } = SCOPE;
    const patternId = joined?.patternId ?? `bench-new-${conversations}-${nth}`;
    const centroid = joined ? addToCentroid(joined.centroid, signature) : centroidOf(signature);
    const first = { category: 'bug', reportedAt: new Date(0) } as const;
    const candidate = { patternId, title: joined?.title ?? 'New', centroid, indexTerms: indexTermsOf(centroid) };
    await storage.patterns.saveCandidate(organizationId, integrationId, candidate, first);
    found.ms.push(performance.now() - startedMs);
    const { patternIds, examined } = await storage.patterns.near(organizationId, integrationId, signature.keys);
    found.examined.push(examined);
    found.compared.push(patternIds.length);
    if (patternIds.includes(`bench-${issue}`)) right++;
  }
  globalThis.gc?.();
  const row = {
    conversations,
    patterns,
    examined: Math.round(mean(found.examined)),
    mostExamined: Math.max(...found.examined),
    compared: Math.round(mean(found.compared)),
    msMedian: Number(median(found.ms).toFixed(1)),
    msMean: Number(mean(found.ms).toFixed(1)),
    /** Of the messages, those whose own pattern was among the compared ones. */
    ownCompared: right / ASSIGNED,
    memoryMb: megabytes(process.memoryUsage().rss),
    heapMb: megabytes(process.memoryUsage().heapUsed),
  };
  console.log(JSON.stringify(row));
  return row;
}

/** By which power of the number of conversations something grows from one row to the next: 0.5 is the square root. */
function powers(rows: Awaited<ReturnType<typeof measure>>[], field: 'examined' | 'msMedian'): string[] {
  return rows.slice(1).map((row, at) => {
    const before = rows[at] ?? row;
    return (Math.log(row[field] / before[field]) / Math.log(row.conversations / before.conversations)).toFixed(2);
  });
}

const server = await startMongodb();
const connection = await mongoose.createConnection(server.newDatabase()).asPromise();
try {
  const storage = createStorage(connection);
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  const rows = [];
  let filled = 0;
  for (const size of sizes) {
    const startedMs = performance.now();
    await fill(connection, filled, size);
    console.log(`${size} conversations: filled in ${Math.round((performance.now() - startedMs) / 1000)} s`);
    filled = size;
    rows.push(await measure(storage, size));
  }
  console.log(
    `grows by the power: examined ${powers(rows, 'examined')}, ms ${powers(rows, 'msMedian')} (square root: 0.5)`,
  );
  console.log(JSON.stringify(rows));
} finally {
  await connection.close();
  await server.stop();
}
