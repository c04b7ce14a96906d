import type { z } from 'zod';
import { type Endpoint, endpointName, fillTemplate } from './endpoints.ts';
import {
  type FailureContext,
  HelpScoutForbidden,
  HelpScoutMerged,
  HelpScoutNotFound,
  HelpScoutRateLimited,
  HelpScoutRejected,
  HelpScoutTimeout,
  HelpScoutUnauthorized,
  HelpScoutUnavailable,
  HelpScoutUnexpectedShape,
} from './errors.ts';
import { errorEnvelopeSchema } from './schemas.ts';

export interface Call {
  endpoint: Endpoint;
  params?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

export interface Transport {
  baseUrl: string;
  /** Value of the Authorization header. */
  authorization: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

/**
 * Sends one call, once: repeating is Temporal's job. Redirects are not followed: the host stays the one we chose,
 * and the new id of a merged conversation must be learned, not skipped over.
 * @throws a HelpScoutError subclass for everything that is not 2xx.
 */
export async function send(call: Call, transport: Transport): Promise<Reply> {
  const endpoint = endpointName(call.endpoint);
  const response = await dispatch(call, transport, endpoint);
  const text = await readText(response, endpoint);
  if (response.ok) return { status: response.status, headers: response.headers, body: parseJson(text) };
  throw failure(response, parseJson(text), endpoint);
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

async function dispatch(call: Call, transport: Transport, endpoint: string): Promise<Response> {
  const url = new URL(transport.baseUrl + fillTemplate(call.endpoint.template, call.params ?? {}));
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const timeout = AbortSignal.timeout(transport.timeoutMs);
  try {
    return await fetch(url, {
      method: call.endpoint.method,
      headers: {
        authorization: transport.authorization,
        accept: 'application/json',
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      redirect: 'manual',
      signal: transport.signal ? AbortSignal.any([timeout, transport.signal]) : timeout,
    });
  } catch (cause) {
    throw connectionFailure(cause, endpoint);
  }
}

async function readText(response: Response, endpoint: string): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw connectionFailure(cause, endpoint);
  }
}

function connectionFailure(cause: unknown, endpoint: string) {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return new HelpScoutTimeout('no answer in time', { endpoint, cause });
  }
  return new HelpScoutUnavailable('the connection failed', { endpoint, cause });
}

function failure(response: Response, body: unknown, endpoint: string) {
  const envelope = errorEnvelopeSchema.safeParse(body).data;
  const context: FailureContext = { endpoint, status: response.status, logRef: envelope?.logRef };
  const { status } = response;
  if (status === 301) return merged(response, context);
  if (status === 401) return new HelpScoutUnauthorized('the access token is not accepted', context);
  if (status === 403) return new HelpScoutForbidden('the connected user may not do this', context);
  if (status === 404) return new HelpScoutNotFound('not found', context);
  if (status === 408) return new HelpScoutTimeout('no answer in time', context);
  if (status === 429) return new HelpScoutRateLimited(retryAfterMs(response.headers), context);
  if (status >= 500) return new HelpScoutUnavailable('Help Scout failed', context);
  const fields = envelope?._embedded?.errors.flatMap((error) => error.path ?? []) ?? [];
  return new HelpScoutRejected(fields, context);
}

function merged(response: Response, context: FailureContext) {
  const survivor = /\/conversations\/(\d+)/.exec(response.headers.get('location') ?? '')?.[1];
  if (survivor === undefined) return new HelpScoutUnexpectedShape('a redirect without a conversation', context);
  return new HelpScoutMerged(Number(survivor), context);
}

/** Seconds of `X-RateLimit-Retry-After`; `Retry-After` is not documented for this API and only a fallback. */
function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('x-ratelimit-retry-after') ?? headers.get('retry-after') ?? Number.NaN);
  const known = Number.isFinite(seconds) && seconds >= 0;
  return Math.min(known ? seconds : 60, 300) * 1000;
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
