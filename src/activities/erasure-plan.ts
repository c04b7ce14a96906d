import { conversationKey, type ErasurePlan, erasureBinding, erasurePlanSchema } from '../domain/erasure.ts';
import type { KeyRing } from '../security/key-ring.ts';
import { phrasesOf } from '../security/phrases.ts';
import { addressFilter, partsOfCustomer } from '../storage/erasing/customer-data.ts';
import type { Storage } from '../storage/storage.ts';

/** What is to be erased of a customer: kept encrypted, since it holds the address, and since it is known only as long as nothing is erased. */
export function createErasurePlans({ storage, keyRing }: { storage: Storage; keyRing: KeyRing }) {
  const write = (organizationId: string, erasureId: string, plan: ErasurePlan) =>
    keyRing.encrypt(JSON.stringify(plan), erasureBinding(organizationId, erasureId));

  const read = async (organizationId: string, erasureId: string): Promise<ErasurePlan | null> => {
    const stored = await storage.erasures.plan(erasureId);
    return stored
      ? erasurePlanSchema.parse(JSON.parse(keyRing.decrypt(stored, erasureBinding(organizationId, erasureId))))
      : null;
  };

  return {
    /** @throws Error when it is done already */
    async read(organizationId: string, erasureId: string): Promise<ErasurePlan> {
      const plan = await read(organizationId, erasureId);
      if (!plan) throw new Error('The erasure has no plan any more.');
      return plan;
    },

    /** Adds what can be found of the customer now to what was found before, and keeps it. */
    async extend(organizationId: string, erasureId: string, beat: () => void): Promise<ErasurePlan | null> {
      const plan = await read(organizationId, erasureId);
      if (!plan) return null;
      const found = collector(plan);
      const documents = (collection: string, filter: Record<string, unknown>) =>
        storage.erase.documents(collection, filter);
      const address = addressFilter(plan.address);
      for await (const one of documents('conversations', { organizationId, 'customer.email': address })) {
        found.conversation(one);
        beat();
      }
      for await (const one of documents('submissions', { organizationId, customerEmail: address }))
        found.submission(one);
      for await (const one of documents('customers', {
        organizationId,
        $or: [{ 'fields.email': address }, { 'syncedFields.email': address }],
      }))
        found.customer(one);
      for await (const one of documents('syncEvents', { organizationId, customerEmail: address })) found.row(one);
      for await (const one of documents('conversations', { organizationId, 'threads.author.email': address })) {
        found.threads(one);
        beat();
      }
      const extended = found.plan();
      const all = { ...extended, conversations: [...extended.conversations, ...extended.alsoIn] };
      const insights = partsOfCustomer(organizationId, all).find(({ collection }) => collection === 'insights');
      for await (const one of documents('insights', insights?.filter ?? {})) found.insight(one, extended.alsoIn);
      const plain = found.plan();
      await storage.erasures.savePlan(erasureId, write(organizationId, erasureId, plain));
      return plain;
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Gathers what documents tell of one customer. */
function collector(before: ErasurePlan) {
  const names = new Set(before.names);
  const conversations = new Set(before.conversations);
  const alsoIn = new Set(before.alsoIn);
  const submissionIds = new Set(before.submissionIds);
  const externalIds = new Set(before.externalIds);
  const eventIds = new Set(before.eventIds);
  const patterns = new Map(before.patterns.map((one) => [one.patternId, one]));
  const phrases = new Set(before.phrases);
  const wrote = (...texts: unknown[]) => {
    for (const text of texts) for (const phrase of phrasesOf(textOf(text))) phrases.add(phrase);
  };
  const named = (name: unknown) => {
    const full = textOf(name).trim();
    // A single word could be anybody's, and an address is looked for apart.
    if (/\S\s+\S/.test(full) && !full.includes('@')) names.add(full);
  };
  const keyOf = ({ integrationId, conversationId }: Record<string, unknown>) =>
    conversationKey(textOf(integrationId), Number(conversationId));

  return {
    conversation(document: Record<string, unknown>) {
      conversations.add(keyOf(document));
      named(recordOf(document.customer).name);
      wrote(document.subject);
      for (const thread of listOf(document.threads).map(recordOf)) {
        const author = recordOf(thread.author);
        if (author.kind === 'customer') wrote(thread.text);
      }
    },
    /** What they wrote, in whoever's conversation. */
    threads(document: Record<string, unknown>) {
      if (!conversations.has(keyOf(document))) alsoIn.add(keyOf(document));
      for (const thread of listOf(document.threads).map(recordOf)) {
        const author = recordOf(thread.author);
        if (textOf(author.email).toLowerCase() !== before.address) continue;
        named(author.name);
        wrote(thread.text);
      }
    },
    submission(document: Record<string, unknown>) {
      submissionIds.add(textOf(document.submissionId));
      if (typeof document.conversationId === 'number') conversations.add(keyOf(document));
      named(document.customerName);
      wrote(document.subject, document.message);
    },
    customer(document: Record<string, unknown>) {
      externalIds.add(textOf(document.externalId));
      for (const fields of [document.fields, document.syncedFields].map(recordOf))
        named(`${textOf(fields.firstName)} ${textOf(fields.lastName)}`);
    },
    row(document: Record<string, unknown>) {
      eventIds.add(textOf(document.eventId));
    },
    insight(document: Record<string, unknown>, ofOthers: readonly string[]) {
      // Of others' conversations only what the customer wrote is theirs.
      if (!ofOthers.includes(keyOf(document)))
        wrote(document.summary, document.subject, ...listOf(document.evidence).map((one) => recordOf(one).quote));
      const [patternId, integrationId] = [textOf(document.patternId), textOf(document.integrationId)];
      if (patternId) patterns.set(patternId, { integrationId, patternId });
    },
    plan: (): ErasurePlan => ({
      address: before.address,
      names: [...names],
      conversations: [...conversations],
      alsoIn: [...alsoIn],
      submissionIds: [...submissionIds],
      externalIds: [...externalIds],
      eventIds: [...eventIds],
      patterns: [...patterns.values()],
      phrases: [...phrases],
    }),
  };
}
