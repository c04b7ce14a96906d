import { z } from 'zod';
import { conversationSchema } from '../../src/domain/conversation.ts';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { createDocsClient } from '../../src/helpscout/docs/client.ts';
import { exchangeCode } from '../../src/helpscout/oauth.ts';
import { collect } from '../../src/helpscout/paging.ts';
import { type ApiConversation, apiConversationSchema, listedConversationSchema } from '../../src/helpscout/schemas.ts';
import { hasMissingThreads, toConversation } from '../../src/helpscout/to-conversation.ts';

const budget = { reserve: async () => null, settle: async () => {} };
const owner = { organizationId: 'o', integrationId: 'i', importedAt: new Date(0) };

/** Everything that reads replies, pointed at one address. */
export function readersOf(url: string) {
  return {
    inbox: createHelpScoutClient({ apiUrl: url, accessToken: 'at', budget, timeoutMs: 5000 }),
    docs: createDocsClient({ docsUrl: url, apiKey: 'key', budget, timeoutMs: 5000 }),
    exchange: () => exchangeCode({ apiUrl: url, appId: 'app', appSecret: 'secret' }, 'code'),
  };
}
type Readers = ReturnType<typeof readersOf>;

export interface ReplyShape {
  /** The reference's sample of the reply. */
  sample: unknown;
  status?: number;
  read(readers: Readers): Promise<unknown>;
  /** What the reader is documented to give; never for a refusal, which must always be thrown. */
  gives: z.ZodType;
}

