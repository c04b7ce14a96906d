import { cancellationSignal } from '@temporalio/activity';
import type { Logged } from '../domain/logged-row.ts';
import { nextCursor, type ScanCursor } from '../domain/scan-cursor.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { syncErrorCode } from './failures.ts';
import { noteGone } from './gone-conversations.ts';
import { createImportLog } from './import-log.ts';
import { createStoreConversations } from './store-conversations.ts';
import { createWholeConversations, type ReadConversation } from './whole-conversations.ts';

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
  /** How many pages at most; absent: one. Fewer when they take long, or when trouble comes after the first. */
  pages?: number;
  /** Of a comparison with what webhooks told; absent: a scan. */
  pass?: { startedAtMs: number; found: number };
}

export interface PageResult extends ImportResult {
  /** Conversations still to read when the first page was asked for, that page's included. */
  total: number;
  /** Null at the end of the list. */
  next: ScanCursor | null;
}

/** An activity that has read for so long begins no other page: it has ten minutes, and a page may take most of them. */
const LONG_ENOUGH_MS = 60_000;

/** A worker that shuts down hands everything over; any other trouble is left to the next call. */
function orStopped(error: unknown): null {
  if (cancellationSignal().aborted) throw error;
  return null;
}

/** Reading conversations from Help Scout into MongoDB. Safe to repeat: equal content changes nothing. */
export function createImportActivities(
  deps: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage, now } = deps;
  const log = createImportLog(storage);
  const { complete, orFailure } = createWholeConversations(now);
  const store = createStoreConversations(deps);

  const readPage = async (client: HelpScoutClient, scope: Scope, request: PageRequest, cursor: ScanCursor) => {
    const { mailboxIds, modifiedSince, modifiedUntil } = request;
    const page = await client.conversations.page({
      ...{ mailboxIds, modifiedSince, ...cursor },
      ...(modifiedUntil !== undefined && { modifiedUntil }),
    });
    const read: ReadConversation[] = [];
    for (const api of page.items) {
      if (cursor.seen.includes(api.id)) continue;
      // One that the list shows in an unknown shape is read on its own, which says what is wrong with it.
      const whole = async () => ('unreadable' in api ? await client.conversations.get(api.id) : api);
      read.push(await orFailure(request, api.id, async () => complete(client, scope, await whole())));
    }
    return { read, total: page.total - cursor.seen.length, next: nextCursor(cursor, page) };
  };

  return {
    /** Some pages of the account's conversations, those apart that the page before had already. */
    async importPage(scope: Scope, request: PageRequest): Promise<PageResult> {
      const { mailboxIds, modifiedSince, pages = 1, pass } = request;
      const enoughAtMs = now().getTime() + LONG_ENOUGH_MS;
      return connections.withHelpScout(scope, async (client) => {
        const { read, total, next } = await readPage(client, scope, request, request.cursor);
        let after = next;
        for (let page = 1; page < pages && after && now().getTime() < enoughAtMs; page += 1) {
          // What was read already is not thrown away: the next call meets the trouble first, and waits as it asks for.
          const more = await readPage(client, scope, request, after).catch(orStopped);
          if (!more) break;
          read.push(...more.read);
          after = more.next;
        }
        const since = new Date(modifiedSince);
        const stored = await store(scope, request, read, pass && { kind: 'pass', since });
        if (pass && !after) {
          const startedAt = new Date(pass.startedAtMs);
          const ended = { startedAt, since, endedAt: now(), found: pass.found + stored.changed.length, mailboxIds };
          await storage.coverage.notePass(scope.organizationId, scope.integrationId, ended);
        }
        return { ...stored, total, next: after };
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
        const read: ReadConversation[] = [];
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
