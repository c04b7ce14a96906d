import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Recorded {
  method: string;
  path: string;
  query: Record<string, string>;
  sentHeaders: IncomingHttpHeaders;
  /** Parsed JSON; undefined where there is none. */
  sent: unknown;
  status: number;
  headers: Headers;
  /** As it came. */
  text: string;
  answer: unknown;
}

/** Stands between the client and the sandbox, changes nothing, and keeps both sides of every call. */
export async function startProxy(targetUrl: string) {
  const calls: Recorded[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '', targetUrl);
    const { method = '' } = request;
    const sentHeaders = new Headers();
    for (const name of ['authorization', 'accept', 'content-type']) {
      const value = request.headers[name];
      if (typeof value === 'string') sentHeaders.set(name, value);
    }
    try {
      const answer = await fetch(url, { method, headers: sentHeaders, body: body || null, redirect: 'manual' });
      const text = await answer.text();
      calls.push({
        method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        sentHeaders: request.headers,
        sent: parsed(body),
        status: answer.status,
        headers: answer.headers,
        text,
        answer: parsed(text),
      });
      const passed = [...answer.headers].filter(([name]) => !['connection', 'transfer-encoding'].includes(name));
      response.writeHead(answer.status, passed.flat()).end(text);
    } catch {
      request.socket.destroy();
    }
  };
  const server = createServer((request, response) => void pass(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    calls,
    async close(): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const parsed = (text: string): unknown => (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined);
