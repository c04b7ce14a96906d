import { createHmac, randomBytes } from 'node:crypto';
import { type Conversation, customerThreads } from '../domain/conversation.ts';
import { plainEmail } from '../domain/email.ts';
import { conversationKey, type ErasurePlan } from '../domain/erasure.ts';
import type { KeyRing } from '../security/key-ring.ts';
import type { ErasedCustomer } from '../storage/erasing/erased-customers.ts';
import type { Storage } from '../storage/storage.ts';

const binding = (organizationId: string) =>
  ({ organizationId, integrationId: organizationId, purpose: 'erasureKey' }) as const;

/** Who was erased, by a hash that only this organization's key gives: nobody can read an address from it. */
export function createErasedCustomers({ storage, keyRing }: { storage: Storage; keyRing: KeyRing }) {
  const hashWith = (key: string, address: string) =>
    createHmac('sha256', Buffer.from(key, 'base64url')).update(plainEmail(address)).digest('base64url');

  const knownKey = async (organizationId: string): Promise<string | null> => {
    const stored = await storage.erasedCustomers.key(organizationId);
    return stored && keyRing.decrypt(stored, binding(organizationId));
  };

  const hash = async (organizationId: string, address: string): Promise<string> => {
    const fresh = keyRing.encrypt(randomBytes(32).toString('base64url'), binding(organizationId));
    const key =
      (await knownKey(organizationId)) ??
      keyRing.decrypt(await storage.erasedCustomers.keepKey(organizationId, fresh), binding(organizationId));
    return hashWith(key, address);
  };

  return {
    /** From now on what Help Scout has of this customer is not read again. */
    async bury(organizationId: string, erasureId: string, plan: ErasurePlan): Promise<void> {
      const erasure = await storage.erasures.get(erasureId);
      if (!erasure) return;
      const addressHash = await hash(organizationId, plan.address);
      await storage.erasures.saveSubject(erasureId, addressHash);
      await storage.erasedCustomers.bury(organizationId, erasureId, {
        addressHash,
        refusesLater: erasure.refusesLater,
        at: erasure.requestedAt,
        conversations: plan.conversations,
      });
    },

    /**
     * Conversations without those of customers who were erased, and without what such a customer wrote in others: what
     * was there when they were erased, and by the choice made then, what came later too.
     */
    async without(organizationId: string, conversations: readonly Conversation[]): Promise<Conversation[]> {
      const key = conversations.length > 0 ? await knownKey(organizationId) : null;
      if (!key) return [...conversations];
      const hashes = new Map(
        conversations.flatMap(addressesIn).map((address): [string, string] => [address, hashWith(key, address)]),
      );
      const found = await storage.erasedCustomers.find(organizationId, {
        addressHashes: [...hashes.values()],
        conversations: conversations.map(keyOf),
      });
      if (found.length === 0) return [...conversations];
      const isErased = (address: string | undefined, at: Date) =>
        address !== undefined && found.some((one) => refuses(one, hashes.get(plainEmail(address)), at));
      return conversations
        .filter(
          (conversation) =>
            !found.some(({ conversations: known }) => known.includes(keyOf(conversation))) &&
            !isErased(conversation.customer.email, conversation.createdAt),
        )
        .map((conversation) => withoutThreads(conversation, isErased));
    },
  };
}

const keyOf = ({ integrationId, conversationId }: Conversation) => conversationKey(integrationId, conversationId);

const addressesIn = ({ customer, threads }: Conversation): string[] =>
  [customer, ...threads.map(({ author }) => author)].flatMap(({ email }) => (email ? [plainEmail(email)] : []));

const refuses = ({ addressHash, refusesLater, at: erasedAt }: ErasedCustomer, hash: string | undefined, at: Date) =>
  hash === addressHash && (refusesLater || at <= erasedAt);

function withoutThreads(
  conversation: Conversation,
  isErased: (address: string | undefined, at: Date) => boolean,
): Conversation {
  const gone = new Set(
    customerThreads(conversation.threads).filter(({ author, createdAt }) => isErased(author.email, createdAt)),
  );
  if (gone.size === 0) return conversation;
  return {
    ...conversation,
    threads: conversation.threads.map((thread) =>
      gone.has(thread)
        ? { ...thread, author: { kind: 'customer' }, text: '', attachments: [], removed: [], spans: [] }
        : thread,
    ),
  };
}