const LINK = { href: 'https://api.helpscout.net/v2/conversations/7001' };
const ADA = { id: 501, type: 'user', first: 'Ada', last: 'Moor', email: 'ada@acme.example' };
const LIN = { id: 88001, type: 'customer', first: 'Lin', last: 'Osei', photoUrl: null, email: 'lin@client.example' };
const PAGE = { size: 25, totalElements: 2, totalPages: 1, number: 1 };
const list = (name: string, ...items: unknown[]) => ({
  _embedded: { [name]: items },
  _links: { self: LINK, first: LINK, last: LINK, page: { ...LINK, templated: true } },
  page: PAGE,
});
const THREAD = {
  id: 990001,
  type: 'customer',
  status: 'active',
  state: 'published',
  action: { type: 'default', associatedEntities: {} },
  body: 'Since Monday the CSV export <b>stops</b> after 30 seconds.<br>Lin',
  source: { type: 'email', via: 'customer' },
  customer: { id: 88001, first: 'Lin', last: 'Osei', email: 'lin@client.example' },
  createdBy: LIN,
  assignedTo: ADA,
  savedReplyId: 0,
  to: ['support@acme.example'],
  cc: [],
  bcc: [],
  createdAt: '2026-03-01T09:30:00Z',
  _embedded: { attachments: [{ id: 71, filename: 'export.png', mimeType: 'image/png', size: 20110, state: 'valid' }] },
  _links: { customer: LINK },
};
const LINE_ITEM = { ...THREAD, id: 990002, type: 'lineitem', action: [], body: null, createdBy: ADA, _embedded: null };
const CONVERSATION = {
  id: 7001,
  number: 42,
  threads: 1,
  type: 'email',
  folderId: 9001,
  status: 'active',
  state: 'published',
  subject: 'Export fails with a timeout',
  preview: 'Since Monday the CSV export',
  mailboxId: 310,
  assignee: ADA,
  createdBy: LIN,
  createdAt: '2026-03-01T09:30:00Z',
  closedBy: 0,
  userUpdatedAt: '2026-03-02T11:00:00Z',
  customerWaitingSince: { time: '2026-03-01T09:30:00Z', friendly: '2 days ago', latestReplyFrom: 'customer' },
  source: { type: 'email', via: 'customer' },
  tags: [{ id: 61, color: '#a5b2bd', tag: 'export' }],
  primaryCustomer: LIN,
  customFields: [{ id: 12, name: 'Plan', value: '4411', text: 'Pro' }],
  _embedded: { threads: [LINE_ITEM, THREAD] },
  _links: { self: LINK, web: { href: 'https://secure.helpscout.net/conversation/7001/42' } },
};
const USER = {
  id: 501,
  firstName: 'Ada',
  lastName: 'Moor',
  email: 'ada@acme.example',
  role: 'admin',
  timezone: 'Europe/Lisbon',
  type: 'user',
  companyId: 17,
  createdAt: '2024-02-01T08:00:00Z',
};
const MAILBOX = { id: 310, name: 'Acme Support', slug: '5ac1f0d2b7e9', email: 'support@acme.example' };
const CUSTOMER = {
  id: 88001,
  firstName: 'Lin',
  lastName: 'Osei',
  gender: 'Unknown',
  jobTitle: 'Analyst',
  location: 'Accra',
  organization: 'Client Ltd',
  photoUrl: 'https://cdn.example/88001.png',
  background: 'Uses the EU region',
  _embedded: {
    emails: [{ id: 1001, value: 'lin@client.example', type: 'work' }],
    phones: [],
    chats: [],
    social_profiles: [],
    websites: [],
    properties: [{ type: 'text', slug: 'plan', name: 'Plan', value: 'Pro' }],
  },
};
const WEBHOOK = {
  id: 30,
  url: 'https://hooks.acme.example/helpscout',
  state: 'enabled',
  events: ['convo.created'],
  label: 'acme',
  notification: false,
  payloadVersion: 'V2',
  mailboxIds: [310],
  secret: 's3cr3t of the webhook',
};
const ERROR = {
  logRef: '0d1b8c4e-7a55-4f0f-9f0e-2c2f1b9a6c11',
  message: 'Bad request of Lin',
  _embedded: {
    errors: [
      { path: 'subject', message: 'may not be empty', source: 'JSON', _links: { about: LINK } },
      { path: 'status', message: 'Expected one of these', rejectedValue: 'done by Lin', source: 'JSON' },
    ],
  },
  _links: { about: LINK },
};
const ARTICLE = {
  id: '65aa00000000000000000001',
  number: 7,
  collectionId: '65aa0000000000000000000c',
  slug: 'exporting-data',
  status: 'published',
  name: 'Exporting data',
  text: '<p>Open Settings, then Export.</p>',
  categories: ['65aa0000000000000000000d'],
  related: [],
  keywords: ['csv'],
  preview: 'Open Settings',
  url: 'https://help.acme.example/article/7',
  publicUrl: 'https://help.acme.example/article/7-exporting-data',
  popularity: 3.1,
  createdAt: '2025-01-10T10:00:00Z',
  updatedAt: null,
  lastPublishedAt: '2025-01-11T10:00:00Z',
};
const FILED = {
  ...ARTICLE,
  siteId: '65aa0000000000000000000f',
  publishedArticleCount: 9,
  articleCount: 12,
  title: 'Help',
};
const docsList = (name: string) => ({ [name]: { page: 1, pages: 1, count: 1, items: [FILED] } });

const id = z.number().int();
const user = z.object({ userId: id, name: z.string(), email: z.string() });
const mailbox = z.object({ mailboxId: id, name: z.string(), email: z.string() });
const filed = z.array(z.object({ id: z.string().min(1) }));
const customer = z.object({
  customerId: id,
  firstName: z.string().min(1).nullable(),
  entries: z.record(z.string(), z.array(z.object({ id, value: z.string() }))),
});

const BARE_CONVERSATION = apiConversationSchema.parse({ ...CONVERSATION, _embedded: null });
/** What is stored of a conversation, which its threads must not break either. */
const stored = (api: ApiConversation) => {
  hasMissingThreads(api);
  return toConversation(api, api._embedded?.threads ?? [], owner);
};

