import type { DataConverter } from '@temporalio/common';
import {
  type ActivityInterceptorsFactory,
  type InjectedSinks,
  type NativeConnection,
  Worker,
  type WorkerInterceptors,
} from '@temporalio/worker';
import type { Sinks } from '@temporalio/workflow';
import { HELPSCOUT_TASK_QUEUE, TASK_QUEUE } from '../workflows/contract.ts';
import { deploymentOptions } from './deployment.ts';
import { bundleWorkflows, keepWorkflowBundle, sourceFile } from './workflow-bundle.ts';

/** Around every workflow. */
export const WORKFLOW_INTERCEPTORS = sourceFile('workflows/workflow-interceptors');
const PINNING = sourceFile('workflows/pin-what-is-over-soon');

/**
 * Each takes two to three megabytes; without a limit, thousands that wait for a person grew a worker to 4 GB. One that is
 * not in the cache is replayed from its history when something happens to it.
 */
const CACHED_WORKFLOWS = 400;

/**
 * A workflow task has ten seconds. A worker that has just been started replays a history with each of them: many at
 * once on few cores would all be late, and be asked for again for ever. Those that wait, wait in Temporal.
 */
const WORKFLOW_TASKS_AT_ONCE = 10;

/** What traces are made with; the activity's part stands outside all others. */
export interface WorkerTracing {
  activity: ActivityInterceptorsFactory;
  client: NonNullable<WorkerInterceptors['client']>;
  workflowModules: string[];
  sinks: InjectedSinks<Sinks>;
}

export interface WorkersOptions {
  connection: NativeConnection;
  namespace: string;
  /** By name (activities/index.ts). */
  activities: object;
  dataConverter: DataConverter;
  /** Around every activity (activities/guard-activities.ts). */
  interceptor: ActivityInterceptorsFactory;
  /** Counts and names what activities do, outside of `interceptor`. */
  observe?: ActivityInterceptorsFactory;
  tracing?: WorkerTracing | null;
  /** Which version of the workflows this is; absent or null: without worker versioning. */
  deployment?: { deploymentName: string; buildId: string } | null;
  /** Folder in which the bundled workflow code is kept for the workers that follow; absent or null: nowhere. */
  bundleFolder?: string | null;
}

/**
 * The two workers of a worker process: workflows with what stays in our own house, and calls to Help Scout. Told to stop,
 * they take nothing new and give what is under way 20 s; what is not done by then is told to end, so that another
 * worker takes it up from its last heartbeat, and after 5 s more it is left behind.
 */
export async function createWorkers({
  connection,
  namespace,
  activities,
  dataConverter,
  interceptor,
  observe,
  tracing,
  deployment,
  bundleFolder: folder,
}: WorkersOptions): Promise<Worker[]> {
  // Outermost first: what a run hands to the next one is decided after the trace was put into it.
  const workflowModules = [
    ...(tracing?.workflowModules ?? []),
    WORKFLOW_INTERCEPTORS,
    ...(deployment ? [PINNING] : []),
  ];
  const interceptors = {
    activity: [...(tracing ? [tracing.activity] : []), ...(observe ? [observe] : []), interceptor],
    ...(tracing && { client: tracing.client }),
  };
  const common = {
    connection,
    namespace,
    activities,
    dataConverter,
    shutdownGraceTime: '20 seconds' as const,
    shutdownForceTime: '25 seconds' as const,
    interceptors,
    ...(tracing && { sinks: tracing.sinks }),
    ...(deployment && { workerDeploymentOptions: deploymentOptions(deployment) }),
  };
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUE,
      maxConcurrentActivityTaskExecutions: 20,
      maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS_AT_ONCE,
      maxCachedWorkflows: CACHED_WORKFLOWS,
      workflowBundle: await (folder ? keepWorkflowBundle(workflowModules, folder) : bundleWorkflows(workflowModules)),
    }),
    Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE, maxConcurrentActivityTaskExecutions: 20 }),
  ]);
}
