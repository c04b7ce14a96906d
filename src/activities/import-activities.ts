import { cancellationSignal } from '@temporalio/activity';
import type { Conversation } from '../domain/conversation.ts';
import type { Logged } from '../domain/logged-row.ts';
import { nextCursor, type ScanCursor } from '../domain/scan-cursor.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutRateLimited, HelpScoutUnauthorized } from '../helpscout/errors.ts';
import type { ApiConversation } from '../helpscout/schemas.ts';
import { allThreads, toConversation } from '../helpscout/to-conversation.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { httpStatusOf, syncErrorCode } from './failures.ts';
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
  cursor: ScanCursor;
}

export interface PageResult extends ImportResult {
  /** Conversations still to read when this page was asked for, this page's included. */
  total: number;
  /** Null at the end of the list. */
  next: ScanCursor | null;
}

/** Reading conversations from Help Scout into MongoDB. Safe to repeat: equal content changes nothing. */
export function createImportActivities(
  { storage, now }: Pick<ActivityDeps, 'storage' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const log = createImportLog(storage);

  const complete = async (client: HelpScoutClient, scope: Scope, api: ApiConversation): Promise<Conversation> => {
    const threads = await allThreads(api, client.conversations.threads);
    return toConversation(api, threads, { ...scope, importedAt: now() });
  };

  /** One conversation's trouble is its own, unless it is the account's or ours: then the whole activity tries again. */
  const orFailure = async (
    batch: Batch,
    conversationId: number,
    read: () => Promise<Conversation>,
  ): Promise<Conversation | FailedConversation> => {
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
    read: (Conversation | FailedConversation)[],
  ): Promise<ImportResult> => {
    // Two that were merged are one, read twice.
    const whole = read.filter((item) => 'contentHash' in item);
    const conversations = [...new Map(whole.map((item) => [item.conversationId, item])).values()];
    const trouble = read.filter((item) => 'code' in item);
    const failed = trouble.filter((item) => item.code !== 'conversationGone');
    const ids = conversations.map(({ conversationId }) => conversationId);
    const known = await storage.conversations.contentHashes(scope.organizationId, scope.integrationId, ids);
    const classified = await storage.insights.contentHashes(scope.organizationId, scope.integrationId, ids);
    // A conversation is done only when it is classified: a crash between import and classification must not lose it.
    const changed = conversations.filter((item) => classified.get(item.conversationId) !== item.contentHash);
    await log.opened(scope, batch, changed, known);
    await log.failed(scope, batch, failed);
    await storage.conversations.saveAll(
      scope.organizationId,
      conversations.filter((item) => known.get(item.conversationId) !== item.contentHash),
    );
    return {
      changed: changed.map(({ conversationId }) => conversationId),
      unchanged: conversations.length - changed.length,
      gone: trouble.length - failed.length,
      failed,
      log: await log.rows(scope, batch, [...changed, ...failed]),
    };
  };

  return {
    /** One page of the account's conversations, those apart that the page before had already. */
    async importPage(scope: Scope, request: PageRequest): Promise<PageResult> {
      const { cursor, mailboxIds, modifiedSince } = request;
      return connections.withHelpScout(scope, async (client) => {
        const page = await client.conversations.page({ mailboxIds, modifiedSince, ...cursor });
        const next = nextCursor(cursor, page);
        const read: (Conversation | FailedConversation)[] = [];
        for (const api of page.items) {
          if (cursor.seen.includes(api.id)) continue;
          // One that the list shows in an unknown shape is read on its own, which says what is wrong with it.
          const whole = async () => ('unreadable' in api ? await client.conversations.get(api.id) : api);
          read.push(await orFailure(request, api.id, async () => complete(client, scope, await whole())));
        }
        return { ...(await store(scope, request, read)), total: page.total - cursor.seen.length, next };
      });
    },

    /** Conversations by id, for webhooks: a delivery only says that a conversation is worth reading. */
    async importConversations(
      scope: Scope,
      request: Batch & { conversationIds: number[]; mailboxIds: number[] },
    ): Promise<ImportResult> {
      return connections.withHelpScout(scope, async (client) => {
        const read: (Conversation | FailedConversation)[] = [];
        for (const id of request.conversationIds) {
          read.push(
            await orFailure(request, id, async () => complete(client, scope, await client.conversations.get(id))),
          );
        }
        // Moved to a mailbox that nobody chose: not ours to read any more.
        const ours = read.filter((item) => !('mailboxId' in item) || request.mailboxIds.includes(item.mailboxId));
        const result = await store(scope, request, ours);
        const idle = await log.nothingNew(scope, request, request.conversationIds, result);
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
            return await store(scope, request, [await read(client)]);
          } catch (error) {
            if (syncErrorCode(error) === 'conversationGone')
              return { changed: [], unchanged: 0, gone: 1, failed: [], log: [] };
            throw error;
          }
        },
        request.byPerson ? 'interactive' : undefined,
      );
    },
  };
}
