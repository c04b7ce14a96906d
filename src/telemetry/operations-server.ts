import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type Readiness, readinessOf } from './readiness.ts';

export interface OperationsServerOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  /** All metrics in Prometheus's text format. */
  metrics: () => Promise<string>;
  readiness: Readiness;
}

/**
 * A server of its own for the people and programs that run the installation: /metrics, /livez and /readyz. It listens
 * apart from the web app, so that none of it is ever offered to the world by mistake.
 */
export async function startOperationsServer({ host, port, metrics, readiness }: OperationsServerOptions) {
  const answer = async (path: string, res: ServerResponse): Promise<void> => {
    if (path === '/livez') return sendJson(res, 200, { status: 'ok' });
    if (path === '/readyz') {
      const { ready, ...body } = await readinessOf(readiness);
      return sendJson(res, ready ? 200 : 503, body);
    }
    if (path !== '/metrics') return sendJson(res, 404, { status: 'notFound' });
    res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(await metrics());
  };
  const server = createServer((req, res) => {
    answer((req.url ?? '').split('?', 1)[0] ?? '', res).catch(() => sendJson(res, 500, { status: 'failed' }));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
