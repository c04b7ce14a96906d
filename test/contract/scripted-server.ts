import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ScriptedAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Text as it is, anything else as JSON. */
  body?: unknown;
  /** Cuts the connection: before the answer, or in the middle of its body. */
  cut?: 'before' | 'within';
}

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server that gives the answers in order, the last one for ever, and remembers what it was asked. */
export async function startScripted(...answers: ScriptedAnswer[]) {
  const seen: SeenRequest[] = [];
  const answerNext = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '', 'http://scripted');
    const { method = '', headers } = request;
    seen.push({ method, path: url.pathname, query: url.searchParams, headers, body });
    const answer = answers[Math.min(seen.length, answers.length) - 1] ?? {};
    if (answer.cut === 'before') return void request.socket.destroy();
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? null);
    response.writeHead(answer.status ?? 200, answer.headers);
    if (answer.cut !== 'within') return void response.end(answer.body === undefined ? '' : text);
    response.write(text.slice(0, 5), () => request.socket.destroy());
  };
  const server = createServer((request, response) => void answerNext(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async close(): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Runs `use` with a scripted server, and stops it. */
export async function withScripted<T>(
  answers: ScriptedAnswer[],
  use: (server: Awaited<ReturnType<typeof startScripted>>) => Promise<T>,
): Promise<T> {
  const server = await startScripted(...answers);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}
