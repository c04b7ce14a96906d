import { conversationKey, ERASED, type ErasurePlan } from '../domain/erasure.ts';
import { createNeedles } from '../domain/needles.ts';
import { sharesPhrase } from '../security/phrases.ts';
import { blankedOfCustomer, OF_OTHER_PEOPLE, partsOfCustomer, REPEATING } from '../storage/erasing/customer-data.ts';
import { organizationParts } from '../storage/erasing/organization-data.ts';
import { createOrUpdateRecords } from '../storage/record-updates.ts';
import { recountPatterns } from '../storage/recount-patterns.ts';
import type { Storage } from '../storage/storage.ts';
import { describeStalePatterns } from './pattern-texts.ts';

/** What was found in conversations of others, where the customer wrote too. */
const QUOTING = ['insights', 'decisions', 'whatIfItems'];

/** Nothing of customers is in them: ciphertexts, hashes, and people of the organization itself. */
const LEFT_AS_THEY_ARE = ['erasedCustomers', 'erasureKeys', 'members', 'notificationChannels'];

/**
 * Removes what is of one customer, blanks what stays for the sake of counts, and takes their address, their name and what
 * they wrote out of everything else. Safe to repeat: it finds less each time. @returns documents that were found
 */
export async function eraseCustomer(
  storage: Storage,
  { organizationId, erasureId }: { organizationId: string; erasureId: string },
  plan: ErasurePlan,
  beat: () => void,
): Promise<number> {
  const { erase } = storage;
  const { connection } = storage;
  let found = 0;
  for (const part of partsOfCustomer(organizationId, plan)) found += await erase.remove(erasureId, part, beat);
  for (const { part, fields } of blankedOfCustomer(organizationId, plan)) {
    found += await erase.set(erasureId, part, fields);
  }
  await describePatterns(storage, organizationId, plan);
  found += await eraseEmptyPatterns(storage, erasureId, organizationId, plan);

  const needles = createNeedles(plan);
  const phrases = new Set(plan.phrases);
  const repeating: readonly string[] = REPEATING;
  const touched = new Set(plan.patterns.map(({ patternId }) => patternId));
  for (const part of organizationParts(connection, organizationId)) {
    if (LEFT_AS_THEY_ARE.includes(part.collection)) continue;
    found += await erase.rewrite(
      erasureId,
      part,
      (document) => {
        if (part.collection === 'conversations') return withoutTheirThreads(document, plan, needles);
        if (OF_OTHER_PEOPLE.includes(part.collection)) return needles.withoutAddress;
        if (QUOTING.includes(part.collection) && plan.alsoIn.includes(keyOf(document))) {
          return (text) => (isWorded(text) && sharesPhrase(text, phrases) ? ERASED : needles.without(text));
        }
        if (!repeating.includes(part.collection)) return needles.without;
        const fresh = currentWords(document, part.collection, touched);
        return (text) =>
          !fresh.has(text) && isWorded(text) && sharesPhrase(text, phrases) ? ERASED : needles.without(text);
      },
      beat,
    );
  }
  found += await eraseThreads(storage, erasureId, organizationId, plan, beat);
  return found;
}

const keyOf = ({ integrationId, conversationId }: Record<string, unknown>) =>
  conversationKey(String(integrationId), Number(conversationId));

/** Ids and addresses are no words that somebody wrote. */
const isWorded = (text: string) => /\s/.test(text);

/**
 * Words that were made anew of what others wrote, after this customer's were gone: they may resemble, and stay. Those of
 * patterns and reports that the customer had no part in are of others anyway.
 */
function currentWords(
  document: Record<string, unknown>,
  collection: string,
  touched: ReadonlySet<string>,
): ReadonlySet<unknown> {
  if (collection === 'patterns') return new Set([document.title, document.summary]);
  if (collection === 'issueRecords' && !touched.has(String(document.patternId))) {
    return new Set([document.title, document.description]);
  }
  return collection === 'issueRecords' ? new Set([document.title]) : new Set();
}

