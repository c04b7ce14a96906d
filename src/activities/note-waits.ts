import { activityInfo, getClient, log } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import { msToNumber } from '@temporalio/common/lib/time.js';
import { isWaitCode } from '../domain/integration-situation.ts';
import { lastingWaits, type WaitSource } from '../domain/integration-wait.ts';
import { createRecent } from '../storage/recent.ts';
import { HELPSCOUT_TASK_QUEUE, integrationWorkflowId, type Scope, waitsChangedSignal } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';

/** Whether work goes on again is looked at so often; between, calls that work cost nothing more. */
const LOOK_AGAIN_MS = 20_000;
/** While a wait lasts, its workflow hears of a new end of it so often. */
const TELL_AGAIN_MS = 5 * 60_000;

const CLASSIFYING = ['classifyConversations', 'submitMessageBatch', 'takeMessageBatch'];

type Run = (scope: Scope, ...rest: never[]) => Promise<unknown>;

/**
 * Keeps what an integration's calls wait for where its page reads it: tries that fail are hidden from workflows until
 * the last one. A wait that lasts is told to the integration's workflow, and its end too.
 */
export function createWaitNotes({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  const lookedAt = createRecent<number>();

  const tell = async ({ organizationId, integrationId }: Scope): Promise<void> => {
    const atMs = now().getTime();
    const all = await storage.integrations.waits(organizationId, integrationId);
    const waits = lastingWaits(all, atMs).map(({ toldMs: _told, ...wait }) => wait);
    await getClient()
      .workflow.getHandle(integrationWorkflowId(integrationId))
      .signal(waitsChangedSignal, { atMs, waits });
    for (const { source } of waits) await storage.integrations.waitTold(organizationId, integrationId, source, atMs);
  };

  const failed = async (scope: Scope, source: WaitSource, error: unknown): Promise<void> => {
    const { type: code, nonRetryable, nextRetryDelay } = toApplicationFailure(error);
    if (nonRetryable || !isWaitCode(code)) return;
    const { organizationId, integrationId } = scope;
    const seenMs = now().getTime();
    const untilMs = nextRetryDelay ? seenMs + msToNumber(nextRetryDelay) : null;
    await storage.integrations.noteWait(organizationId, integrationId, { source, code, seenMs, untilMs });
    lookedAt.delete(`${source}:${integrationId}`);
    const lasting = lastingWaits(await storage.integrations.waits(organizationId, integrationId), seenMs);
    const told = lasting.filter(
      (wait) => 'toldMs' in wait && typeof wait.toldMs === 'number' && seenMs - wait.toldMs < TELL_AGAIN_MS,
    );
    if (lasting.length > told.length) await tell(scope);
  };

  const worked = async (scope: Scope, source: WaitSource, beganMs: number): Promise<void> => {
    const { organizationId, integrationId } = scope;
    const key = `${source}:${integrationId}`;
    if (beganMs - (lookedAt.get(key) ?? 0) < LOOK_AGAIN_MS) return;
    lookedAt.set(key, beganMs);
    const waits = await storage.integrations.waits(organizationId, integrationId);
    const wait = waits.find((one) => one.source === source && one.seenMs <= beganMs);
    if (!wait) return;
    await storage.integrations.endWait(organizationId, integrationId, source, beganMs);
    if (typeof wait.toldMs === 'number') await tell(scope);
  };

  /** What cannot be noted must not fail the work. */
  const quietly = (note: Promise<void>) =>
    note.catch((error: unknown) => log.warn('a wait could not be noted', { reason: String(error) }));

  const around =
    (name: string, run: Run): Run =>
    async (scope, ...rest) => {
      const source = sourceOf(name);
      if (!source || !scope?.integrationId) return run(scope, ...rest);
      const beganMs = now().getTime();
      try {
        const result = await run(scope, ...rest);
        await quietly(worked(scope, source, beganMs));
        return result;
      } catch (error) {
        if (!(error instanceof CancelledFailure)) await quietly(failed(scope, source, error));
        throw error;
      }
    };

  return {
    /** The same activities; those that call Help Scout or the classifier note when they have to wait. */
    watched<T extends object>(activities: T): T {
      const entries = Object.entries(activities).map(([name, run]) => [name, around(name, run)]);
      return Object.assign({}, activities, Object.fromEntries(entries));
    },
  };
}

function sourceOf(name: string): WaitSource | null {
  if (CLASSIFYING.includes(name)) return 'classifier';
  return activityInfo().taskQueue === HELPSCOUT_TASK_QUEUE ? 'helpScout' : null;
}
