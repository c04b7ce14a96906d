import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflows, keepWorkflowBundle } from '../../src/worker/workflow-bundle.ts';
import { HELPSCOUT_TASK_QUEUE, SEARCH_ATTRIBUTES, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { testServerPath } from './servers.ts';
import { shared } from './shared.ts';

const KEYWORD = 2;

const bundles = new Map<string, Promise<WorkflowBundleOption>>();
/** The workflow code of this repository: bundled once per test run, or once per process when a file is run by itself. */
export function workflowBundle(workflowModules: readonly string[] = []): Promise<WorkflowBundleOption> {
  const folder = process.env.WORKFLOW_BUNDLES;
  const key = workflowModules.join();
  const make = () => (folder ? keepWorkflowBundle(workflowModules, folder) : bundleWorkflows(workflowModules));
  const bundle = bundles.get(key) ?? make();
  bundles.set(key, bundle);
  return bundle;
}

/** Temporal's test server, which jumps over the time in which nothing happens. */
export async function startTimeSkipping(executable: string): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: executable } },
  });
  try {
    await env.connection.operatorService.addSearchAttributes({
      namespace: env.namespace ?? 'default',
      // One that is not registered would not fail: its workflow task would be retried for ever, and time stand still.
      searchAttributes: Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map(({ name }) => [name, KEYWORD])),
    });
  } catch (error) {
    await env.teardown();
    throw error;
  }
  return env;
}

/** What tests need of a server that skips time, and that is started and stopped for them. */
export type TimeSkipping = Pick<
  TestWorkflowEnvironment,
  'client' | 'nativeConnection' | 'namespace' | 'currentTimeMs' | 'sleep'
>;

/** Temporal's test server for the tests of the surrounding `describe`. */
export function useTimeSkipping(): TimeSkipping {
  return shared(async (thenStop) => {
    const env = await startTimeSkipping(await testServerPath());
    thenStop(() => env.teardown());
    const { client, nativeConnection, namespace, sleep } = env;
    return {
      client,
      nativeConnection,
      ...(namespace && { namespace }),
      sleep,
      currentTimeMs: () => env.currentTimeMs(),
    };
  });
}

/**
 * After each test, ends the workflows that it has put into the list: one that a failed test left behind would keep time
 * from being skipped for all that follow.
 */
export function endedAfterEach(env: TimeSkipping): string[] {
  const workflowIds: string[] = [];
  afterEach(async () => {
    for (const workflowId of workflowIds.splice(0)) {
      await env.client.workflow
        .getHandle(workflowId)
        .terminate()
        .catch(() => undefined);
    }
  });
  return workflowIds;
}

/** Runs workflows and both task queues' activities while `work` runs. */
export async function withWorkers<T>(
  env: TimeSkipping,
  activities: object,
  work: () => Promise<T>,
  bundle = workflowBundle(),
): Promise<T> {
  const common = { connection: env.nativeConnection, namespace: env.namespace ?? 'default', activities };
  const workflows = await Worker.create({ ...common, taskQueue: TASK_QUEUE, workflowBundle: await bundle });
  const helpScout = await Worker.create({ ...common, taskQueue: HELPSCOUT_TASK_QUEUE });
  return workflows.runUntil(helpScout.runUntil(work()));
}
