/** What the product does with an endpoint, in the words of the usage page. */
export const FEATURES = {
  connection: 'Connecting the account',
  insights: 'Insights',
  contactForms: 'Contact forms',
  customers: 'Customer records',
  closeTheLoop: 'Telling customers about fixes',
  conversationChanges: 'Tags and statuses of conversations',
  docs: 'Docs articles',
} as const;
export type Feature = keyof typeof FEATURES;

/** What the product does by now. Its clients get these alone: a feature that is still being built cannot call anything. */
export const FEATURES_IN_USE: readonly Feature[] = [
  'connection',
  'insights',
  'contactForms',
  'customers',
  'closeTheLoop',
  'docs',
];

export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Placeholders in braces are single path segments. */
  template: string;
  feature: Feature;
  /** Whether it may be done twice for once. Creates may not: Help Scout knows no idempotency keys. */
  repeatable: boolean;
}

const read = (template: string, feature: Feature) =>
  ({ method: 'GET', template, feature, repeatable: true }) as const satisfies Endpoint;
const create = (template: string, feature: Feature) =>
  ({ method: 'POST', template, feature, repeatable: false }) as const satisfies Endpoint;
const change = (method: 'PUT' | 'PATCH' | 'DELETE', template: string, feature: Feature) =>
  ({ method, template, feature, repeatable: true }) as const satisfies Endpoint;

/** Every call this product makes to Help Scout's Inbox API, and no other: the client sends nothing that is not listed here. */
export const ENDPOINTS = {
  currentUser: read('/v2/users/me', 'connection'),
  listUsers: read('/v2/users', 'connection'),
  listMailboxes: read('/v2/mailboxes', 'connection'),
  getMailbox: read('/v2/mailboxes/{id}', 'connection'),
  listWebhooks: read('/v2/webhooks', 'connection'),
  /** Ours is looked for by its address before, and doubles are removed (resources/webhooks.ts). */
  createWebhook: { method: 'POST', template: '/v2/webhooks', feature: 'connection', repeatable: true },
  updateWebhook: change('PUT', '/v2/webhooks/{id}', 'connection'),
  deleteWebhook: change('DELETE', '/v2/webhooks/{id}', 'connection'),

  listConversations: read('/v2/conversations', 'insights'),
  getConversation: read('/v2/conversations/{id}', 'insights'),
  listThreads: read('/v2/conversations/{id}/threads', 'insights'),
  listTags: read('/v2/tags', 'insights'),

  createConversation: create('/v2/conversations', 'contactForms'),

  createReply: create('/v2/conversations/{id}/reply', 'closeTheLoop'),
  createNote: create('/v2/conversations/{id}/notes', 'closeTheLoop'),

  setConversationTags: change('PUT', '/v2/conversations/{id}/tags', 'conversationChanges'),
  updateConversation: change('PATCH', '/v2/conversations/{id}', 'conversationChanges'),

  searchCustomers: read('/v3/customers', 'customers'),
  listCustomers: read('/v2/customers', 'customers'),
  getCustomer: read('/v2/customers/{id}', 'customers'),
  createCustomer: create('/v2/customers', 'customers'),
  /** Adding an entry twice makes two of it; a call without additions says so itself (Call.repeatable). */
  updateCustomer: { method: 'PATCH', template: '/v2/customers/{id}', feature: 'customers', repeatable: false },
} as const satisfies Record<string, Endpoint>;

/** What a customer can have several of, as URLs name it. */
export const ENTRY_KINDS = ['emails', 'phones', 'chats', 'social-profiles', 'websites'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A customer's entries have URLs of their own. */
export const ENTRY_ENDPOINTS = {
  emails: entryEndpoints('emails'),
  phones: entryEndpoints('phones'),
  chats: entryEndpoints('chats'),
  'social-profiles': entryEndpoints('social-profiles'),
  websites: entryEndpoints('websites'),
} as const satisfies Record<EntryKind, Record<string, Endpoint>>;

function entryEndpoints(kind: EntryKind) {
  const template = `/v2/customers/{id}/${kind}`;
  return {
    list: read(template, 'customers'),
    add: create(template, 'customers'),
    change: change('PUT', `${template}/{entryId}`, 'customers'),
    remove: change('DELETE', `${template}/{entryId}`, 'customers'),
  };
}

/** Everything an Inbox API client may send. */
export const INBOX_ENDPOINTS: readonly Endpoint[] = [
  ...Object.values(ENDPOINTS),
  ...Object.values(ENTRY_ENDPOINTS).flatMap((entry) => Object.values(entry)),
];

/** The Docs API has other credentials and limits of its own, so its calls are a list apart. */
export const DOCS_ENDPOINTS = {
  listSites: read('/v1/sites', 'docs'),
  listCollections: read('/v1/collections', 'docs'),
  listCategories: read('/v1/collections/{id}/categories', 'docs'),
  listCollectionArticles: read('/v1/collections/{id}/articles', 'docs'),
  getArticle: read('/v1/articles/{id}', 'docs'),
  searchArticles: read('/v1/search/articles', 'docs'),
} as const satisfies Record<string, Endpoint>;

/** Where tokens come from. Both grants work once, and trying again tells what became of the first try. */
export const TOKEN_REQUEST = {
  method: 'POST',
  template: '/v2/oauth2/token',
  feature: 'connection',
  repeatable: true,
} as const satisfies Endpoint;

/** Name of an endpoint in usage counts and errors: `GET /v2/conversations/{id}`. */
export const endpointName = ({ method, template }: Pick<Endpoint, 'method' | 'template'>) => `${method} ${template}`;

/** Units of the account's limit that a call uses up: writes count twice (Inbox API, "Rate limiting"). */
export const endpointCost = ({ method }: Pick<Endpoint, 'method'>) => (method === 'GET' ? 1 : 2);

/** One row of a page that shows everything the product may ask of Help Scout. */
export interface ScopeRow {
  /** As in usage counts. */
  endpoint: string;
  /** A few words for a person. */
  feature: string;
  /** Units of the account's minute; 0 for what has a limit of its own. */
  cost: number;
}

const isInUse = ({ feature }: Endpoint) => FEATURES_IN_USE.includes(feature);

/** The whole scope: a call that is not here cannot be made. */
export const SCOPE: readonly ScopeRow[] = [
  ...INBOX_ENDPOINTS.filter(isInUse).map((endpoint) => row(endpoint, endpointCost(endpoint))),
  ...Object.values<Endpoint>(DOCS_ENDPOINTS).map((endpoint) => row(endpoint, 0)),
  row(TOKEN_REQUEST, 0),
];

function row(endpoint: Endpoint, cost: number): ScopeRow {
  return { endpoint: endpointName(endpoint), feature: FEATURES[endpoint.feature], cost };
}
