import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { ApiError, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { InboxDeps } from './deps.ts';
import { existingConversation } from './existing-conversation.ts';
import { pageParameter } from './parameters.ts';

const listSchema = z.object({ page: pageParameter });

export function threadEndpoints({ store, baseUrl, shapes, switches }: InboxDeps): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/conversations/{id}/threads',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const conversation = conversationWithThreads(store, idParam(request));
        const { pagePastEnd } = switches.values.conversations;
        const threads = pageOf(conversation.threads.toReversed(), page, PAGE_SIZES.threads, pagePastEnd);
        sendHal(
          response,
          halPage(request, baseUrl, 'threads', threads, (thread) => shapes.thread(conversation, thread)),
        );
      },
    },
  ];
}

/** As `existingConversation`; throws 500 while its threads are made unreadable. */
export function conversationWithThreads(store: Store, id: number): Conversation {
  const conversation = existingConversation(store, id);
  if (store.faults.areThreadsBroken(conversation.id)) throw new ApiError(500, 'Internal Server Error');
  return conversation;
}
