import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import { type Billed, batchBody, createBatches } from './messages-api/batches.ts';
import { createPromptCache } from './messages-api/prompt-cache.ts';
import { answerOf, internalError, messageOf, type Reply } from './messages-api/replies.ts';
import {
  batchRequestSchema,
  type MessagesRequest,
  messagesRequestSchema,
  parseBody,
  refusesSettings,
} from './messages-api/request-schema.ts';

export { internalError, overloaded, type Reply, rateLimited } from './messages-api/replies.ts';
export type { MessagesRequest };

/** What may happen to the hand-in of a batch; after the last two, the batch is there all the same. */
const HAND_IN_FAULTS = new Set<Reply['kind'] | undefined>(['error', 'dropped', 'silence']);

/** Versions of the API whose requests have this shape. */
const VERSIONS = new Set(['2023-06-01', '2026-10-21']);

export type MessagesApiServer = {
  baseURL: string;
  /** What was asked singly, in order of arrival; refused requests are not in it. */
  requests: { body: MessagesRequest; headers: IncomingMessage['headers'] }[];
  /** Every answer that a customer of the API would pay for. */
  billed: Billed[];
  /** Replies for the next requests, each used once; after them `rule` answers. Items of a batch take theirs at its end. */
  script(...replies: Reply[]): void;
  /** Ids of the batches that were handed in, the newest first. */
  batchIds(): string[];
  /** Ends a batch, which is in progress until then. */
  endBatch(batchId: string): void;
  /** Cuts the connection in the middle of the next results of a batch. */
  dropNextResults(): void;
  close(): Promise<void>;
};

/**
 * A local server that speaks `/v1/messages` and `/v1/messages/batches`: it checks key, version and shape of requests,
 * counts tokens with a cache (see messages-api/prompt-cache.ts), and replies as scripted or by rule.
 */
export async function startMessagesApiServer({
  apiKey = 'key-for-tests',
  rule = () => internalError(),
}: {
  apiKey?: string;
  rule?: (request: MessagesRequest) => Reply;
} = {}): Promise<MessagesApiServer> {
  const requests: MessagesApiServer['requests'] = [];
  const billed: Billed[] = [];
  const scripted: Reply[] = [];
  const cache = createPromptCache();
  const replyTo = (request: MessagesRequest): Reply => scripted.shift() ?? rule(request);
  const batches = createBatches({ replyTo, cache, bill: (line) => void billed.push(line) });
  let calls = 0;
  let dropsResults = false;
  let baseURL = '';

  const server = createServer((request, response) => {
    response.setHeader('request-id', `req_${++calls}`);
    void handle(request, response, `req_${calls}`).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const raw = await readText(request);
    if (!presentsKey(request.headers, apiKey)) return fail(response, 401, 'authentication_error');
    if (!VERSIONS.has(String(request.headers['anthropic-version'])))
      return fail(response, 400, 'invalid_request_error');
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    const route = `${request.method} ${pathname.replace(/msgbatch_\d+/, ':id')}`;
    if (route !== 'POST /v1/messages') return handleBatches(route, pathname.split('/')[4] ?? '', raw, response);
    const body = parseBody(messagesRequestSchema, raw);
    if (body === null || refusesSettings(body)) return fail(response, 400, 'invalid_request_error');
    requests.push({ body, headers: request.headers });
    reply(response, body, replyTo(body), requestId);
  }

  function reply(response: ServerResponse, body: MessagesRequest, what: Reply, requestId: string): void {
    const answer = answerOf(what);
    if (answer !== null) {
      const usage = cache.usageOf(body, answer.text ?? '');
      billed.push({ requestId, model: body.model, usage, batch: false });
      send(response, 200, messageOf(`msg_${requests.length}`, body, answer, usage));
    } else if (what.kind === 'error') fail(response, what.status, what.type, what.message, what.headers);
    else if (what.kind === 'body') response.writeHead(200, { 'content-type': 'application/json' }).end(what.body);
    else if (what.kind === 'dropped') response.destroy();
  }

  async function handleBatches(route: string, id: string, raw: string, response: ServerResponse): Promise<void> {
    if (route === 'POST /v1/messages/batches') {
      const body = parseBody(batchRequestSchema, raw);
      if (body === null) return fail(response, 400, 'invalid_request_error');
      const fault = HAND_IN_FAULTS.has(scripted[0]?.kind) ? scripted.shift() : undefined;
      if (fault?.kind === 'error') return fail(response, fault.status, fault.type, fault.message, fault.headers);
      const batch = batches.create(body.requests);
      if (fault === undefined) send(response, 200, batchBody(batch, baseURL));
      else if (fault.kind === 'dropped') response.destroy();
      return;
    }
    if (route === 'GET /v1/messages/batches') {
      const data = batches.all().map((batch) => batchBody(batch, baseURL));
      return send(response, 200, { data, has_more: false, first_id: null, last_id: null });
    }
    const batch = batches.get(id);
    if (batch === undefined) return fail(response, 404, 'not_found_error');
    if (route === 'GET /v1/messages/batches/:id') return send(response, 200, batchBody(batch, baseURL));
    if (route === 'POST /v1/messages/batches/:id/cancel') {
      if (batch.status === 'in_progress') batch.status = 'canceling';
      return send(response, 200, batchBody(batch, baseURL));
    }
    if (route !== 'GET /v1/messages/batches/:id/results' || batch.status !== 'ended')
      return fail(response, 404, 'not_found_error');
    response.writeHead(200, { 'content-type': 'application/x-jsonl' });
    const lines = batch.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    if (dropsResults) response.write(lines.slice(0, lines.length / 2), () => response.destroy());
    else response.end(lines);
    dropsResults = false;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
  return {
    baseURL,
    requests,
    billed,
    script: (...replies) => void scripted.push(...replies),
    batchIds: () => batches.all().map(({ id }) => id),
    endBatch: (batchId) => batches.end(batchId),
    dropNextResults: () => {
      dropsResults = true;
    },
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
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
