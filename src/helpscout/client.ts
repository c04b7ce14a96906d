import { ENDPOINTS, endpointCost, endpointName } from './endpoints.ts';
import { HelpScoutRateLimited } from './errors.ts';
import { type Call, type Reply, send } from './request.ts';
import { createConversationResource } from './resources/conversations.ts';
import { createMailboxResource } from './resources/mailboxes.ts';
import { createUserResource } from './resources/users.ts';
import { createWebhookResource } from './resources/webhooks.ts';

/** The account's calls per minute, shared by every process (storage/rate-budget.ts). */
export interface RateBudget {
  /** Reserves room for one call. @returns null when there is room, else milliseconds to wait. */
  reserve(endpoint: string, cost: number): Promise<number | null>;
  /** Told what Help Scout's headers say after each answer. */
  correct(seen: { limit: number; remaining: number }): Promise<void>;
  /** Told when Help Scout refuses for now: the minute is used up, whatever we counted. */
  exhausted(): Promise<void>;
}

export interface ClientOptions {
  apiUrl: string;
  accessToken: string;
  budget: RateBudget;
  timeoutMs?: number;
  /** Aborts calls under way, for a cancelled activity. */
  signal?: AbortSignal | undefined;
}

const ALLOWED = new Set<string>(Object.values(ENDPOINTS).map(endpointName));

/** Sends a call inside the account's budget. */
export type Request = (call: Call) => Promise<Reply>;

/** Help Scout's Inbox API, one member per resource. Each call is tried once. */
export function createHelpScoutClient({ apiUrl, accessToken, budget, timeoutMs = 20_000, signal }: ClientOptions) {
  const request: Request = async (call) => {
    const endpoint = endpointName(call.endpoint);
    if (!ALLOWED.has(endpoint)) throw new TypeError(`${endpoint} is not a call this product makes`);
    const waitMs = await budget.reserve(endpoint, endpointCost(call.endpoint));
    if (waitMs !== null) throw new HelpScoutRateLimited(waitMs, { endpoint });
    const transport = { baseUrl: apiUrl, authorization: `Bearer ${accessToken}`, timeoutMs, signal };
    const reply = await send(call, transport).catch(async (error: unknown) => {
      if (error instanceof HelpScoutRateLimited) await budget.exhausted();
      throw error;
    });
    const seen = rateHeaders(reply.headers);
    if (seen) await budget.correct(seen);
    return reply;
  };
  return {
    users: createUserResource(request),
    mailboxes: createMailboxResource(request),
    conversations: createConversationResource(request),
    webhooks: createWebhookResource(request),
  };
}
export type HelpScoutClient = ReturnType<typeof createHelpScoutClient>;

function rateHeaders(headers: Headers): { limit: number; remaining: number } | null {
  const limit = Number(headers.get('x-ratelimit-limit-minute') ?? Number.NaN);
  const remaining = Number(headers.get('x-ratelimit-remaining-minute') ?? Number.NaN);
  return Number.isInteger(limit) && Number.isInteger(remaining) && limit > 0 ? { limit, remaining } : null;
}
