import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { PreparedTicket, TicketSettlement } from '../../src/activities/ticket-activities.ts';
import {
  dismissSignal,
  retryNowUpdate,
  retrySignal,
  SEARCH_ATTRIBUTES,
  type TicketSyncInput,
  ticketSyncStart,
  ticketWorkflowId,
} from '../../src/workflows/contract.ts';
import type { ticketSync } from '../../src/workflows/ticket-sync.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { endedAfterEach, useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const MINUTE_MS = 60_000;
const ADA = 'ada@acme.example';

describe('ticketSync workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const started = endedAfterEach(env);

  const failureOf = (type: string, details: object = {}, nonRetryable = true) =>
    ApplicationFailure.create({ message: type, type, nonRetryable, details: [details] });

  /** Help Scout answers with `failures`, first to last, and then creates. */
  function helpScout(failures: ApplicationFailure[] = [], prepared: PreparedTicket = { kind: 'send', tags: [] }) {
    return fakeActivities(() => env.currentTimeMs(), {
      prepareTicket: async (_scope, { sendsHeld }) =>
        sendsHeld ? { kind: 'send', tags: [], log: [] } : { ...prepared, log: [] },
      createTicket: async () => {
        const failure = failures.shift();
        if (failure) throw failure;
        return { conversationId: 7001, found: false, log: [] };
      },
    });
  }

  async function start(again: Pick<TicketSyncInput, 'askedBy' | 'sendsHeld'> = {}) {
    const ids = { organizationId: 'org', integrationId: randomUUID(), submissionId: randomUUID() };
    const input = { ...ids, ...again };
    const eventId = ticketWorkflowId(input.organizationId, input.submissionId);
    started.push(eventId);
    return env.client.workflow.start<typeof ticketSync>('ticketSync', {
      ...ticketSyncStart({ ...input, eventId }, 'hash'),
    });
  }
  type Handle = Awaited<ReturnType<typeof start>>;
  const statusOf = async (handle: Handle) =>
    (await handle.describe()).typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncStatus);
  const untilStatus = async (handle: Handle, status: string) => {
    await env.sleep('2 minutes');
    assert.equal(await statusOf(handle), status);
  };
  const settled = (fake: ReturnType<typeof helpScout>) =>
    fake.callsOf('settleTicket').map(({ args }) => args[1] as TicketSettlement);
  const outcomes = (fake: ReturnType<typeof helpScout>) =>
    settled(fake).map(({ status, by, error }) => [status, by, error?.code]);

  it('creates the conversation and says so in the row', async () => {
    const fake = helpScout();
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(outcomes(fake), [['success', 'automatic', undefined]]);
      assert.match(settled(fake)[0]?.details ?? '', /conversation 7001/);
      assert.equal(await statusOf(handle), 'success');
    });
  });

  it('waits for the limit as long as it takes, which is no failure', async () => {
    const limit = () => failureOf('rateLimited', { httpStatus: 429, waitMs: MINUTE_MS, noted: true });
    const fake = helpScout(Array.from({ length: 20 }, limit));
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(outcomes(fake), [
        ['retrying', undefined, 'rateLimited'],
        ['success', 'automatic', undefined],
      ]);
      const at = fake.callsOf('createTicket').map(({ atMs }) => atMs);
      assert.equal(at.length, 21);
      for (const [index, atMs] of at.slice(1).entries()) assert(atMs - (at[index] ?? 0) >= MINUTE_MS - 1);
    });
  });

  it('tries at once when somebody asks while it waits for the limit', async () => {
    const fake = helpScout([failureOf('rateLimited', { waitMs: 24 * 60 * MINUTE_MS, noted: true })]);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await env.sleep('1 minute');
      assert.deepEqual(await handle.executeUpdate(retryNowUpdate, { args: [{ by: ADA }] }), { status: 'success' });
      assert.deepEqual(outcomes(fake).at(-1), ['success', ADA, undefined]);
      const [first, second] = fake.callsOf('createTicket').map(({ atMs }) => atMs);
      assert((second ?? 0) - (first ?? 0) < 10 * MINUTE_MS);
    });
  });

  it('looks for what is uncertain when it may be seen, and asks a person after five such losses', async () => {
    const lost = () => failureOf('uncertain', { waitMs: 3 * MINUTE_MS, noted: true });
    const fake = helpScout(Array.from({ length: 6 }, lost));
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await env.sleep('30 minutes');
      assert.deepEqual(outcomes(fake), [
        ['retrying', undefined, 'uncertain'],
        ['failed', undefined, 'uncertain'],
      ]);
      await handle.signal(retrySignal);
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(outcomes(fake).at(-1), ['success', 'Temporal Web', undefined]);
    });
  });

  it('is retried by a batch’s signal, which names who asked', async () => {
    const fake = helpScout([failureOf('invalidEmail')]);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await untilStatus(handle, 'failed');
      const { typedSearchAttributes } = await handle.describe();
      assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.syncErrorCode), 'invalidEmail');
      await handle.signal(retrySignal, ADA);
      assert.equal(await handle.result(), 'success');
      assert.deepEqual(outcomes(fake), [
        ['failed', 'automatic', 'invalidEmail'],
        ['success', ADA, undefined],
      ]);
    });
  });

  it('refuses a second retry while one runs', async () => {
    const again = () => failureOf('helpScoutUnavailable', {}, false);
    const fake = helpScout(Array.from({ length: 8 }, again));
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await untilStatus(handle, 'failed');
      const first = await handle.startUpdate(retryNowUpdate, { args: [{ by: ADA }], waitForStage: 'ACCEPTED' });
      await assert.rejects(handle.executeUpdate(retryNowUpdate, { args: [{ by: 'bob@acme.example' }] }), (error) => {
        assert(error instanceof WorkflowUpdateFailedError);
        assert(error.cause instanceof ApplicationFailure);
        assert.equal(error.cause.type, 'retryRunning');
        return true;
      });
      await env.sleep('2 minutes');
      assert.deepEqual(await first.result(), { status: 'success' });
      assert.deepEqual(outcomes(fake).at(-1), ['success', ADA, undefined]);
      assert.equal(fake.callsOf('createTicket').length, 9);
    });
  });

  it('keeps what is held back until a person has it sent, in a row of its own', async () => {
    const fake = helpScout([], { kind: 'held', duplicateOf: 'the-first' });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await untilStatus(handle, 'skipped');
      assert.equal(fake.callsOf('createTicket').length, 0);
      const [held] = settled(fake);
      assert.deepEqual([held?.status, held?.state, held?.error?.code], ['skipped', 'held', 'duplicateSubmission']);
      assert.match(held?.details ?? '', /the-first/);
      assert.deepEqual(await handle.executeUpdate(retryNowUpdate, { args: [{ by: ADA }] }), { status: 'success' });
      const sent = settled(fake).at(-1);
      assert.deepEqual([sent?.eventId, sent?.by], [`${held?.eventId}/sent`, ADA]);
    });
  });

  it('sends what was held back, started anew after its workflow had ended', async () => {
    const fake = helpScout([], { kind: 'held', duplicateOf: 'the-first' });
    await withWorkers(env, fake.activities, async () => {
      const handle = await start({ askedBy: ADA, sendsHeld: true });
      assert.equal(await handle.result(), 'success');
      const [sent, ...more] = settled(fake);
      assert.deepEqual([sent?.eventId, sent?.status, sent?.by], [`${handle.workflowId}/sent`, 'success', ADA]);
      assert.deepEqual(more, []);
    });
  });

  it('sends nothing of what fell into a form’s trap, and settles its row', async () => {
    const fake = helpScout([], { kind: 'spam' });
    await withWorkers(env, fake.activities, async () => {
      assert.equal(await (await start()).result(), 'skipped');
      assert.equal(fake.callsOf('createTicket').length, 0);
      assert.deepEqual(outcomes(fake), [['skipped', 'automatic', undefined]]);
    });
  });

  it('leaves no row behind that seems to go on when it is cancelled', async () => {
    const fake = helpScout([failureOf('rateLimited', { waitMs: 24 * 60 * MINUTE_MS, noted: true })]);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await env.sleep('1 minute');
      await handle.cancel();
      await assert.rejects(handle.result(), WorkflowFailedError);
      assert.deepEqual(outcomes(fake).at(-1), ['failed', undefined, 'internalError']);
      assert.equal(settled(fake).at(-1)?.state, 'failed');
    });
  });

  it('ends when somebody dismisses it, and says who and why', async () => {
    const fake = helpScout([failureOf('rejected')]);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await untilStatus(handle, 'failed');
      await handle.signal(dismissSignal, 'a test message', ADA);
      assert.equal(await handle.result(), 'skipped');
      const last = settled(fake).at(-1);
      assert.deepEqual([last?.state, last?.by, last?.details], ['dismissed', ADA, 'Dismissed: a test message']);
    });
  });

  it('fails with its cause after 30 days without a decision', async () => {
    const fake = helpScout([failureOf('mailboxNotFound')]);
    await withWorkers(env, fake.activities, async () => {
      const handle = await start();
      await assert.rejects(handle.result(), (error) => {
        assert(error instanceof WorkflowFailedError);
        assert(error.cause instanceof ApplicationFailure);
        assert.equal(error.cause.type, 'mailboxNotFound');
        return true;
      });
    });
  });
});
