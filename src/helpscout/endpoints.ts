/**
 * Every call this product makes to Help Scout, and no other: the client sends nothing that is not listed here.
 * Placeholders in braces are single path segments.
 */
export const ENDPOINTS = {
  currentUser: { method: 'GET', template: '/v2/users/me' },
  listMailboxes: { method: 'GET', template: '/v2/mailboxes' },
  listConversations: { method: 'GET', template: '/v2/conversations' },
  getConversation: { method: 'GET', template: '/v2/conversations/{id}' },
  listThreads: { method: 'GET', template: '/v2/conversations/{id}/threads' },
  listWebhooks: { method: 'GET', template: '/v2/webhooks' },
  createWebhook: { method: 'POST', template: '/v2/webhooks' },
  updateWebhook: { method: 'PUT', template: '/v2/webhooks/{id}' },
  deleteWebhook: { method: 'DELETE', template: '/v2/webhooks/{id}' },
} as const;

/** The Docs API has other credentials and limits of its own, so its calls are a list apart. */
export const DOCS_ENDPOINTS = {
  listCollections: { method: 'GET', template: '/v1/collections' },
} as const;

export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  template: string;
}

/** Name of an endpoint in usage counts and errors: `GET /v2/conversations/{id}`. */
export const endpointName = ({ method, template }: Endpoint) => `${method} ${template}`;

/** Units of the account's limit that a call uses up: writes count twice (Inbox API, "Rate limiting"). */
export const endpointCost = ({ method }: Endpoint) => (method === 'GET' ? 1 : 2);

/** Fills a template; each value becomes one encoded path segment, so that it can never reach another path. */
export function fillTemplate(template: string, params: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new TypeError(`${template} needs {${name}}`);
    return encodeURIComponent(String(value));
  });
}
