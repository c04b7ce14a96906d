import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';
import {
  connectUpdate,
  disconnectUpdate,
  helpScoutEventsSignal,
  integrationWorkflowId,
  pauseUpdate,
  reauthorizedUpdate,
  rescanUpdate,
  resumeUpdate,
  selectMailboxesUpdate,
  TASK_QUEUE,
  tokenRejectedSignal,
} from '../../../src/workflows/contract.ts';
import type { integration } from '../../../src/workflows/integration.ts';
import { fakeActivities, imported } from '../../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../../support/time-skipping.ts';
import { until } from '../../support/until.ts';
import { chainOfRuns } from './chain-of-runs.ts';
import { checkedBundle } from './checked-bundle.ts';

/**
 * Few, so that a short history crosses into new runs several times; enough for a scan to end in the run that began it:
 * the test server skips no more time once a child has outlived its parent's run.
 */
const EVENTS_OF_A_RUN = 120;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('told'), conversations: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('time'), minutes: fc.integer({ min: 1, max: 240 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'rescan', 'refused', 'revoked') }) },
) as fc.Arbitrary<{ kind: string; conversations?: number; minutes?: number }>;

/** Everything once, whatever chance brings. */
const EVERYTHING = [
  { kind: 'told', conversations: 40 },
  { kind: 'time', minutes: 200 },
  { kind: 'revoked' },
  { kind: 'told', conversations: 5 },
  { kind: 'rescan' },
  { kind: 'pause' },
  { kind: 'time', minutes: 60 },
  { kind: 'resume' },
  { kind: 'refused' },
  { kind: 'time', minutes: 100 },
];

describe('what an integration remembers', function () {
  this.timeout(300_000);
  const env = useTimeSkipping();

  /** Lives through some steps. @returns its runs, what it was told of, and what it read */
  async function live(steps: readonly { kind: string; conversations?: number; minutes?: number }[]) {
    let revoked = false;
    let lastId = 0;
    let tokenVersion = 0;
    const read = new Set<number>();
    const issue = async () => {
      tokenVersion += 1;
      return { tokenVersion, expiresAtMs: (await env.currentTimeMs()) + 172_800_000 };
    };
    const { activities, callsOf } = fakeActivities(() => env.currentTimeMs(), {
      connectAccount: async () => ({
        account: { userId: 501, companyId: 9, name: 'Ada Moor', email: 'ada@acme.example' },
        mailboxes: [{ mailboxId: 310, name: 'Support', email: 'a@b.example' }],
        token: await issue(),
      }),
      refreshToken: async () => {
        if (revoked) throw ApplicationFailure.nonRetryable('refused', 'authenticationFailed');
        return issue();
      },
      importConversations: async (_scope, { conversationIds }) => {
        for (const id of conversationIds) read.add(id);
        return imported(conversationIds);
      },
    });
    const integrationId = randomUUID();
    const workflowId = integrationWorkflowId(integrationId);
    const settings = {
      ...{ scanWindowDays: 90, quietMs: 30_000, quietMaxMs: 120_000, reconcileMs: 3_600_000 },
      maxHistoryEvents: EVENTS_OF_A_RUN,
    };
    const runs = await withWorkers(
      env,
      activities,
      async () => {
        const { firstExecutionRunId } = await env.client.workflow.start<typeof integration>('integration', {
          ...{ workflowId, taskQueue: TASK_QUEUE },
          args: [{ organizationId: 'org', integrationId, settings }],
        });
        const handle = env.client.workflow.getHandle<typeof integration>(workflowId);
        // As pages show it: a query that meets the end of a run would keep the test server from skipping time.
        const state = () => {
          const shown = callsOf('saveIntegration').at(-1)?.args[1] as { state: string } | undefined;
          return shown?.state ?? 'connecting';
        };
        const reaches = (...states: string[]) => until(() => states.includes(state()), { what: states.join(' or ') });
        const isYoung = async () => (await handle.describe()).historyLength < EVENTS_OF_A_RUN / 2;
        const reconnect = async () => {
          revoked = false;
          await handle.executeUpdate(reauthorizedUpdate);
        };
        await handle.executeUpdate(connectUpdate);
        await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
        await reaches('live');
        for (const { kind, conversations = 0, minutes = 0 } of steps) {
          const now = state();
          if (kind === 'told') {
            const events = Array.from({ length: conversations }, () => {
              lastId += 1;
              return { event: 'convo.created', conversationId: lastId, receivedAtMs: 0 };
            });
            await handle.signal(helpScoutEventsSignal, events);
          }
          if (kind === 'time') await env.sleep(minutes * 60_000);
          if (kind === 'pause' && now === 'live') await handle.executeUpdate(pauseUpdate);
          if (kind === 'resume' && now === 'paused') await handle.executeUpdate(resumeUpdate);
          if (kind === 'rescan' && now === 'live' && (await isYoung())) {
            await handle.executeUpdate(rescanUpdate);
            await reaches('live');
          }
          if (kind === 'refused') await handle.signal(tokenRejectedSignal, { tokenVersion });
          if (kind === 'revoked' && now === 'live') {
            revoked = true;
            await handle.signal(tokenRejectedSignal, { tokenVersion });
            await reaches('needsReauthorization');
            await env.sleep('3 hours');
            await reconnect();
          }
        }
        if (state() === 'paused') await handle.executeUpdate(resumeUpdate);
        await env.sleep('1 hour');
        await reaches('live');
        await until(() => read.size === lastId, { what: 'every conversation' });
        await handle.executeUpdate(disconnectUpdate);
        await handle.result();
        return chainOfRuns(env.client, workflowId, firstExecutionRunId);
      },
      checkedBundle(),
    );
    const named = (name: 'importConversations' | 'recordIntegrationEvent', field: string) =>
      callsOf(name).map(({ args }) => String((args[1] as Record<string, unknown>)[field]));
    return {
      runs,
      batchIds: named('importConversations', 'batchId'),
      eventIds: named('recordIntegrationEvent', 'eventId'),
    };
  }

  it('is the same after going on as a new run as before, whatever happened', async () => {
    let crossings = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 7 }), async (steps) => {
        const { runs, batchIds, eventIds } = await live(steps);
        for (const [index, { handedOver }] of runs.slice(0, -1).entries()) {
          assert.deepEqual(runs[index + 1]?.input, handedOver);
          crossings += 1;
        }
        // Counters go on: a name that came again would settle another one's row.
        assert.equal(new Set(batchIds).size, batchIds.length);
        assert.equal(new Set(eventIds).size, eventIds.length);
      }),
      { numRuns: Number(process.env.HISTORIES ?? 3), seed: 7, endOnFailure: true, examples: [[EVERYTHING]] },
    );
    assert(crossings > 0);
  });
});
