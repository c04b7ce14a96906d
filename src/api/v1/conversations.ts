import { z } from 'zod';
import { conversationSchema, threadSchema } from '../../domain/conversation.ts';
import { mayReadMessages } from '../../domain/roles.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { positiveNumber } from './parameters.ts';
import { apiProblem } from './problems.ts';

const conversationOutSchema = conversationSchema
  .omit({ organizationId: true, contentHash: true, threads: true })
  .extend({ threads: z.array(threadSchema.omit({ spans: true, removed: true }).meta({ id: 'Thread' })) })
  .meta({ id: 'Conversation', description: 'A conversation as it was last read from Help Scout.' });

const getConversation = apiEndpoint({
  method: 'get',
  path: '/api/v1/conversations/:conversationId',
  scope: 'insights:read',
  tag: 'Insights',
  summary: 'Get a conversation with its threads',
  description:
    'Texts are readable text, without quoted history and signatures. Operators read no messages: they get no threads.',
  params: z.object({ conversationId: positiveNumber('Help Scout’s id of the conversation.') }),
  response: conversationOutSchema,
  handler:
    ({ storage }) =>
    async ({ organizationId, caller, params: { conversationId } }) => {
      const conversation = await storage.conversations.get(organizationId, conversationId);
      if (!conversation) throw apiProblem('notFound');
      return mayReadMessages(caller.role) ? conversation : { ...conversation, threads: [] };
    },
});

export const conversationApi = [getConversation];
