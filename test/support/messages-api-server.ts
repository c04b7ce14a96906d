import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';

const textBlockSchema = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).optional(),
});

/** The part of the Messages API's request that we use; an unknown field is refused, as the API does. */
const bodySchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.number().int().positive(),
  system: z.union([z.string(), z.array(textBlockSchema)]).optional(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string().min(1), z.array(textBlockSchema)]),
      }),
    )
    .min(1),
  output_config: z
    .strictObject({
      format: z.strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
});
export type MessagesRequest = z.infer<typeof bodySchema>;

/** Versions of the API whose requests have this shape. */
const VERSIONS = new Set(['2023-06-01', '2026-10-21']);

/** One thing the server does with a request. */
export type Reply =
  | { kind: 'answer'; value: unknown }
  | { kind: 'text'; text: string; stopReason?: string }
  | { kind: 'noContent'; stopReason?: string }
  | { kind: 'error'; status: number; type: string; message?: string; headers?: Record<string, string> }
  | { kind: 'body'; body: string }
  | { kind: 'dropped' }
  | { kind: 'silence' };

export const rateLimited = (headers: Record<string, string> = {}): Reply => ({
  kind: 'error',
  status: 429,
  type: 'rate_limit_error',
  headers,
});
export const overloaded = (): Reply => ({ kind: 'error', status: 529, type: 'overloaded_error' });
export const internalError = (): Reply => ({ kind: 'error', status: 500, type: 'api_error' });

export type MessagesApiServer = {
  baseURL: string;
  /** What was asked, in order of arrival; refused requests are not in it. */
  requests: { body: MessagesRequest; headers: IncomingMessage['headers'] }[];
  /** Replies for the next requests, each used once; after them `rule` answers. */
  script(...replies: Reply[]): void;
  close(): Promise<void>;
};

/**
 * A local server that speaks `POST /v1/messages`: it checks key, version and shape of the request, counts tokens (four
 * characters each) with a cache for the marked prefix, and replies as scripted or by rule.
 */
export async function startMessagesApiServer({
  apiKey = 'key-for-tests',
  rule = () => internalError(),
}: {
  apiKey?: string;
  rule?: (request: MessagesRequest) => Reply;
} = {}): Promise<MessagesApiServer> {
  const requests: MessagesApiServer['requests'] = [];
  const scripted: Reply[] = [];
  const cached = new Set<string>();

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await readText(request);
    if (request.method !== 'POST' || request.url !== '/v1/messages') return fail(response, 404, 'not_found_error');
    if (!presentsKey(request.headers, apiKey)) return fail(response, 401, 'authentication_error');
    if (!VERSIONS.has(String(request.headers['anthropic-version'])))
      return fail(response, 400, 'invalid_request_error');
    const body = parseBody(raw);
    if (body === null) return fail(response, 400, 'invalid_request_error');
    requests.push({ body, headers: request.headers });
    reply(response, body, scripted.shift() ?? rule(body));
  }

  function reply(response: ServerResponse, body: MessagesRequest, what: Reply): void {
    switch (what.kind) {
      case 'answer':
        send(response, 200, message(body, [{ type: 'text', text: JSON.stringify(what.value) }], 'end_turn'));
        break;
      case 'text':
        send(response, 200, message(body, [{ type: 'text', text: what.text }], what.stopReason ?? 'end_turn'));
        break;
      case 'noContent':
        send(response, 200, message(body, [], what.stopReason ?? 'end_turn'));
        break;
      case 'error':
        fail(response, what.status, what.type, what.message, what.headers);
        break;
      case 'body':
        response.writeHead(200, { 'content-type': 'application/json' }).end(what.body);
        break;
      case 'dropped':
        response.destroy();
        break;
      case 'silence':
        break;
    }
  }

  function message(body: MessagesRequest, content: { type: 'text'; text: string }[], stopReason: string): unknown {
    const { prefix, rest } = splitAtCacheMark(body);
    const hit = cached.has(prefix);
    if (prefix !== '') cached.add(prefix);
    return {
      id: `msg_${requests.length}`,
      type: 'message',
      role: 'assistant',
      model: body.model,
      content,
      stop_reason: stopReason,
      stop_sequence: null,
      stop_details: null,
      usage: {
        input_tokens: tokens(rest),
        cache_creation_input_tokens: hit ? 0 : tokens(prefix),
        cache_read_input_tokens: hit ? tokens(prefix) : 0,
        output_tokens: tokens(content.map(({ text }) => text).join('')),
      },
    };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    baseURL: `http://127.0.0.1:${address.port}`,
    requests,
    script: (...replies) => void scripted.push(...replies),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/** The older version sends the key in its own header, the newer as a bearer token. */
function presentsKey(headers: IncomingMessage['headers'], apiKey: string): boolean {
  return headers['x-api-key'] === apiKey || headers.authorization === `Bearer ${apiKey}`;
}

function parseBody(raw: string): MessagesRequest | null {
  try {
    return bodySchema.safeParse(JSON.parse(raw)).data ?? null;
  } catch {
    return null;
  }
}

/** The cache holds everything up to the last marked block of `system`. */
function splitAtCacheMark({ system, messages }: MessagesRequest): { prefix: string; rest: string } {
  const blocks = Array.isArray(system) ? system : [];
  const marked = blocks.findLastIndex((block) => block.cache_control !== undefined) + 1;
  const text = (part: typeof blocks) => part.map((block) => block.text).join('');
  const unmarked = typeof system === 'string' ? system : text(blocks.slice(marked));
  return { prefix: text(blocks.slice(0, marked)), rest: unmarked + JSON.stringify(messages) };
}

function tokens(text: string): number {
  return Math.ceil(text.length / 4);
}

function fail(
  response: ServerResponse,
  status: number,
  type: string,
  message = 'Something about the request',
  headers: Record<string, string> = {},
): void {
  send(response, status, { type: 'error', error: { type, message } }, headers);
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test', ...headers })
    .end(JSON.stringify(body));
}
