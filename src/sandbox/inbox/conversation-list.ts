import { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import { ApiError, parseInput, sendHal } from '../http/envelope.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { Conversation } from '../store/model.ts';
import { SORT_FIELDS } from '../store/sorted-views.ts';
import type { InboxDeps } from './deps.ts';
import { folderIdOf } from './json-shapes.ts';
import { idListParameter, idParameter, nameListParameter, pageParameter, timeParameter } from './parameters.ts';

const PAGE_SIZE = 25;

const listSchema = z.object({
  embed: z.enum(['threads']).optional(),
  mailbox: idListParameter.optional(),
  folder: idParameter.optional(),
  status: z.enum(['active', 'all', 'closed', 'open', 'pending', 'spam']).default('active'),
  tag: nameListParameter.optional(),
  assigned_to: idParameter.optional(),
  modifiedSince: timeParameter.optional(),
  number: idParameter.optional(),
  sortField: z.enum(SORT_FIELDS).default('createdAt'),
  sortOrder: z.enum(['desc', 'asc']).default('desc'),
  page: pageParameter,
});
type Filters = z.infer<typeof listSchema>;

/** Refused rather than ignored: an answer without the filter would look like a right one. */
const UNPLAYED = ['query', 'customFieldsByIds'];

export function conversationListEndpoint({ store, baseUrl, shapes }: InboxDeps): Endpoint {
  return {
    method: 'GET',
    template: '/v2/conversations',
    handle(request, response) {
      const unplayed = UNPLAYED.find((name) => request.query[name] !== undefined);
      if (unplayed) throw new ApiError(400, `The sandbox does not play the parameter ${unplayed}`);
      const filters = parseInput(listSchema, request.query);
      const ascending = store.conversations.ascending(filters.sortField).filter(matcherOf(filters));
      const ordered = filters.sortOrder === 'asc' ? ascending : ascending.reverse();
      const withThreads = filters.embed === 'threads';
      sendHal(
        response,
        halPage(request, baseUrl, 'conversations', pageOf(ordered, filters.page, PAGE_SIZE), (conversation) =>
          shapes.conversation(conversation, { withThreads }),
        ),
      );
    },
  };
}

/** Filters are ANDed; several tags or mailboxes mean any of them. */
function matcherOf(filters: Filters): (conversation: Conversation) => boolean {
  const { mailbox, folder, tag, assigned_to: assignedTo, modifiedSince, number } = filters;
  return (conversation) =>
    hasStatus(conversation, filters.status) &&
    (mailbox === undefined || mailbox.has(conversation.mailboxId)) &&
    (folder === undefined || folder === folderIdOf(conversation)) &&
    (tag === undefined || conversation.tags.some(({ name }) => tag.has(name.toLowerCase()))) &&
    (assignedTo === undefined || assignedTo === conversation.assigneeId) &&
    (modifiedSince === undefined || conversation.activity.modifiedAtMs > modifiedSince) &&
    (number === undefined || number === conversation.number);
}

function hasStatus({ status }: Conversation, wanted: Filters['status']): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'open') return status === 'active' || status === 'pending';
  return status === wanted;
}
