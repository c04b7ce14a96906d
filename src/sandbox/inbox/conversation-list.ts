import { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import { parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageFrom } from '../http/paging.ts';
import { SORT_FIELDS } from '../store/search-index.ts';
import { createConversationFilters, filterSchema } from './conversation-filters.ts';
import type { InboxDeps } from './deps.ts';
import { pageParameter } from './parameters.ts';

const listSchema = filterSchema.extend({
  embed: z.enum(['threads']).optional(),
  sortField: z.enum(SORT_FIELDS).default('createdAt'),
  sortOrder: z.enum(['desc', 'asc']).default('desc'),
  page: pageParameter,
});

export function conversationListEndpoint({ store, baseUrl, shapes, switches, now }: InboxDeps): Endpoint {
  const matcherOf = createConversationFilters(store, now);
  return {
    method: 'GET',
    template: '/v2/conversations',
    handle(request, response) {
      const { embed, sortField, sortOrder, page: number, ...filters } = parseInput(listSchema, request.query);
      const size = PAGE_SIZES.conversations;
      const { total, conversations } = store.conversations.select({
        sortField,
        sortOrder,
        matches: matcherOf(filters),
        skip: (number - 1) * size,
        take: size,
      });
      const page = pageFrom(conversations, { total, number, size }, switches.values.conversations.pagePastEnd);
      const withThreads = embed === 'threads';
      sendHal(
        response,
        halPage(request, baseUrl, 'conversations', page, (item) => shapes.conversation(item, { withThreads })),
      );
    },
  };
}
