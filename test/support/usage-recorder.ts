import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { costOf } from '../../src/classify/prices.ts';
import type { Tokens } from '../../src/domain/decision.ts';

const answerSchema = z.object({
  model: z.string(),
  usage: z.object({
    input_tokens: z.number(),
    cache_creation_input_tokens: z.number(),
    cache_read_input_tokens: z.number(),
    output_tokens: z.number(),
  }),
});

/** Stands before a Messages API server and writes down what each answer says was used, as a bill would. */
export async function startUsageRecorder(baseURL: string) {
  const bill: { model: string; tokens: Tokens }[] = [];
  const server = createServer((request, response) => {
    void passOn(request, response).catch(() => response.destroy());
  });

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name))
        headers.set(name, value);
    }
    const body = await buffer(request);
    const method = request.method ?? 'GET';
    const answer = await fetch(`${baseURL}${request.url}`, { method, headers, ...(body.length > 0 && { body }) });
    const text = await answer.text();
    if (request.url === '/v1/messages') note(text);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  }

  function note(text: string): void {
    const answer = answerSchema.safeParse(JSON.parse(text)).data;
    if (!answer) return;
    const { input_tokens: plain, cache_creation_input_tokens: written, cache_read_input_tokens: read } = answer.usage;
    const tokens = {
      ...{ inputTokens: plain + written + read, cachedInputTokens: read, cacheWriteTokens: written },
      outputTokens: answer.usage.output_tokens,
    };
    bill.push({ model: answer.model, tokens });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    baseURL: `http://127.0.0.1:${port}`,
    bill,
    /** What all answers used together. */
    total() {
      const sum = (name: keyof Tokens) => bill.reduce((total, { tokens }) => total + tokens[name], 0);
      return {
        calls: bill.length,
        inputTokens: sum('inputTokens'),
        cachedInputTokens: sum('cachedInputTokens'),
        cacheWriteTokens: sum('cacheWriteTokens'),
        outputTokens: sum('outputTokens'),
        costUsd: bill.reduce((total, { model, tokens }) => total + (costOf(model, tokens, { batch: false }) ?? 0), 0),
      };
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
