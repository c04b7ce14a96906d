import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { SyncErrorCode } from '../../src/domain/sync-error.ts';
import {
  CUSTOMER_SYNC_WORKFLOW,
  customerSyncStart,
  dismissSignal,
  retryNowUpdate,
  retrySignal,
  SEARCH_ATTRIBUTES,
} from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { endedAfterEach, useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

describe('customerSync workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const started = endedAfterEach(env);

  /** A customer in storage, and Help Scout as a switch. */
  function world() {
    const state = {
      version: 1,
      syncedVersion: 0,
      state: 'waiting' as 'waiting' | 'dismissed',
      refusal: null as SyncErrorCode | null,
      /** Waited for while a version is being sent. */
      sending: async (): Promise<void> => {},
    };
    const fake = fakeActivities(() => env.currentTimeMs(), {
      openCustomer: async () => ({
        version: state.version,
        due: state.version > state.syncedVersion && state.state !== 'dismissed',
        state: state.state,
      }),
      async syncCustomer(_scope, { version }) {
        if (version !== state.version) return { kind: 'replaced', status: 'skipped', details: '', log: [] };
        if (state.refusal) {
          throw ApplicationFailure.create({
            ...{ message: 'refused', type: state.refusal, details: [{ httpStatus: 409, noted: true }] },
            nonRetryable: state.refusal === 'emailNotUnique',
          });
        }
        await state.sending();
        state.syncedVersion = version;
        return { kind: 'ended', status: 'success', details: 'Changed: Phone', log: [] };
      },
      async settleCustomer(_scope, { dismissed }) {
        if (dismissed) state.state = 'dismissed';
        return { log: [] };
      },
    });
    const externalId = randomUUID();
    const tell = (version = state.version) =>
      env.client.workflow.signalWithStart(
        CUSTOMER_SYNC_WORKFLOW,
        customerSyncStart(
          {
            ...{ organizationId: 'org', integrationId: 'int', externalId, version, syncedVersion: 0 },
            ...{ fields: { email: 'a@b.example' }, syncedFields: null, helpScoutCustomerId: null, createSentAt: null },
            ...{ requestedBy: null, state: 'waiting', problem: null, createdAt: new Date(), updatedAt: new Date() },
            syncedAt: null,
          },
          'hash',
        ),
      );
    const start = async () => {
      const handle = await tell();
      started.push(handle.workflowId);
      return env.client.workflow.getHandle(handle.workflowId);
    };
    const sent = () => fake.callsOf('syncCustomer').map(({ args }) => (args[1] as { version: number }).version);
    const settled = () =>
      fake.callsOf('settleCustomer').map(({ args }) => {
        const { version, status } = args[1] as { version: number; status: string };
        return [version, status];
      });
    return { state, fake, tell, start, sent, settled };
  }
  type Handle = Awaited<ReturnType<ReturnType<typeof world>['start']>>;
  const statusOf = async (handle: Handle) =>
    (await handle.describe()).typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncStatus);
  const parked = async (handle: Handle) => {
    await env.sleep('3 minutes');
    assert.equal(await statusOf(handle), 'failed');
  };

  it('sends what storage has, once', async () => {
    const { fake, start, sent, settled } = world();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      assert.equal(await handle.result(), 'success');
      assert.deepEqual([sent(), settled()], [[1], []]);
      const { typedSearchAttributes } = await handle.describe();
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.customerEmailHash), 'hash');
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncStatus), 'success');
    });
  });

  it('sends the last of what comes while it runs, in one', async () => {
    const { state, fake, start, tell, sent } = world();
    await withWorkers(env, fake.activities, async () => {
      state.sending = async () => {
        state.sending = async () => {};
        for (state.version = 2; state.version < 6; state.version++) await tell();
      };
      const handle = await start();
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(sent(), [1, 6]);
    });
  });

  it('sends nothing when Help Scout has it', async () => {
    const { state, fake, start, sent } = world();
    state.syncedVersion = 1;
    await withWorkers(env, fake.activities, async () => {
      assert.equal(await (await start()).result(), 'success');
      assert.deepEqual(sent(), []);
    });
  });

  it('waits for a person when it is refused, and works once they ask for a retry', async () => {
    const { state, fake, start, sent, settled } = world();
    state.refusal = 'emailNotUnique';
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      assert.deepEqual([sent(), settled()], [[1], [[1, 'failed']]]);
      const { typedSearchAttributes } = await handle.describe();
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncErrorCode), 'emailNotUnique');
      state.refusal = null;
      assert.deepEqual(await handle.executeUpdate(retryNowUpdate, { args: [{ by: 'ada@acme.example' }] }), {
        status: 'success',
      });
      assert.equal(await handle.result(), 'success');
    });
  });

  it('is retried by the signal without input that Temporal Web and its batches send', async () => {
    const { state, fake, start, sent } = world();
    state.refusal = 'helpScoutUnavailable';
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      assert.equal(sent().length, 6);
      state.refusal = null;
      await handle.signal(retrySignal);
      assert.equal(await handle.result(), 'success');
    });
  });

  it('lets a later change take the place of one that waits', async () => {
    const { state, fake, start, tell, sent, settled } = world();
    state.refusal = 'emailNotUnique';
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      await tell(1);
      assert.equal(await statusOf(handle), 'failed', 'the same version changes nothing');
      state.refusal = null;
      state.version = 2;
      await tell();
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(sent(), [1, 2]);
      assert.deepEqual(settled(), [
        [1, 'failed'],
        [1, 'skipped'],
      ]);
    });
  });

  it('leaves no row behind when a retry finds a later version', async () => {
    const { state, fake, start, sent, settled } = world();
    state.refusal = 'emailNotUnique';
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      state.refusal = null;
      state.version = 2;
      await handle.signal(retrySignal);
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(sent(), [1, 2]);
      assert.deepEqual(settled().at(-1), [1, 'skipped']);
    });
  });

  it('ends as skipped when somebody dismisses it', async () => {
    const { state, fake, start, settled } = world();
    state.refusal = 'emailNotUnique';
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      await handle.signal(dismissSignal, 'a test customer', 'ada@acme.example');
      assert.equal(await handle.result(), 'skipped');
      assert.deepEqual(settled().at(-1), [1, 'skipped']);
      assert.equal(state.state, 'dismissed');
    });
  });
});
