import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, type SearchAttributePair } from '@temporalio/common';
import {
  conversationWorkflowId,
  dismissSignal,
  retryNowUpdate,
  retrySignal,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { conversationSync } from '../../src/workflows/conversation-sync.ts';
import { fakeActivities, imported } from '../support/fake-activities.ts';
import { endedAfterEach, useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

describe('conversationSync workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const started = endedAfterEach(env);

  const nowMs = () => env.currentTimeMs();
  const attributes: SearchAttributePair[] = [{ key: SEARCH_ATTRIBUTES.syncStatus, value: 'retrying' }];

  /** Help Scout as a switch: down, it answers 500. */
  function helpScout() {
    const state = { down: true };
    const fake = fakeActivities(nowMs, {
      importConversation: async (_scope, { conversationId }) => {
        if (!state.down) return imported([conversationId]);
        throw ApplicationFailure.create({
          message: '500',
          type: 'helpScoutUnavailable',
          details: [{ httpStatus: 500 }],
        });
      },
    });
    return { ...fake, state };
  }

  async function start() {
    const integrationId = randomUUID();
    const workflowId = conversationWorkflowId(integrationId, 7001);
    started.push(workflowId);
    return env.client.workflow.start<typeof conversationSync>('conversationSync', {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [
        {
          organizationId: 'org',
          integrationId,
          conversationId: 7001,
          eventId: `scan:${integrationId}:1/7001`,
          failure: { code: 'helpScoutUnavailable', httpStatus: 500 },
        },
      ],
      typedSearchAttributes: attributes,
    });
  }
  type Handle = Awaited<ReturnType<typeof start>>;
  const statusOf = async (handle: Handle) =>
    (await handle.describe()).typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncStatus);
  /** Time is skipped only while the environment sleeps; six tries take about a minute of it. */
  const parked = async (handle: Handle) => {
    await env.sleep('2 minutes');
    assert.equal(await statusOf(handle), 'failed');
  };
  const settled = (fake: ReturnType<typeof helpScout>) =>
    fake.callsOf('settleSync').map(({ args }) => args[1] as { status: string; by: string; attemptKey: string });

  it('succeeds without anybody, when the trouble passes', async () => {
    const fake = helpScout();
    fake.state.down = false;
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      assert.equal(await handle.result(), 'success');
      assert.equal(await statusOf(handle), 'success');
      assert.deepEqual(
        settled(fake).map(({ status, by }) => [status, by]),
        [['success', 'automatic']],
      );
    });
  });

  it('stays open when its own retries are used up, and says why', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      const description = await handle.describe();
      assert.equal(description.status.name, 'RUNNING');
      assert.equal(description.typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncErrorCode), 'helpScoutUnavailable');
      assert.equal(fake.callsOf('importConversation').length, 6);
      await handle.terminate();
    });
  });

  it('is retried by the signal without input that Temporal Web sends', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      fake.state.down = false;
      await handle.signal(retrySignal);
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(
        settled(fake).map(({ status, by }) => [status, by]),
        [
          ['failed', 'automatic'],
          ['success', 'Temporal Web'],
        ],
      );
    });
  });

  it('answers the page with the outcome of a retry, and refuses a second one meanwhile', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      const retry = await handle.startUpdate(retryNowUpdate, {
        args: [{ by: 'ada@acme.example' }],
        waitForStage: 'ACCEPTED',
      });
      await env.sleep('2 minutes');
      assert.deepEqual(await retry.result(), { status: 'failed', code: 'helpScoutUnavailable' });
      fake.state.down = false;
      const [second, third] = await Promise.allSettled([
        handle.executeUpdate(retryNowUpdate, { args: [{ by: 'ada@acme.example' }] }),
        handle.executeUpdate(retryNowUpdate, { args: [{ by: 'bob@acme.example' }] }),
      ]);
      const values = [second, third].map((result) =>
        result.status === 'fulfilled' ? result.value.status : result.reason,
      );
      assert(values.includes('success'));
      assert(values.some((value) => value === 'success' || value instanceof WorkflowUpdateFailedError));
      assert.equal(await handle.result(), 'success');
    });
  });

  it('ends as skipped when somebody dismisses it', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      await handle.signal(dismissSignal, 'a test message');
      assert.equal(await handle.result(), 'skipped');
      assert.equal(await statusOf(handle), 'skipped');
      assert.equal(settled(fake).at(-1)?.status, 'skipped');
    });
  });

  it('fails with its cause after 30 days without a decision', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await assert.rejects(handle.result(), (error) => {
        assert(error instanceof WorkflowFailedError);
        assert(error.cause instanceof ApplicationFailure);
        assert.equal(error.cause.type, 'helpScoutUnavailable');
        return true;
      });
    });
  });

  it('waits for a person when the conversation is gone: it may be restored', async () => {
    const state = { gone: true };
    const fake = fakeActivities(nowMs, {
      importConversation: async () => (state.gone ? imported([], { gone: 1 }) : imported([7001])),
    });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await parked(handle);
      const { typedSearchAttributes } = await handle.describe();
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncErrorCode), 'conversationGone');
      assert.equal(fake.callsOf('classifyConversations').length, 0);
      state.gone = false;
      await handle.signal(retrySignal);
      assert.equal(await handle.result(), 'success');
    });
  });
});
