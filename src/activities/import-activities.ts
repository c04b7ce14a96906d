import { cancellationSignal } from '@temporalio/activity';
import type { Conversation } from '../domain/conversation.ts';
import type { Logged } from '../domain/logged-row.ts';
import { nextCursor, type ScanCursor } from '../domain/scan-cursor.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutRateLimited, HelpScoutUnauthorized } from '../helpscout/errors.ts';
import { newestChange } from '../helpscout/newest-change.ts';
import type { ApiConversation } from '../helpscout/schemas.ts';
import { allThreads, toConversation } from '../helpscout/to-conversation.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { createErasedCustomers } from './erased-customers.ts';
import { httpStatusOf, syncErrorCode } from './failures.ts';
import { noteBack, noteGone } from './gone-conversations.ts';
import { createImportCoverage, type Occasion } from './import-coverage.ts';
import { createImportLog } from './import-log.ts';

export interface FailedConversation {
  conversationId: number;
  /** The row of the log that waits for it. */
  eventId: string;
  code: SyncErrorCode;
  httpStatus?: number | undefined;
}

/**
 * What became of some conversations that were read. No message text: this goes into a workflow's history, where rows of
 * the log are encrypted.
 */
export interface ImportResult extends Logged {
  /** New or changed: to be classified. */
  changed: number[];
  unchanged: number;
  /** Deleted or out of our sight: nothing to do. */
  gone: number;
  /** Of one that is read on its own: it is in a mailbox that nobody chose. */
  elsewhere?: true;
  failed: FailedConversation[];
}

/** Names a batch for its rows in the log; derived from the workflow, so that a repeated activity meets its own rows. */
export interface Batch {
  batchId: string;
  /** The workflow that people find behind the rows. */
  workflowId: string;
}

export interface PageRequest extends Batch {
  mailboxIds: number[];
  modifiedSince: string;
  /** ISO second: what was modified later is left out; absent for all. */
  modifiedUntil?: string;
  cursor: ScanCursor;
  /** Of a comparison with what webhooks told; absent: a scan. */
  pass?: { startedAtMs: number; found: number };
}

export interface PageResult extends ImportResult {
  /** Conversations still to read when this page was asked for, this page's included. */
  total: number;
  /** Null at the end of the list. */
  next: ScanCursor | null;
}

/** A conversation with the newest time that Help Scout shows in it. */
interface WholeConversation {
  conversation: Conversation;
  newestAt: Date;
}

