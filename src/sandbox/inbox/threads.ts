import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { ApiError, notFound, parseInput, sendHal } from '../http/envelope.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { InboxDeps } from './deps.ts';
import { pageParameter } from './parameters.ts';

const PAGE_SIZE = 25;
const listSchema = z.object({ page: pageParameter });

export function threadEndpoints({ store, baseUrl, shapes }: InboxDeps): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/conversations/{id}/threads',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const conversation = store.conversations.get(idParam(request));
        if (!conversation) throw notFound();
        if (store.faults.areThreadsBroken(conversation.id)) throw new ApiError(500, 'Internal Server Error');
        const threads = pageOf(conversation.threads.toReversed(), page, PAGE_SIZE);
        sendHal(
          response,
          halPage(request, baseUrl, 'threads', threads, (thread) => shapes.thread(conversation, thread)),
        );
      },
    },
  ];
}
