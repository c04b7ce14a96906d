import type { Request } from '../client.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { HelpScoutMerged } from '../errors.ts';
import { collectPages } from '../paging.ts';
import { parseReply } from '../request.ts';
import {
  type ApiConversation,
  type ApiThread,
  apiConversationSchema,
  apiThreadSchema,
  listedConversationSchema,
  listOf,
} from '../schemas.ts';

export interface ConversationListQuery {
  mailboxIds: readonly number[];
  /** ISO 8601 with second precision: Help Scout refuses milliseconds. */
  modifiedSince: string;
  /** Only what was created at this second or later; null for all. */
  createdFrom: string | null;
  page: number;
}

const conversationListSchema = listOf('conversations', listedConversationSchema);

export function createConversationResource(request: Request) {
  const get = async (conversationId: number): Promise<ApiConversation> => {
    const endpoint = ENDPOINTS.getConversation;
    const reply = await request({ endpoint, params: { id: conversationId }, query: { embed: 'threads' } });
    return parseReply(apiConversationSchema, reply, endpoint);
  };
  return {
    /** One page of conversations with their threads, by creation time, oldest first (see domain/scan-cursor.ts). */
    async page({ mailboxIds, modifiedSince, createdFrom, page }: ConversationListQuery): Promise<{
      items: (ApiConversation | { id: number; unreadable: true })[];
      total: number;
      pages: number;
    }> {
      const endpoint = ENDPOINTS.listConversations;
      const reply = await request({
        endpoint,
        query: {
          mailbox: mailboxIds.join(','),
          modifiedSince,
          status: 'all',
          embed: 'threads',
          query: createdFrom === null ? undefined : `(createdAt:[${createdFrom} TO *])`,
          sortField: 'createdAt',
          sortOrder: 'asc',
          page,
        },
      });
      const list = parseReply(conversationListSchema, reply, endpoint);
      return { items: list.items, total: list.page.totalElements, pages: list.page.totalPages };
    },

    /** One conversation with its threads; a merged one is followed to the one that survived, by id. */
    async get(conversationId: number): Promise<ApiConversation> {
      try {
        return await get(conversationId);
      } catch (error) {
        if (error instanceof HelpScoutMerged) return get(error.survivorId);
        throw error;
      }
    },

    /** Every thread, for conversations whose embedded threads are cut short. */
    async threads(conversationId: number): Promise<ApiThread[]> {
      const call = { endpoint: ENDPOINTS.listThreads, params: { id: conversationId } };
      return collectPages(request, call, 'threads', apiThreadSchema);
    },
  };
}
