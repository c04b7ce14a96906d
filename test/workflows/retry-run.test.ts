import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { RetryItemOutcome } from '../../src/domain/retry-run.ts';
import {
  approveRetryRunUpdate,
  cancelRetryRunUpdate,
  type RetryRunInput,
  retryRunStateQuery,
  retryRunWorkflowId,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { retryRun } from '../../src/workflows/retry-run.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { endedAfterEach, useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const ADA = 'ada@acme.example';

describe('retryRun workflow', function () {
  this.timeout(180_000);
  const env = useTimeSkipping();
  const started = endedAfterEach(env);

  const nowMs = () => env.currentTimeMs();

  /** Rows that end as told, by their numbers; the others work. */
  function rows(outcomes: Readonly<Record<number, RetryItemOutcome>> = {}) {
    return fakeActivities(nowMs, { retryRow: async ({ index }) => outcomes[index] ?? 'success' });
  }
  type Fake = ReturnType<typeof rows>;
  const asked = (fake: Fake) => fake.callsOf('retryRow').map(({ args }) => (args[0] as { index: number }).index);
  const states = (fake: Fake) =>
    [...fake.callsOf('saveRetryRun'), ...fake.callsOf('endRetryRun')].map(
      ({ args }) => (args[0] as { state: string }).state,
    );

  async function start(wish: Partial<RetryRunInput> = {}) {
    const retryRunId = randomUUID();
    const workflowId = retryRunWorkflowId('org', retryRunId);
    started.push(workflowId);
    const input = { total: 5, review: false, canary: true, perMinute: 60, ...wish };
    return env.client.workflow.start<typeof retryRun>('retryRun', {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ organizationId: 'org', retryRunId, by: ADA, ...input }],
    });
  }
  type Handle = Awaited<ReturnType<typeof start>>;
  const stateOf = async (handle: Handle) => (await handle.query(retryRunStateQuery)).state;
  const reached = async (handle: Handle, state: string) => {
    for (let tries = 0; (await stateOf(handle)) !== state; tries++) {
      assert.ok(tries < 60, `stays ${await stateOf(handle)} instead of ${state}`);
      await env.sleep('1 second');
    }
  };

  it('tries one, and when that worked the others at the chosen rate', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ perMinute: 30 });
      assert.equal(await handle.result(), 'finished');
    });
    assert.deepEqual(asked(fake), [0, 1, 2, 3, 4]);
    const times = fake.callsOf('retryRow').map(({ atMs }) => atMs);
    for (const [before, after] of [[1, 2] as const, [2, 3] as const, [3, 4] as const]) {
      const apart = (times[after] ?? 0) - (times[before] ?? 0);
      assert.ok(apart >= 1_900, `rows ${before} and ${after} are ${apart} ms apart`);
    }
    const by = fake.callsOf('retryRow').map(({ args }) => (args[0] as { by: string }).by);
    assert.deepEqual(new Set(by), new Set([ADA]));
  });

  it('looks up what would be sent and sends nothing before a person says so', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ review: true, total: 25 });
      await reached(handle, 'review');
      const looked = fake.callsOf('previewRetries').map(({ args }) => (args[0] as { from: number }).from);
      assert.deepEqual(looked, [0, 10, 20]);
      await env.sleep('1 day');
      assert.deepEqual(asked(fake), []);
      await handle.executeUpdate(approveRetryRunUpdate, { args: [{ by: ADA }] });
      assert.equal(await handle.result(), 'finished');
      assert.equal(asked(fake).length, 25);
    });
  });

  it('stops when the first one fails, and goes on when a person says so', async () => {
    const fake = rows({ 0: 'failed' });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await reached(handle, 'canaryFailed');
      await env.sleep('1 day');
      assert.deepEqual(asked(fake), [0]);
      await handle.executeUpdate(approveRetryRunUpdate, { args: [{ by: 'bob@acme.example' }] });
      assert.equal(await handle.result(), 'finished');
      assert.deepEqual(asked(fake), [0, 1, 2, 3, 4]);
      const end = fake.callsOf('endRetryRun')[0]?.args[0] as { decidedBy: string };
      assert.equal(end.decidedBy, 'bob@acme.example');
    });
  });

  it('leaves the others alone when the first one fails and a person stops', async () => {
    const fake = rows({ 0: 'failed' });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await reached(handle, 'canaryFailed');
      await handle.executeUpdate(cancelRetryRunUpdate, { args: [{ by: ADA }] });
      assert.equal(await handle.result(), 'cancelled');
      assert.deepEqual(asked(fake), [0]);
    });
  });

  it('takes the next one as the first where one was dealt with meanwhile', async () => {
    const fake = rows({ 0: 'settled', 1: 'running', 2: 'gone', 3: 'failed' });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await reached(handle, 'canaryFailed');
      assert.deepEqual(asked(fake), [0, 1, 2, 3]);
      await handle.terminate();
    });
  });

  it('goes on past rows that fail, once the first has worked', async () => {
    const fake = rows({ 1: 'failed', 2: 'settled', 3: 'failed' });
    await withWorkers(env, fake.activities, async () => {
      assert.equal(await (await start()).result(), 'finished');
      assert.deepEqual(asked(fake), [0, 1, 2, 3, 4]);
      assert.equal(states(fake).at(-1), 'finished');
    });
  });

  it('stops in the middle when a person says so', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ total: 100, perMinute: 6 });
      await reached(handle, 'running');
      await env.sleep('35 seconds');
      await handle.executeUpdate(cancelRetryRunUpdate, { args: [{ by: ADA }] });
      assert.equal(await handle.result(), 'cancelled');
      const many = asked(fake).length;
      assert.ok(many >= 4 && many < 12, `${many} were asked`);
      await assert.rejects(handle.executeUpdate(cancelRetryRunUpdate, { args: [{ by: ADA }] }));
    });
  });

  it('refuses a go that nothing waits for', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ total: 20, perMinute: 1 });
      await reached(handle, 'running');
      await assert.rejects(
        handle.executeUpdate(approveRetryRunUpdate, { args: [{ by: ADA }] }),
        (error) =>
          error instanceof WorkflowUpdateFailedError &&
          error.cause instanceof ApplicationFailure &&
          error.cause.type === 'notPossibleNow',
      );
      await handle.terminate();
    });
  });

  it('asks every row once though it is continued as new on the way', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ total: 40, perMinute: 600, maxHistoryEvents: 60 });
      const firstRun = (await handle.describe()).runId;
      assert.equal(await handle.result(), 'finished');
      assert.notEqual((await env.client.workflow.getHandle(handle.workflowId).describe()).runId, firstRun);
    });
    assert.deepEqual(
      asked(fake),
      Array.from({ length: 40 }, (_, index) => index),
    );
  });

  it('keeps what was decided when it is continued as new while it looks things up', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ review: true, total: 120, perMinute: 600, maxHistoryEvents: 30 });
      await reached(handle, 'review');
      assert.equal(fake.callsOf('previewRetries').length, 12);
      await handle.executeUpdate(approveRetryRunUpdate, { args: [{ by: ADA }] });
      assert.equal(await handle.result(), 'finished');
      assert.equal(asked(fake).length, 120);
    });
  });

  it('says of a row that cannot even be asked that it failed, and goes on', async () => {
    const fake = fakeActivities(nowMs, {
      retryRow: async ({ index }) => {
        if (index === 1) throw ApplicationFailure.nonRetryable('broken', 'internalError');
        return 'success';
      },
    });
    await withWorkers(env, fake.activities, async () => {
      assert.equal(await (await start()).result(), 'finished');
      assert.deepEqual(
        fake.callsOf('giveUpRetry').map(({ args }) => (args[0] as { index: number }).index),
        [1],
      );
    });
  });

  it('stops by itself when nobody decides for a week', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ review: true });
      assert.equal(await handle.result(), 'cancelled');
      assert.deepEqual(asked(fake), []);
    });
  });

  it('shows as stopped when it is cancelled in Temporal Web', async () => {
    const fake = rows();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ review: true });
      await reached(handle, 'review');
      await handle.cancel();
      await assert.rejects(handle.result());
      assert.equal(states(fake).at(-1), 'cancelled');
    });
  });
});