/** Reading conversations from Help Scout into MongoDB. Safe to repeat: equal content changes nothing. */
export function createImportActivities(
  deps: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage, now } = deps;
  const log = createImportLog(storage);
  const erased = createErasedCustomers(deps);
  const noteCoverage = createImportCoverage(storage, now);

  const complete = async (client: HelpScoutClient, scope: Scope, api: ApiConversation): Promise<WholeConversation> => {
    const threads = await allThreads(api, client.conversations.threads);
    const newestAt = newestChange(api, threads);
    return { newestAt, conversation: toConversation(api, threads, { ...scope, importedAt: now() }) };
  };

  /** One conversation's trouble is its own, unless it is the account's or ours: then the whole activity tries again. */
  const orFailure = async (
    batch: Batch,
    conversationId: number,
    read: () => Promise<WholeConversation>,
  ): Promise<WholeConversation | FailedConversation> => {
    try {
      return await read();
    } catch (error) {
      if (error instanceof HelpScoutRateLimited || error instanceof HelpScoutUnauthorized) throw error;
      // Not Help Scout's doing: a worker that shuts down leaves no conversation behind as failed.
      if (cancellationSignal().aborted) throw error;
      const code = syncErrorCode(error);
      return { conversationId, eventId: log.eventId(batch, conversationId), code, httpStatus: httpStatusOf(error) };
    }
  };

  const store = async (
    scope: Scope,
    batch: Batch,
    read: (WholeConversation | FailedConversation)[],
    occasion?: Occasion,
  ): Promise<ImportResult> => {
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

  return {
    /** One page of the account's conversations, those apart that the page before had already. */
    async importPage(scope: Scope, request: PageRequest): Promise<PageResult> {
      const { cursor, mailboxIds, modifiedSince, modifiedUntil, pass } = request;
      return connections.withHelpScout(scope, async (client) => {
        const page = await client.conversations.page({
          ...{ mailboxIds, modifiedSince, ...cursor },
          ...(modifiedUntil !== undefined && { modifiedUntil }),
        });
        const next = nextCursor(cursor, page);
        const read: (WholeConversation | FailedConversation)[] = [];
        for (const api of page.items) {
          if (cursor.seen.includes(api.id)) continue;
          // One that the list shows in an unknown shape is read on its own, which says what is wrong with it.
          const whole = async () => ('unreadable' in api ? await client.conversations.get(api.id) : api);
          read.push(await orFailure(request, api.id, async () => complete(client, scope, await whole())));
        }
        const since = new Date(modifiedSince);
        const stored = await store(scope, request, read, pass && { kind: 'pass', since });
        if (pass && !next) {
          const startedAt = new Date(pass.startedAtMs);
          const ended = { startedAt, since, endedAt: now(), found: pass.found + stored.changed.length, mailboxIds };
          await storage.coverage.notePass(scope.organizationId, scope.integrationId, ended);
        }
        return { ...stored, total: page.total - cursor.seen.length, next };
      });
    },

    /**
     * Conversations by id, for webhooks: a delivery only says that a conversation is worth reading. `toldAtMs` says when
     * the last one came, in the order of the ids.
     */
    async importConversations(
      scope: Scope,
      request: Batch & { conversationIds: number[]; mailboxIds: number[]; toldAtMs?: number[] },
    ): Promise<ImportResult> {
      return connections.withHelpScout(scope, async (client) => {
        const read: (WholeConversation | FailedConversation)[] = [];
        for (const id of request.conversationIds) {
          read.push(
            await orFailure(request, id, async () => complete(client, scope, await client.conversations.get(id))),
          );
        }
        // Moved to a mailbox that nobody chose: not ours to read any more.
        const { mailboxIds, conversationIds, toldAtMs = [] } = request;
        const ours = read.filter(
          (item) => !('conversation' in item) || mailboxIds.includes(item.conversation.mailboxId),
        );
        const merged = conversationIds.flatMap((conversationId, place) => {
          const item = read[place];
          const mergedInto = item && 'conversation' in item ? item.conversation.conversationId : conversationId;
          return mergedInto === conversationId ? [] : [{ conversationId, mergedInto }];
        });
        await noteGone(storage, scope, merged, now());
        const toldAt = conversationIds.map((id, place) => [id, new Date(toldAtMs[place] ?? now())] as const);
        const result = await store(scope, request, ours, { kind: 'told', at: new Map(toldAt) });
        const elsewhere = conversationIds.filter((_id, place) => {
          const item = read[place];
          return item !== undefined && !ours.includes(item);
        });
        const idle = await log.nothingNew(scope, request, request.conversationIds, { ...result, elsewhere });
        return { ...result, log: [...result.log, ...idle] };
      });
    },

    /** Rows for conversations whose whole batch failed before any of them was read. */
    async openFailed(scope: Scope, { failed, ...batch }: Batch & { failed: FailedConversation[] }): Promise<Logged> {
      await log.failed(scope, batch, failed);
      return { log: await log.rows(scope, batch, failed) };
    },

    /** One conversation on its own: its trouble is thrown, so that Temporal tries again and shows each failure. */
    async importConversation(
      scope: Scope,
      request: Batch & { conversationId: number; byPerson: boolean },
    ): Promise<ImportResult> {
      const read = async (client: HelpScoutClient) =>
        complete(client, scope, await client.conversations.get(request.conversationId));
      return connections.withHelpScout(
        scope,
        async (client) => {
          try {
            const { organizationId, integrationId } = scope;
            const whole = await read(client);
            // As it is now: the choice may have changed since it failed.
            const chosen = (await storage.integrations.get(organizationId, integrationId))?.selectedMailboxIds ?? [];
            if (chosen.length > 0 && !chosen.includes(whole.conversation.mailboxId)) {
              return { changed: [], unchanged: 0, gone: 0, elsewhere: true, failed: [], log: [] };
            }
            const result = await store(scope, request, [whole]);
            await storage.coverage.noteReadAtLast(organizationId, integrationId, request.conversationId, now());
            return result;
          } catch (error) {
            if (syncErrorCode(error) !== 'conversationGone') throw error;
            await noteGone(storage, scope, [{ conversationId: request.conversationId, mergedInto: null }], now());
            return { changed: [], unchanged: 0, gone: 1, failed: [], log: [] };
          }
        },
        request.byPerson ? 'interactive' : undefined,
      );
    },
  };
}
