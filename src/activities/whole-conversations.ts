import { cancellationSignal } from '@temporalio/activity';
import type { Conversation } from '../domain/conversation.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutRateLimited, HelpScoutUnauthorized } from '../helpscout/errors.ts';
import { newestChange } from '../helpscout/newest-change.ts';
import type { ApiConversation } from '../helpscout/schemas.ts';
import { allThreads, toConversation } from '../helpscout/to-conversation.ts';
import type { Scope } from '../workflows/contract.ts';
import { httpStatusOf, syncErrorCode } from './failures.ts';
import type { Batch, FailedConversation } from './import-activities.ts';
import { importRowId } from './import-log.ts';

/** A conversation with the newest time that Help Scout shows in it. */
export interface WholeConversation {
  conversation: Conversation;
  newestAt: Date;
}

/** One that was read, or why it could not be. */
export type ReadConversation = WholeConversation | FailedConversation;

/** Reads conversations with all of their threads. */
export function createWholeConversations(now: () => Date) {
  return {
    async complete(client: HelpScoutClient, scope: Scope, api: ApiConversation): Promise<WholeConversation> {
      const threads = await allThreads(api, client.conversations.threads);
      const newestAt = newestChange(api, threads);
      return { newestAt, conversation: toConversation(api, threads, { ...scope, importedAt: now() }) };
    },

    /** One conversation's trouble is its own, unless it is the account's or ours: then the whole activity tries again. */
    async orFailure(
      batch: Batch,
      conversationId: number,
      read: () => Promise<WholeConversation>,
    ): Promise<ReadConversation> {
      try {
        return await read();
      } catch (error) {
        if (error instanceof HelpScoutRateLimited || error instanceof HelpScoutUnauthorized) throw error;
        // Not Help Scout's doing: a worker that shuts down leaves no conversation behind as failed.
        if (cancellationSignal().aborted) throw error;
        const code = syncErrorCode(error);
        return { conversationId, eventId: importRowId(batch, conversationId), code, httpStatus: httpStatusOf(error) };
      }
    },
  };
}
