import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import type { AppDeps } from './deps.ts';

/** How long requests under way may take when the server stops. */
const GRACE_MS = 10_000;
/**
 * Whoever sends headers byte by byte is answered 408 and let go, so that idle connections do not add up. Bodies have no
 * such limit here, as uploads of people may be slow; machines' have (webhooks/machine-body.ts).
 */
const SLOWEST = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };

export interface RunningServer {
  port: number;
  /** Stops accepting, lets requests under way finish, hands over gathered webhooks. */
  close(): Promise<void>;
}

/** Serves the web app on the configured host and port (0: any free one). Rejects when the port is taken. */
export async function startServer(deps: AppDeps): Promise<RunningServer> {
  const { app, close } = createApp(deps);
  const server = createServer(SLOWEST, app);
  let closing = false;
  // A connection that is kept alive would be used again and again, and the server never come to its end.
  server.prependListener('request', (_req, res) => {
    if (closing) res.setHeader('Connection', 'close');
  });
  server.listen(deps.config.port, deps.config.host);
  await once(server, 'listening');
  return {
    port: portOf(server),
    async close() {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const giveUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(giveUp);
      await close();
    },
  };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
