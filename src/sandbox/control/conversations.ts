import { Router } from 'express';
import { z } from 'zod';
import { idParam } from '../http/endpoint.ts';
import { CONVERSATION_STATUSES, type Conversation, THREAD_TYPES } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Writes } from '../writes.ts';
import { ControlError } from './control-http.ts';

const createSchema = z.strictObject({
  mailboxId: z.number().int().optional(),
  subject: z.string().min(1),
  text: z.string().min(1),
  customerEmail: z.email(),
  tags: z.array(z.string().min(1)).optional(),
});
const messageSchema = z.strictObject({
  type: z.enum(THREAD_TYPES),
  text: z.string().min(1),
  status: z.enum(CONVERSATION_STATUSES).optional(),
});

/** Lists conversations with their corpus ids, and writes as customers and agents do. */
export function conversationsRouter(store: Store, writes: Writes): Router {
  const router = Router();
  router.get('/conversations', (_request, response) => {
    response.json(store.conversations.all().map(summaryOf));
  });
  router.post('/conversations', (request, response) => {
    const { mailboxId, ...input } = createSchema.parse(request.body);
    const mailbox =
      mailboxId === undefined ? store.directory.mailboxes.all()[0] : store.directory.mailboxes.get(mailboxId);
    if (!mailbox) throw new ControlError(404, 'No such mailbox.');
    response.status(201).json(summaryOf(writes.createConversation({ ...input, mailboxId: mailbox.id })));
  });
  router.post('/conversations/:id/messages', (request, response) => {
    const conversation = existingConversation(store, idParam(request));
    const threadId = writes.addThread(conversation, messageSchema.parse(request.body));
    response.status(201).json({ ...summaryOf(conversation), threadId });
  });
  return router;
}

export function existingConversation(store: Store, id: number): Conversation {
  const conversation = store.conversations.get(id);
  if (!conversation) throw new ControlError(404, 'No such conversation.');
  return conversation;
}

function summaryOf({ id, corpusId, number, mailboxId, activity }: Conversation) {
  return { conversationId: id, corpusId, number, mailboxId, threads: activity.publishedThreads };
}
