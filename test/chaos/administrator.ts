import { setTimeout as delay } from 'node:timers/promises';
import { integrationWorkflowId, retryFailedUpdate } from '../../src/workflows/contract.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import { persist } from './persist.ts';

const LOOKS_EVERY_MS = 1_000;
const EXPIRES_EVERY_MS = 15_000;

/**
 * The person who looks after the integration: reconnects when the page says so (a worker that is killed after Help Scout
 * has taken the old refresh token back, and before the new one is stored, cannot be made up for otherwise), and has
 * retried what failed.
 */
export function createAdministrator(running: RunningStack, integrationId: string) {
  const { storage, organizationId, control, temporal } = running;
  const done = { reconnects: 0, retries: 0, expiries: 0 };
  const off = new AbortController();
  const rest = (ms: number) => delay(ms, undefined, { signal: off.signal }).catch(() => undefined);

  /** Calls are refused from then on, until the token has been renewed. */
  const expireTokens = async () => {
    for (await rest(EXPIRES_EVERY_MS); !off.signal.aborted; await rest(EXPIRES_EVERY_MS)) {
      await control('POST', '/tokens/expire');
      done.expiries += 1;
    }
  };

  const reconnectIfAsked = async () => {
    const integration = await storage.integrations.get(organizationId, integrationId);
    if (integration?.state !== 'needsReauthorization') return;
    await running.reconnect(integrationId);
    done.reconnects += 1;
  };

  const watch = async () => {
    for (; !off.signal.aborted; await rest(LOOKS_EVERY_MS)) await reconnectIfAsked().catch(() => undefined);
  };

  return {
    done,
    reconnectIfAsked,
    /** Until `end`; works beside the traffic. */
    work: () => Promise.all([expireTokens(), watch()]),
    end: () => off.abort(),

    /** As the button on the page does, for everything that waits for a person. */
    async retryFailed(): Promise<void> {
      const handle = temporal.workflow.getHandle(integrationWorkflowId(integrationId));
      const { matched } = await persist(() => handle.executeUpdate(retryFailedUpdate, { args: [{ by: 'test' }] }));
      done.retries += matched;
    },
  };
}
