import type { Budget } from './budget.ts';
import { type Feature, INBOX_ENDPOINTS } from './endpoints.ts';
import { type MinuteSeen, readMinute } from './rate-headers.ts';
import { createRequest, type TimedAnswer } from './request.ts';
import { createConversationResource } from './resources/conversations.ts';
import { createCustomerResource } from './resources/customers.ts';
import { createMailboxResource } from './resources/mailboxes.ts';
import { createTagResource } from './resources/tags.ts';
import { createUserResource } from './resources/users.ts';
import { createWebhookResource } from './resources/webhooks.ts';

/** The account's calls per minute, shared by every process (storage/rate-budget.ts). */
export type RateBudget = Budget<MinuteSeen>;

export interface ClientOptions {
  apiUrl: string;
  accessToken: string;
  /** What the client is for: calls of other features do not leave. Absent: all. */
  features?: readonly Feature[];
  budget: RateBudget;
  timeoutMs?: number;
  /** Aborts calls under way, for a cancelled activity. */
  signal?: AbortSignal | undefined;
  /** Told of a call that is outside the scope (endpoints.ts), and did not leave; for the log. */
  onRefused?: (endpoint: string) => void;
  /** Told when the budget could not be settled; the call's own outcome stands. */
  onUnsettled?: (error: unknown) => void;
  /** Told of every answer, for tests of the connection. */
  onAnswer?: ((answer: TimedAnswer) => void) | undefined;
}

/** Help Scout's Inbox API, one member per resource. Each call is tried once. */
export function createHelpScoutClient({ apiUrl, accessToken, features, timeoutMs = 20_000, ...rest }: ClientOptions) {
  const request = createRequest({
    ...rest,
    baseUrl: apiUrl,
    authorization: `Bearer ${accessToken}`,
    endpoints: features ? INBOX_ENDPOINTS.filter(({ feature }) => features.includes(feature)) : INBOX_ENDPOINTS,
    readSeen: readMinute,
    timeoutMs,
  });
  return {
    users: createUserResource(request),
    mailboxes: createMailboxResource(request),
    conversations: createConversationResource(request),
    tags: createTagResource(request),
    customers: createCustomerResource(request),
    webhooks: createWebhookResource(request),
  };
}
export type HelpScoutClient = ReturnType<typeof createHelpScoutClient>;
