import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import proto from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { guardActivities } from '../../src/activities/guard-activities.ts';
import { loadConfig } from '../../src/config.ts';
import { createWorkers } from '../../src/worker/worker.ts';
import { DOCS_SYNC_WORKFLOW, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { startTemporal, temporalCli } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { RECORDING_KEYS } from '../workflows/recording-keys.ts';

const {
  VERSIONING_BEHAVIOR_PINNED: PINNED,
  VERSIONING_BEHAVIOR_AUTO_UPGRADE: AUTO_UPGRADE,
  VERSIONING_BEHAVIOR_UNSPECIFIED: UNSPECIFIED,
} = proto.temporal.api.enums.v1.VersioningBehavior;
const SWEEP = 'sweepSubmissions';

/** The worker's own workers, as its settings make them, on a real server. */
describe('worker versioning', function () {
  this.timeout(120_000);
  let temporal: TestWorkflowEnvironment;
  before(async () => {
    temporal = await startTemporal();
  });
  after(() => temporal?.teardown());

  async function startWorkers(settings: Record<string, string>) {
    const required = { ENCRYPTION_KEYS: RECORDING_KEYS, SESSION_SECRET: 's'.repeat(32) };
    const config = loadConfig({ ...required, ...settings });
    const workers = await createWorkers({
      connection: temporal.nativeConnection,
      namespace: temporal.namespace ?? 'default',
      activities: fakeActivities(async () => Date.now(), { openDocsSync: async () => ['c1'] }).activities,
      dataConverter: {},
      interceptor: guardActivities,
      deployment: config.deployment,
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    return async () => {
      for (const worker of workers) worker.shutdown();
      await running;
    };
  }

  /** Runs it to its end. @returns how Temporal says it is versioned, and by which version it was run last */
  async function versioningOf(workflowType: string, args: unknown[] = []) {
    const handle = await temporal.client.workflow.start(workflowType, {
      ...{ taskQueue: TASK_QUEUE, workflowId: `${workflowType}-${Date.now()}`, args },
      workflowExecutionTimeout: '30 seconds',
    });
    await handle.result();
    const { versioningInfo } = (await handle.describe()).raw.workflowExecutionInfo ?? {};
    return { behavior: versioningInfo?.behavior ?? UNSPECIFIED, buildId: versioningInfo?.deploymentVersion?.buildId };
  }
  const docs = { organizationId: 'o1', integrationId: 'i1' };

  const becameCurrent = async (which: string[]) => {
    const command = ['worker', 'deployment', 'set-current-version', '--deployment-name', 'insights', ...which];
    const run = promisify(execFile)(await temporalCli(), [...command, '--yes', '--address', temporal.address]);
    return run.then(
      () => true,
      () => false,
    );
  };

  it('pins what is over soon to the version made current, and lets what lives on upgrade by itself', async () => {
    const stop = await startWorkers({ WORKER_DEPLOYMENT_NAME: 'insights', WORKER_BUILD_ID: 'v1' });
    try {
      // Refused until both task queues are seen to be asked by this version.
      await until(() => becameCurrent(['--build-id', 'v1']), { what: 'the version to be current' });
      assert.deepEqual(await versioningOf(SWEEP), { behavior: PINNED, buildId: 'v1' });
      assert.deepEqual(await versioningOf(DOCS_SYNC_WORKFLOW, [docs]), { behavior: AUTO_UPGRADE, buildId: 'v1' });
    } finally {
      await stop();
    }
  });

  it('is off without its settings, and the same types run all the same', async () => {
    const stop = await startWorkers({});
    try {
      assert.ok(await becameCurrent(['--unversioned']));
      const unversioned = { behavior: UNSPECIFIED, buildId: undefined };
      assert.deepEqual(await versioningOf(SWEEP), unversioned);
      assert.deepEqual(await versioningOf(DOCS_SYNC_WORKFLOW, [docs]), unversioned);
    } finally {
      await stop();
    }
  });
});
