import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { MessageSettlement } from '../../src/activities/loop-activities.ts';
import type { closeLoop } from '../../src/workflows/close-loop.ts';
import {
  CLOSE_LOOP_WORKFLOW,
  closeLoopStart,
  dismissSignal,
  recordMessageWorkflowId,
  retryNowUpdate,
  SEARCH_ATTRIBUTES,
} from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const ADA = 'ada@acme.example';
const BOB = 'bob@acme.example';

describe('closeLoop workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();

  const failureOf = (type: string, details: object = {}) =>
    ApplicationFailure.create({ message: type, type, nonRetryable: true, details: [details] });

  /** Help Scout answers with `failures`, first to last, and then takes the message. */
  const helpScout = (...failures: ApplicationFailure[]) =>
    fakeActivities(() => env.currentTimeMs(), {
      sendMessage: async () => {
        const failure = failures.shift();
        if (failure) throw failure;
        return { threadId: 9001, found: false, log: [] };
      },
    });
  const start = () => {
    const ids = { organizationId: 'org', integrationId: randomUUID(), messageId: `${randomUUID()}.7001.note` };
    const eventId = recordMessageWorkflowId(ids.organizationId, ids.messageId);
    const input = { ...ids, eventId, askedBy: ADA };
    return env.client.workflow.start<typeof closeLoop>(CLOSE_LOOP_WORKFLOW, closeLoopStart(input, 7001));
  };
  const settled = (fake: ReturnType<typeof helpScout>) =>
    fake.callsOf('settleMessage').map(({ args }) => {
      const { status, by, state } = args[1] as MessageSettlement;
      return [status, by, state];
    });

  it('writes the message and says who sent it', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      assert.equal(await (await start()).result(), 'success');
    });
    assert.deepEqual(settled(fake), [['success', ADA, null]]);
  });

  it('waits until what is uncertain can be seen, then looks before it writes', async () => {
    const fake = helpScout(failureOf('uncertain', { waitMs: 180_000, noted: true }));
    await withWorkers(env, fake.activities, async () => {
      assert.equal(await (await start()).result(), 'success');
    });
    const [first, second] = fake.callsOf('sendMessage').map(({ atMs }) => atMs);
    assert.ok((second ?? 0) - (first ?? 0) >= 179_000);
  });

  it('waits for a person when Help Scout refuses it, who may have it tried again', async () => {
    const fake = helpScout(failureOf('forbidden', { noted: true }));
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await env.sleep('2 minutes');
      const { typedSearchAttributes } = await handle.describe();
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncStatus), 'failed');
      await handle.executeUpdate(retryNowUpdate, { args: [{ by: BOB }] });
      assert.equal(await handle.result(), 'success');
    });
    assert.deepEqual(settled(fake), [
      ['failed', undefined, 'failed'],
      ['success', BOB, null],
    ]);
  });

  it('ends when a person gives it up', async () => {
    const fake = helpScout(failureOf('conversationGone', { noted: true }));
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await env.sleep('2 minutes');
      await handle.signal(dismissSignal, 'not needed', BOB);
      assert.equal(await handle.result(), 'skipped');
    });
    assert.deepEqual(settled(fake).at(-1), ['skipped', BOB, 'dismissed']);
  });
});
