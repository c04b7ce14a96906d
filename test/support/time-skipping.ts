import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { WORKFLOWS_PATH } from '../../src/worker/worker.ts';
import { HELPSCOUT_TASK_QUEUE, SEARCH_ATTRIBUTES, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { quietRuntime } from './quiet-runtime.ts';

const KEYWORD = 2;

let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;
/** The workflow code of this repository, bundled once per test process. */
export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundled ??= bundleWorkflowCode({ workflowsPath: WORKFLOWS_PATH, logger: new DefaultLogger('ERROR') });
  return bundled;
}

/** Temporal's test server, which jumps over the time in which nothing happens. */
export async function startTimeSkipping(executable: string): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: executable } },
  });
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    // One that is not registered would not fail: its workflow task would be retried for ever, and time stand still.
    searchAttributes: Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map(({ name }) => [name, KEYWORD])),
  });
  return env;
}

/** Runs workflows and both task queues' activities while `work` runs. */
export async function withWorkers<T>(
  env: TestWorkflowEnvironment,
  activities: object,
  work: () => Promise<T>,
  bundle = workflowBundle(),
): Promise<T> {
  const common = { connection: env.nativeConnection, namespace: env.namespace ?? 'default', activities };
  const workflows = await Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle: await bundle });
  const helpScout = await Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE });
  return workflows.runUntil(helpScout.runUntil(work()));
}
