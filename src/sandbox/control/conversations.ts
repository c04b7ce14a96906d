import { Router } from 'express';
import { z } from 'zod';
import { idParam } from '../http/endpoint.ts';
import { FIRST_CONVERSATION_ID } from '../store/corpus-conversations.ts';
import { CONVERSATION_STATUSES, type Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import { WRITTEN_TYPES, type Writes } from '../writes.ts';
import { ControlError } from './control-http.ts';

const createSchema = z.strictObject({
  mailboxId: z.number().int().optional(),
  subject: z.string().min(1),
  text: z.string().min(1),
  customerEmail: z.email(),
  tags: z.array(z.string().min(1)).optional(),
});
const messageSchema = z.strictObject({
  type: z.enum(WRITTEN_TYPES),
  text: z.string().min(1),
  status: z.enum(CONVERSATION_STATUSES).optional(),
});

const mergeSchema = z.strictObject({ into: z.number().int() });

const MOST_ROWS = 10_000;
const listSchema = z.object({
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).optional(),
});

/**
 * Lists conversations, and writes as customers and agents do. A list that is asked for in pages, `?after=ID&limit=`, is in
 * the order of the ids and has deleted and merged ones too: what a client that read everything should know.
 */
export function conversationsRouter(store: Store, writes: Writes): Router {
  const router = Router();
  router.get('/conversations', (request, response) => {
    const { after, limit } = listSchema.parse(request.query);
    if (after === undefined && limit === undefined) {
      return void response.json(Array.from(firstOf(store.conversations.all(), MOST_ROWS), summaryOf));
    }
    const end = store.conversations.nextConversationId();
    const rows: object[] = [];
    for (let id = firstIdAfter(after); id < end && rows.length < (limit ?? MOST_ROWS); id += 1) {
      const conversation = store.conversations.find(id);
      if (conversation) rows.push(stateOf(conversation));
    }
    response.json(rows);
  });
  router.get('/conversations/:id', (request, response) => {
    const conversation = store.conversations.find(idParam(request));
    if (!conversation) throw new ControlError(404, 'No such conversation.');
    response.json(stateOf(conversation));
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
    response.status(201).json({ ...summaryOf(existingConversation(store, conversation.id)), threadId });
  });
  router.delete('/conversations/:id', (request, response) => {
    writes.deleteConversation(existingConversation(store, idParam(request)));
    response.status(204).end();
  });
  router.post('/conversations/:id/merge', (request, response) => {
    const { into } = mergeSchema.parse(request.body);
    const from = existingConversation(store, idParam(request));
    if (from.id === into) throw new ControlError(400, 'A conversation cannot be merged into itself.');
    response.json(stateOf(writes.mergeConversations(from, existingConversation(store, into))));
  });
  return router;
}

function firstIdAfter(after = 0): number {
  return Math.max(FIRST_CONVERSATION_ID, after + 1);
}

export function existingConversation(store: Store, id: number): Conversation {
  const conversation = store.conversations.get(id);
  if (!conversation) throw new ControlError(404, 'No such conversation.');
  return conversation;
}

function* firstOf<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (taken === count) return;
    taken += 1;
    yield item;
  }
}

function stateOf(conversation: Conversation) {
  const { status, state, mergedInto, threads } = conversation;
  return {
    ...summaryOf(conversation),
    status,
    lastThreadId: threads.at(-1)?.id ?? null,
    mergedInto: mergedInto?.id ?? null,
    deleted: state === 'deleted',
  };
}

function summaryOf({ id, corpusId, number, mailboxId, activity }: Conversation) {
  return { conversationId: id, corpusId, number, mailboxId, threads: activity.publishedThreads };
}