/** Every shape of reply that is read. One line each: a sample, how it is read, and what that gives. */
export const REPLY_SHAPES: Record<string, ReplyShape> = {
  conversation: {
    sample: CONVERSATION,
    read: async ({ inbox }) => stored(await inbox.conversations.get(7001)),
    gives: conversationSchema,
  },
  'conversation list': {
    sample: list('conversations', CONVERSATION, { ...CONVERSATION, id: 7002 }),
    read: async ({ inbox }) => {
      const query = { mailboxIds: [310], modifiedSince: '2026-01-01T00:00:00Z', createdFrom: null, page: 1 };
      const { items, total, pages } = await inbox.conversations.page(query);
      return { items: items.map((item) => ('unreadable' in item ? item : stored(item))), total, pages };
    },
    gives: z.object({ items: z.array(z.union([conversationSchema, listedConversationSchema])), total: id, pages: id }),
  },
  'threads list': {
    sample: list('threads', THREAD, LINE_ITEM),
    read: async ({ inbox }) => toConversation(BARE_CONVERSATION, await inbox.conversations.threads(7001), owner),
    gives: conversationSchema,
  },
  user: { sample: USER, read: ({ inbox }) => inbox.users.me(), gives: user.extend({ companyId: id.nullable() }) },
  'user list': { sample: list('users', USER), read: ({ inbox }) => collect(inbox.users.list()), gives: z.array(user) },
  mailbox: { sample: MAILBOX, read: ({ inbox }) => inbox.mailboxes.get(310), gives: mailbox },
  'mailbox list': {
    sample: list('mailboxes', MAILBOX),
    read: ({ inbox }) => inbox.mailboxes.list(),
    gives: z.array(mailbox),
  },
  'tag list': {
    sample: list('tags', { id: 61, slug: 'export', name: 'export' }),
    read: ({ inbox }) => collect(inbox.tags.list()),
    gives: z.array(z.object({ id, name: z.string() })),
  },
  customer: { sample: CUSTOMER, read: ({ inbox }) => inbox.customers.get(88001), gives: customer },
  'customer search': {
    sample: list('customers', CUSTOMER),
    read: ({ inbox }) => inbox.customers.findByEmail('Lin@client.example'),
    gives: customer.nullable(),
  },
  'webhook list': {
    sample: list('webhooks', WEBHOOK),
    read: ({ inbox }) => inbox.webhooks.findByUrl(WEBHOOK.url),
    gives: z.array(z.object({ id, url: z.string(), state: z.string(), events: z.array(z.string()) })),
  },
  'token reply': {
    sample: { token_type: 'bearer', access_token: 'at_9f1c0b7d52', refresh_token: 'rt_41be77c09a', expires_in: 172800 },
    read: ({ exchange }) => exchange(),
    gives: z.object({
      accessToken: z.string().min(1),
      refreshToken: z.string().min(1).nullable(),
      lifetimeMs: z.number().positive(),
    }),
  },
  'token refusal': {
    sample: { error: 'invalid_grant', error_description: 'The code of Lin is used' },
    status: 400,
    read: ({ exchange }) => exchange(),
    gives: z.never(),
  },
  'error envelope': { sample: ERROR, status: 400, read: ({ inbox }) => inbox.users.me(), gives: z.never() },
  'conflict envelope': {
    sample: ERROR,
    status: 409,
    read: ({ inbox }) => inbox.customers.create({ firstName: 'Lin' }),
    gives: z.never(),
  },
  'Docs sites': { sample: docsList('sites'), read: ({ docs }) => collect(docs.sites()), gives: filed },
  'Docs collections': {
    sample: docsList('collections'),
    read: ({ docs }) => docs.listCollections(),
    gives: z.array(z.object({ collectionId: z.string().min(1), name: z.string(), articles: id })),
  },
  'Docs categories': {
    sample: docsList('categories'),
    read: ({ docs }) => collect(docs.categories('c')),
    gives: filed,
  },
  'Docs articles': { sample: docsList('articles'), read: ({ docs }) => collect(docs.articles('c')), gives: filed },
  'Docs search': { sample: docsList('articles'), read: ({ docs }) => collect(docs.search('export')), gives: filed },
  'Docs article': {
    sample: { article: ARTICLE },
    read: ({ docs }) => docs.article('a'),
    gives: z.object({ id: z.string().min(1), text: z.string().nullish() }),
  },
};
