import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { conversationListEndpoint } from './conversation-list.ts';
import type { InboxDeps } from './deps.ts';

const getSchema = z.object({ embed: z.enum(['threads']).optional() });

export function conversationEndpoints(deps: InboxDeps): Endpoint[] {
  const { store, shapes } = deps;
  return [
    conversationListEndpoint(deps),
    {
      method: 'GET',
      template: '/v2/conversations/{id}',
      handle(request, response) {
        const { embed } = parseInput(getSchema, request.query);
        const conversation = store.conversations.get(idParam(request));
        if (!conversation) throw notFound();
        sendHal(response, shapes.conversation(conversation, { withThreads: embed === 'threads' }));
      },
    },
  ];
}
