import { type Response, Router, urlencoded } from 'express';
import { z } from 'zod';
import { findByKey, type Library } from '../docs/library.ts';
import { idParam, textParam } from '../http/endpoint.ts';
import { pageFrom } from '../http/paging.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Writes } from '../writes.ts';
import { ArticlePage, NotFoundPage } from './article.tsx';
import { ConversationPage } from './conversation.tsx';
import { ConversationList, type ConversationRow, conversationPath } from './conversation-list.tsx';
import { NewConversationPage } from './new-conversation.tsx';
import { sendPage } from './render.ts';
import { PERSON_SVG, STYLE } from './style.ts';

const PAGE_SIZE = 30;
const listSchema = z.object({
  search: z.string().trim().catch(''),
  page: z.coerce.number().int().min(1).catch(1),
});
/** Browsers send line ends as CR LF; messages have plain line feeds. */
const formText = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(z.string().min(1));
const messageSchema = z.object({ text: formText });
const conversationSchema = z.object({
  mailboxId: z.coerce.number().int(),
  customerEmail: z.email(),
  subject: formText,
  text: formText,
});

/** The pages for people: what is in the sandbox, and writing to it as a customer. */
export function pageRouter({ store, writes, library }: { store: Store; writes: Writes; library: Library }): Router {
  const { directory, conversations } = store;
  const customerEmail = ({ customerId }: Conversation) => directory.customers.get(customerId)?.email ?? '';
  const mailboxName = ({ mailboxId }: Conversation) => directory.mailboxes.get(mailboxId)?.name ?? '';
  const rowOf = (conversation: Conversation): ConversationRow => ({
    conversation,
    customerEmail: customerEmail(conversation),
    mailboxName: mailboxName(conversation),
  });

  function matches(row: number, search: string): boolean {
    const conversation = conversations.indexed(row);
    if (!conversation) return false;
    const texts = [conversation.subject, customerEmail(conversation), ...conversation.threads.map(({ text }) => text)];
    return String(conversation.id) === search || texts.some((text) => text.toLowerCase().includes(search));
  }

  function sendConversation(response: Response, status: number, conversation: Conversation): void {
    sendPage(
      response,
      status,
      <ConversationPage
        {...rowOf(conversation)}
        nameOf={({ author: { type, id } }) => {
          const tables = { customer: directory.customers, user: directory.users, system_user: directory.systemUsers };
          const author = tables[type].get(id);
          return `${author?.first ?? ''} ${author?.last ?? ''}`.trim();
        }}
      />,
    );
  }

  const router = Router();
  const form = urlencoded({ extended: false, limit: '1mb' });

  router.get('/', (request, response) => {
    const { search, page } = listSchema.parse(request.query);
    const wanted = search.toLowerCase();
    const { total, conversations: items } = conversations.select({
      sortField: 'modifiedAt',
      sortOrder: 'desc',
      matches: (row) => wanted === '' || matches(row, wanted),
      skip: (page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
    });
    const { totalPages } = pageFrom(items, { total, number: page, size: PAGE_SIZE });
    sendPage(
      response,
      200,
      <ConversationList rows={items.map(rowOf)} total={total} {...{ search, page, totalPages }} />,
    );
  });

  router.get('/conversations/new', (_request, response) => {
    sendPage(response, 200, <NewConversationPage mailboxes={directory.mailboxes.all()} />);
  });

  router.post('/conversations', form, (request, response) => {
    const input = conversationSchema.safeParse(request.body);
    if (input.success && directory.mailboxes.get(input.data.mailboxId)) {
      return response.redirect(303, conversationPath(writes.createConversation(input.data)));
    }
    const problem = 'Please fill in every field, with a valid e-mail address.';
    sendPage(response, 400, <NewConversationPage mailboxes={directory.mailboxes.all()} problem={problem} />);
  });

  // The number is optional in the original's links, and is not looked at.
  router.get('/conversation/:id{/:number}', (request, response) => {
    const conversation = conversations.get(idParam(request));
    if (!conversation) return sendPage(response, 404, <NotFoundPage />);
    sendConversation(response, 200, conversation);
  });

  router.post('/conversation/:id{/:number}', form, (request, response) => {
    const conversation = conversations.get(idParam(request));
    if (!conversation) return sendPage(response, 404, <NotFoundPage />);
    const input = messageSchema.safeParse(request.body);
    if (!input.success) return sendConversation(response, 400, conversation);
    writes.addThread(conversation, { type: 'customer', text: input.data.text });
    response.redirect(303, conversationPath(conversation));
  });

  router.get('/article/:name', (request, response) => {
    const [number = ''] = textParam(request, 'name').split('-');
    const article = findByKey(library.articles, number);
    if (!article) return sendPage(response, 404, <NotFoundPage />);
    sendPage(response, 200, <ArticlePage article={article} />);
  });

  router.get('/assets/sandbox.css', (_request, response) => {
    response.type('css').send(STYLE);
  });
  router.get('/assets/person.svg', (_request, response) => {
    response.type('svg').send(PERSON_SVG);
  });

  router.use((_request, response) => sendPage(response, 404, <NotFoundPage />));
  return router;
}
