import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { type ActivityInterceptorsFactory, type NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { HELPSCOUT_TASK_QUEUE, TASK_QUEUE } from '../workflows/contract.ts';

/** Where workflow code is bundled from; a `.js` file after a build. */
export const WORKFLOWS_PATH = fileURLToPath(
  new URL(`../workflows/index.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/**
 * Each takes two to three megabytes; without a limit, thousands that wait for a person grew a worker to 4 GB. One that is
 * not in the cache is replayed from its history when something happens to it.
 */
const CACHED_WORKFLOWS = 400;

export interface WorkersOptions {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  dataConverter: DataConverter;
  /** Around every activity (activities/guard-activities.ts). */
  interceptor: ActivityInterceptorsFactory;
}

/**
 * The two workers of a worker process: workflows with what stays in our own house, and calls to Help Scout.
 * Both stop within 20 s of being told to; activities that are not done by then are taken up elsewhere.
 */
export async function createWorkers({
  connection,
  namespace,
  activities,
  dataConverter,
  interceptor,
}: WorkersOptions): Promise<Worker[]> {
  const common = {
    connection,
    namespace,
    activities,
    dataConverter,
    shutdownGraceTime: '10 seconds' as const,
    shutdownForceTime: '20 seconds' as const,
    interceptors: { activity: [interceptor] },
  };
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUE,
      maxConcurrentActivityTaskExecutions: 20,
      maxCachedWorkflows: CACHED_WORKFLOWS,
      workflowsPath: WORKFLOWS_PATH,
    }),
    Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 20 }),
  ]);
}