/** Counts patterns again, puts them into the words of those who are left, and lets their reports follow. */
async function describePatterns(storage: Storage, organizationId: string, plan: ErasurePlan): Promise<void> {
  const patternIds = plan.patterns.map(({ patternId }) => patternId);
  if (patternIds.length === 0) return;
  await recountPatterns(storage, organizationId, patternIds);
  await storage.patterns.markStale(organizationId, patternIds);
  for (const integrationId of new Set(plan.patterns.map((one) => one.integrationId))) {
    while ((await describeStalePatterns(storage, { organizationId, integrationId })).length > 0);
  }
  const { insights } = await storage.settings.get(organizationId);
  await createOrUpdateRecords(storage, organizationId, patternIds, insights);
}

/** A pattern that nobody is left in says nothing any more; it stays only as long as a report names it. */
async function eraseEmptyPatterns(
  storage: Storage,
  erasureId: string,
  organizationId: string,
  plan: ErasurePlan,
): Promise<number> {
  const patternIds = plan.patterns.map(({ patternId }) => patternId);
  const empty = (await storage.patterns.getMany(organizationId, patternIds)).filter(
    ({ conversations }) => conversations === 0,
  );
  if (empty.length === 0) return 0;
  const ids = empty.map(({ patternId }) => patternId);
  const records = await storage.issueRecords.byPatterns(organizationId, ids);
  const reported = new Set(records.map(({ patternId }) => patternId));
  const filter = (some: string[]) => ({ organizationId, patternId: { $in: some } });
  const removed = await storage.erase.remove(erasureId, {
    collection: 'patterns',
    filter: filter(ids.filter((id) => !reported.has(id))),
  });
  const blank = { title: ERASED, summary: '', indexTerms: [], centroid: JSON.stringify({ terms: [], members: 0 }) };
  const kept = ids.filter((id) => reported.has(id));
  const changed = await storage.erase.set(erasureId, { collection: 'patterns', filter: filter(kept) }, blank);
  const reports = await storage.erase.set(
    erasureId,
    { collection: 'issueRecords', filter: { ...filter(kept), decided: { $ne: 'title' } } },
    { title: ERASED },
  );
  return removed + changed + reports;
}

type Needles = ReturnType<typeof createNeedles>;
const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** In other people's conversations names are taken out too, unless one of those people has the same. */
function withoutTheirThreads(document: Record<string, unknown>, plan: ErasurePlan, needles: Needles) {
  const others = [document, ...(Array.isArray(document.threads) ? document.threads : [])]
    .map(recordOf)
    .flatMap((one) => [recordOf(one.customer), recordOf(one.author)])
    .filter(({ email }) => typeof email === 'string' && email.toLowerCase() !== plan.address)
    .map(({ name }) => name);
  return plan.names.some((name) => others.includes(name)) ? needles.withoutAddress : needles.without;
}

/** What the customer wrote in conversations of others: the thread stays as a place, its text and author go. */
async function eraseThreads(
  storage: Storage,
  erasureId: string,
  organizationId: string,
  plan: ErasurePlan,
  beat: () => void,
): Promise<number> {
  const filter = { organizationId, 'threads.author.email': { $in: [plan.address, ERASED] } };
  let changed = 0;
  for await (const document of storage.erase.documents('conversations', filter)) {
    beat();
    const before = Array.isArray(document.threads) ? document.threads.map(recordOf) : [];
    const isTheirs = (thread: Record<string, unknown>) =>
      [plan.address, ERASED].includes(String(recordOf(thread.author).email)) && thread.text !== '';
    if (!before.some(isTheirs)) continue;
    const threads = before.map((thread) =>
      isTheirs(thread)
        ? { ...thread, author: { kind: 'customer' }, text: '', attachments: [], removed: [], spans: [] }
        : thread,
    );
    await storage.erase.replace('conversations', document._id, { threads });
    changed += 1;
  }
  await storage.erasures.countChanged(erasureId, 'conversations', changed);
  return changed;
}
