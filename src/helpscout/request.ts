import type { z } from 'zod';
import { answerFailure } from './answer-failure.ts';
import { type Budget, type Outcome, reserveRoom } from './budget.ts';
import { callUrl } from './call-url.ts';
import { connectionFailure } from './connection-failure.ts';
import { type Endpoint, endpointCost, endpointName } from './endpoints.ts';
import {
  HelpScoutMerged,
  HelpScoutOutsideScope,
  HelpScoutRateLimited,
  HelpScoutUnavailable,
  HelpScoutUncertain,
  HelpScoutUnexpectedShape,
} from './errors.ts';
import { readBody } from './read-body.ts';

export interface Call {
  endpoint: Endpoint;
  params?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Where it depends on the body; otherwise as the endpoint says. */
  repeatable?: boolean;
}

export interface Reply {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined when there is none, or far too much of it. */
  body: unknown;
}

/** Sends a call, once, inside the scope and the budget: repeating is the caller's. @throws a HelpScoutError for all but 2xx */
export type Request = (call: Call) => Promise<Reply>;

export interface RequestOptions<Seen> {
  baseUrl: string;
  /** Value of the Authorization header. */
  authorization: string;
  /** The only calls that may leave. */
  endpoints: readonly Endpoint[];
  budget: Budget<Seen>;
  readSeen: (headers: Headers) => Seen | null;
  timeoutMs: number;
  /** Aborts calls under way, and waits for room. */
  signal?: AbortSignal | undefined;
  /** Told of a call that is outside the scope, and did not leave. */
  onRefused?: ((endpoint: string) => void) | undefined;
  /** Told when the budget could not be settled, which changes nothing for the call. */
  onUnsettled?: ((error: unknown) => void) | undefined;
  /** Told of every answer, whatever its status, and how long it took; for tests of the connection. */
  onAnswer?: ((answer: TimedAnswer) => void) | undefined;
}

/** What a test of the connection reads of an answer. */
export interface TimedAnswer {
  endpoint: string;
  headers: Headers;
  sentAtMs: number;
  receivedAtMs: number;
}

/** Makes the one way by which calls reach Help Scout. */
export function createRequest<Seen>(options: RequestOptions<Seen>): Request {
  const { readSeen, onRefused, onUnsettled } = options;
  const allowed = new Set(options.endpoints.map(endpointName));
  /** What Help Scout did is done: a budget that cannot be reached must not make a call look as if it had failed. */
  const settle = (outcome: Outcome<Seen>) => options.budget.settle(outcome).catch((error) => onUnsettled?.(error));
  return async (call) => {
    const endpoint = endpointName(call.endpoint);
    const cost = endpointCost(call.endpoint);
    const url = inScope(() => callUrl(options.baseUrl, call, allowed), onRefused);
    await reserveRoom(options.budget, endpoint, cost, options.signal);
    const sentAtMs = Date.now();
    const reply = await exchange(url, call, options).catch(async (error: unknown) => {
      const outcome = { endpoint, cost, ok: false, seen: null, refusedForMs: null };
      await settle(isTimeout(error) ? { ...outcome, timedOut: true } : outcome);
      throw error;
    });
    options.onAnswer?.({ endpoint, headers: reply.headers, sentAtMs, receivedAtMs: Date.now() });
    const failure = reply.status >= 200 && reply.status < 300 ? null : answerFailure(call, reply);
    await settle({
      endpoint,
      cost,
      ok: failure === null || failure instanceof HelpScoutMerged,
      seen: readSeen(reply.headers),
      refusedForMs: failure instanceof HelpScoutRateLimited ? failure.retryAfterMs : null,
    });
    if (failure) throw failure;
    return reply;
  };
}

/** Parses a reply; unknown fields are dropped. @throws HelpScoutUnexpectedShape naming the paths that do not fit. */
export function parseReply<Schema extends z.ZodType>(
  schema: Schema,
  reply: Reply,
  endpoint: Endpoint,
): z.output<Schema> {
  const parsed = schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(body)');
  throw new HelpScoutUnexpectedShape(`unexpected reply at ${paths.join(', ')}`, {
    endpoint: endpointName(endpoint),
    status: reply.status,
  });
}

/** The id of what was created: the body is empty, the id a header. @throws HelpScoutUncertain when it is missing */
export function createdId({ headers, status }: Reply, endpoint: Endpoint): number {
  const id = headers.get('resource-id');
  if (id !== null && /^[1-9]\d{0,14}$/.test(id)) return Number(id);
  throw new HelpScoutUncertain('created, but under which id was not told', {
    endpoint: endpointName(endpoint),
    status,
  });
}

/** What a write throws then says that it may have been done; why its answer is missing is in its cause. */
const isTimeout = (error: unknown) =>
  error instanceof Error &&
  (error.name === 'HelpScoutTimeout' || (error.cause instanceof Error && error.cause.name === 'TimeoutError'));

function inScope(build: () => URL, onRefused: ((endpoint: string) => void) | undefined): URL {
  try {
    return build();
  } catch (error) {
    if (error instanceof HelpScoutOutsideScope) onRefused?.(error.endpoint);
    throw error;
  }
}

/**
 * Redirects are not followed: the host stays the one we chose, and the new id of a merged conversation must be learned,
 * not skipped over.
 */
async function exchange(url: URL, call: Call, options: RequestOptions<unknown>): Promise<Reply> {
  const { endpoint, body, repeatable } = call;
  if (options.signal?.aborted) {
    throw new HelpScoutUnavailable('cancelled before it was sent', { endpoint: endpointName(endpoint) });
  }
  const timeout = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await fetch(url, {
      method: endpoint.method,
      headers: {
        authorization: options.authorization,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: options.signal ? AbortSignal.any([timeout, options.signal]) : timeout,
    });
    // Of a write, and of a refusal, status and headers say what happened, even when the rest is lost.
    const needed = endpoint.method === 'GET' && response.ok;
    const text = needed ? await readBody(response) : await readBody(response).catch(() => '');
    return { status: response.status, headers: response.headers, body: parseJson(text) };
  } catch (cause) {
    throw connectionFailure(cause, endpoint, repeatable);
  }
}

export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
