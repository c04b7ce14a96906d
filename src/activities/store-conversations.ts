import type { Conversation } from '../domain/conversation.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { createErasedCustomers } from './erased-customers.ts';
import { noteBack, noteGone } from './gone-conversations.ts';
import type { Batch, ImportResult } from './import-activities.ts';
import { createImportCoverage, type Occasion } from './import-coverage.ts';
import { createImportLog } from './import-log.ts';
import type { ReadConversation } from './whole-conversations.ts';

/** What every import ends with. Safe to repeat: equal content changes nothing. */
export function createStoreConversations(deps: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>) {
  const { storage, now } = deps;
  const log = createImportLog(storage);
  const erased = createErasedCustomers(deps);
  const noteCoverage = createImportCoverage(storage, now);

  /** Stores what was read, opens the rows of what is to be classified, and notes what was seen of each. */
  return async function store(
    scope: Scope,
    batch: Batch,
    read: readonly ReadConversation[],
    occasion?: Occasion,
  ): Promise<ImportResult> {
    // Two that were merged are one, read twice.
    const wholes = read.filter((item) => 'conversation' in item);
    const unique = [...new Map(wholes.map((item) => [item.conversation.conversationId, item])).values()];
    // Of customers who were erased nothing is read again.
    const conversations = await erased.without(
      scope.organizationId,
      unique.map(({ conversation }) => conversation),
    );
    const newest = new Map(unique.map(({ conversation, newestAt }) => [conversation.conversationId, newestAt]));
    const whole = conversations.map((conversation) => ({
      conversation,
      newestAt: newest.get(conversation.conversationId) ?? conversation.createdAt,
    }));
    const trouble = read.filter((item) => 'code' in item);
    const failed = trouble.filter((item) => item.code !== 'conversationGone');
    const ids = conversations.map(({ conversationId }) => conversationId);
    const known = await storage.conversations.contentHashes(scope.organizationId, scope.integrationId, ids);
    const classified = await storage.insights.contentHashes(scope.organizationId, scope.integrationId, ids);
    // A conversation is done only when it is classified: a crash between import and classification must not lose it.
    const isDone = (item: Conversation) => classified.get(item.conversationId) === item.contentHash;
    const done = conversations.filter(isDone).map(({ conversationId }) => conversationId);
    const open = await log.openedBefore(scope, batch, done);
    const changed = conversations.filter((item) => !isDone(item) || open.has(item.conversationId));
    await log.opened(scope, batch, changed, known);
    await log.failed(scope, batch, failed);
    const isNew = ({ conversationId, contentHash }: Conversation) => known.get(conversationId) !== contentHash;
    const seen = whole.map(({ conversation, newestAt }) => {
      const { conversationId, mailboxId } = conversation;
      return { conversationId, mailboxId, newestAt, isNew: isNew(conversation) };
    });
    const unread = failed.map(({ conversationId }) => {
      return { conversationId, mailboxId: null, newestAt: null, isNew: false };
    });
    await noteCoverage(scope, [...seen, ...unread], occasion);
    await storage.conversations.saveAll(scope.organizationId, conversations.filter(isNew));
    const gone = trouble.filter((item) => item.code === 'conversationGone');
    await noteGone(
      storage,
      scope,
      gone.map(({ conversationId }) => ({ conversationId, mergedInto: null })),
      now(),
    );
    await noteBack(storage, scope, ids);
    return {
      changed: changed.map(({ conversationId }) => conversationId),
      unchanged: conversations.length - changed.length,
      gone: trouble.length - failed.length + unique.length - conversations.length,
      failed,
      log: await log.rows(scope, batch, [...changed, ...failed]),
    };
  };
}
