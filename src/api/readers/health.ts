import { setTimeout as wait } from 'node:timers/promises';
import proto from '@temporalio/proto';
import { HELPSCOUT_TASK_QUEUE, TASK_QUEUE } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';

export interface PartHealth {
  state: 'ok' | 'down';
  detail: string;
}

/** How long a part may take to answer before it counts as down. */
const CHECK_MS = 3_000;
/** Temporal's own limit is shorter, so that no call of a check outlives it. */
const TEMPORAL_MS = 2_500;
/** A worker asks for work at least once a minute; one that did not lately is gone, though the server still lists it. */
const POLLER_FRESH_MS = 90_000;

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** The state of each part of the installation. Details name no address and no secret: anybody may read them. */
export async function checkParts(deps: Deps): Promise<Record<string, PartHealth>> {
  const [mongodb, server, worker] = await Promise.all([
    check('MongoDB', () => pingMongo(deps)),
    check('Temporal', () => pingTemporal(deps)),
    check('The worker', () => findPollers(deps)),
  ]);
  const helpScout: PartHealth = deps.config.sandboxUrl
    ? { state: 'ok', detail: 'The sandbox plays Help Scout.' }
    : deps.config.helpScout.appId === ''
      ? { state: 'down', detail: 'HELPSCOUT_APP_ID is not set.' }
      : { state: 'ok', detail: 'Configured.' };
  return { mongodb, temporal: server, worker, helpScout };
}

async function check(name: string, look: () => Promise<PartHealth>): Promise<PartHealth> {
  const giveUp = new AbortController();
  try {
    return await Promise.race([
      look(),
      wait(CHECK_MS, undefined, { signal: giveUp.signal }).then(
        (): PartHealth => ({ state: 'down', detail: `${name} does not answer within ${CHECK_MS / 1000} s.` }),
      ),
    ]);
  } catch {
    return { state: 'down', detail: `${name} cannot be reached.` };
  } finally {
    giveUp.abort();
  }
}

async function pingMongo({ storage }: Deps): Promise<PartHealth> {
  await storage.connection.db?.admin().ping();
  return { state: 'ok', detail: 'Answers.' };
}

async function pingTemporal({ temporal: client }: Deps): Promise<PartHealth> {
  await client.withDeadline(Date.now() + TEMPORAL_MS, () =>
    client.workflowService.describeNamespace({ namespace: client.options.namespace }),
  );
  return { state: 'ok', detail: 'Answers.' };
}

async function findPollers({ temporal: client, now }: Deps): Promise<PartHealth> {
  const polled = async (name: string, taskQueueType: number) => {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name },
      taskQueueType,
    });
    const oldest = now().getTime() - POLLER_FRESH_MS;
    return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > oldest);
  };
  // One after the other: of two at once, one would still be retrying when the other's failure has ended the check.
  const [workflows, activities] = await client.withDeadline(Date.now() + TEMPORAL_MS, async () => [
    await polled(TASK_QUEUE, TASK_QUEUE_TYPE_WORKFLOW),
    await polled(HELPSCOUT_TASK_QUEUE, TASK_QUEUE_TYPE_ACTIVITY),
  ]);
  const missing = [!workflows && TASK_QUEUE, !activities && HELPSCOUT_TASK_QUEUE].filter(Boolean);
  return missing.length === 0
    ? { state: 'ok', detail: 'Asks for work.' }
    : { state: 'down', detail: `No worker asks for work on: ${missing.join(', ')}.` };
}
