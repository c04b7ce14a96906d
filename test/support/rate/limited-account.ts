import { createServer } from 'node:http';
import { z } from 'zod';
import { createRateWindow, type RateRules } from '../../../src/sandbox/http/rate-limit.ts';
import type { CountedCall } from './measure-rate.ts';

/**
 * An account behind the sandbox's own rate limit, with windows of any length and nothing else: every call is allowed,
 * or refused with 429.
 */
export async function startLimitedAccount(rules: RateRules) {
  const rate = createRateWindow({ rules: () => rules, now: Date.now });
  const calls: CountedCall[] = [];
  const server = createServer((_request, response) => {
    const taken = rate.take(1);
    calls.push({ atMs: Date.now(), allowed: taken.allowed });
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-ratelimit-limit-minute', taken.limit);
    response.setHeader('x-ratelimit-remaining-minute', taken.remaining);
    if (!taken.allowed) response.writeHead(429, { 'x-ratelimit-retry-after': taken.resetSeconds });
    response.end('{"id":1,"firstName":"Ada","lastName":"Lovelace","email":"ada@acme.example"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    accessToken: 'any',
    calls: async () => calls,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
