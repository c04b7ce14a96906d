import type { Response } from 'express';
import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { parseInput, sendHal } from '../http/envelope.ts';
import { conversationListEndpoint } from './conversation-list.ts';
import type { InboxDeps } from './deps.ts';
import { existingConversation } from './existing-conversation.ts';
import type { ApiVersion } from './person-json.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a merged conversation names the one it went to. */
const REDIRECTED_FOR_MS = 60 * DAY_MS;
const getSchema = z.object({ embed: z.enum(['threads']).optional() });

export function conversationEndpoints(deps: InboxDeps): Endpoint[] {
  return [conversationListEndpoint(deps), getConversationEndpoint(deps, 'v2')];
}

export function getConversationEndpoint({ store, shapes, now }: InboxDeps, version: ApiVersion): Endpoint {
  /** Answers with the place of the survivor, if the conversation was merged not too long ago. */
  function isRedirected(id: number, response: Response): boolean {
    const target = store.conversations.find(id)?.mergedInto ?? null;
    if (target === null || now() >= target.atMs + REDIRECTED_FOR_MS) return false;
    response.setHeader('Location', shapes.link(`/${version}/conversations/${target.id}`).href);
    response.status(301).end();
    return true;
  }

  return {
    method: 'GET',
    template: `/${version}/conversations/{id}`,
    handle(request, response) {
      const { embed } = parseInput(getSchema, request.query);
      const id = idParam(request);
      if (isRedirected(id, response)) return;
      const conversation = existingConversation(store, id);
      sendHal(response, shapes.conversation(conversation, { withThreads: embed === 'threads', version }));
    },
  };
}
