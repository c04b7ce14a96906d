import { fileURLToPath } from 'node:url';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { HELPSCOUT_TASK_QUEUE, TASK_QUEUE } from '../workflows/contract.ts';
import { guardActivities } from './activity-interceptor.ts';

/** Where workflow code is bundled from; a `.js` file after a build. */
export const WORKFLOWS_PATH = fileURLToPath(
  new URL(`../workflows/index.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

export interface WorkersOptions {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  /** A bundle made before (tests make one for many workers). */
  workflowBundle?: WorkflowBundleOption;
}

/**
 * The two workers of a worker process: workflows with what stays in our own house, and calls to Help Scout.
 * Both stop within 20 s of being told to; activities that are not done by then are taken up elsewhere.
 */
export async function createWorkers({
  connection,
  namespace,
  activities,
  workflowBundle,
}: WorkersOptions): Promise<Worker[]> {
  const common = {
    connection,
    namespace,
    activities,
    shutdownGraceTime: '10 seconds' as const,
    shutdownForceTime: '20 seconds' as const,
    interceptors: { activity: [guardActivities] },
  };
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUE,
      maxConcurrentActivityTaskExecutions: 20,
      ...(workflowBundle ? { workflowBundle } : { workflowsPath: WORKFLOWS_PATH }),
    }),
    Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 20 }),
  ]);
}
