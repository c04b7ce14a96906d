import { z } from 'zod';
import { cursorOf, halCursorPage, positionOf } from '../http/cursor-paging.ts';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { createConversationFilters, filterSchema } from './conversation-filters.ts';
import { getConversationEndpoint } from './conversations.ts';
import type { InboxDeps } from './deps.ts';
import { conversationWithThreads } from './threads.ts';

const cursor = z.string().min(1).optional();
/** Which filters the original takes here, apart from `email`, nobody could confirm: these are the ones of version 2. */
const listSchema = filterSchema.extend({
  email: z.string().min(1).optional(),
  embed: z.enum(['threads']).optional(),
  cursor,
});
const cursorSchema = z.object({ cursor });

/** Version 3 of the reads: lists go on by a cursor, and what automation wrote is by a `system_user`. */
export function v3Endpoints(deps: InboxDeps): Endpoint[] {
  const { store, baseUrl, shapes, now } = deps;
  const { conversations, directory } = store;
  const matcherOf = createConversationFilters(store, now);

  /** Newest created first; the cursor is the last one's time and id. */
  const conversationList: Endpoint = {
    method: 'GET',
    template: '/v3/conversations',
    handle(request, response) {
      const { email, embed, cursor: after, ...filters } = parseInput(listSchema, request.query);
      const matches = matcherOf(filters);
      const customerId = email === undefined ? undefined : (directory.customers.find(email)?.id ?? -1);
      const [afterMs = Infinity, afterId = Infinity] = after === undefined ? [] : positionOf(after, 2);
      const { columns, idOf } = conversations;
      const { total, conversations: items } = conversations.select({
        sortField: 'createdAt',
        sortOrder: 'desc',
        matches(row) {
          const atMs = columns.createdAtMs(row);
          const isNext = atMs < afterMs || (atMs === afterMs && idOf(row) < afterId);
          return isNext && (customerId === undefined || columns.customerId(row) === customerId) && matches(row);
        },
        skip: 0,
        take: PAGE_SIZES.cursorLists,
      });
      const last = items.at(-1);
      const nextCursor = last && total > items.length ? cursorOf(last.createdAtMs, last.id) : null;
      const options = { withThreads: embed === 'threads', version: 'v3' as const };
      sendHal(
        response,
        halCursorPage(request, baseUrl, 'conversations', { items, nextCursor }, (item) =>
          shapes.conversation(item, options),
        ),
      );
    },
  };

  /** Newest first; the cursor is the last one's id, after which the list goes on as it is then. */
  const threadList: Endpoint = {
    method: 'GET',
    template: '/v3/conversations/{id}/threads',
    handle(request, response) {
      const { cursor: after } = parseInput(cursorSchema, request.query);
      const conversation = conversationWithThreads(store, idParam(request));
      const newestFirst = conversation.threads.toReversed();
      const [afterId] = after === undefined ? [] : positionOf(after, 1);
      const rest = newestFirst.slice(newestFirst.findIndex(({ id }) => id === afterId) + 1);
      const items = rest.slice(0, PAGE_SIZES.threads);
      const last = items.at(-1);
      const nextCursor = last && rest.length > items.length ? cursorOf(last.id) : null;
      sendHal(
        response,
        halCursorPage(request, baseUrl, 'threads', { items, nextCursor }, (item) =>
          shapes.thread(conversation, item, 'v3'),
        ),
      );
    },
  };

  /** How the original's list looks is not confirmed: this is as the other lists of people are. */
  const systemUserList: Endpoint = {
    method: 'GET',
    template: '/v3/system-users',
    handle(request, response) {
      const items = directory.systemUsers.all();
      sendHal(
        response,
        halCursorPage(request, baseUrl, 'system-users', { items, nextCursor: null }, ({ id, first, last }) => ({
          id,
          type: 'system_user',
          firstName: first,
          lastName: last,
        })),
      );
    },
  };

  return [conversationList, getConversationEndpoint(deps, 'v3'), threadList, systemUserList];
}
