import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  connectUpdate,
  disconnectUpdate,
  helpScoutEventsSignal,
  integrationStatusQuery,
  integrationWorkflowId,
  selectMailboxesUpdate,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { integration } from '../../src/workflows/integration.ts';
import { fakeActivities, imported } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 3_600_000;
const CONVERSATIONS = 120;
const PER_GROUP = 25;

describe('conversations that wait for another day’s money', function () {
  this.timeout(120_000);
  const env = useTimeSkipping();

  it('are kept outside the workflow, looked at once an hour, and classified when there is money', async () => {
    const nowMs = () => env.currentTimeMs();
    let hasMoney = false;
    const classified = new Set<number>();
    const waiting: { batchId: string; conversationId: number }[] = [];
    const fake = fakeActivities(nowMs, {
      importConversations: async (_scope, { conversationIds }) => imported(conversationIds),
      classifyConversations: async (_scope, { conversationIds }) => {
        if (!hasMoney) return { log: [], left: conversationIds, waitMs: HOUR_MS };
        for (const id of conversationIds) classified.add(id);
        return { log: [] };
      },
      keepWaiting: async (_scope, { batch: { batchId }, conversationIds }) => {
        waiting.push(...conversationIds.map((conversationId) => ({ batchId, conversationId })));
        return waiting.length;
      },
      nextWaiting: async () => {
        const batchId = waiting[0]?.batchId;
        if (batchId === undefined) return null;
        const group = waiting.filter((one) => one.batchId === batchId).slice(0, PER_GROUP);
        const conversationIds = group.map(({ conversationId }) => conversationId);
        return { batch: { batchId, workflowId: 'workflow' }, conversationIds };
      },
      endWaiting: async (_scope, { batch: { batchId }, conversationIds }) => {
        for (const conversationId of conversationIds) {
          const at = waiting.findIndex((one) => one.batchId === batchId && one.conversationId === conversationId);
          if (at >= 0) waiting.splice(at, 1);
        }
        return waiting.length;
      },
    });
    await withWorkers(env, fake.activities, async () => {
      const integrationId = randomUUID();
      const settings = { scanWindowDays: 90, quietMs: 1_000, quietMaxMs: 3_000, reconcileMs: 48 * HOUR_MS };
      const handle = await env.client.workflow.start<typeof integration>('integration', {
        workflowId: integrationWorkflowId(integrationId),
        taskQueue: TASK_QUEUE,
        // A short history: the backlog outlives several runs of the workflow.
        args: [{ organizationId: 'org', integrationId, settings: { ...settings, maxHistoryEvents: 150 } }],
      });
      await handle.executeUpdate(connectUpdate);
      await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
      await until(async () => (await handle.query(integrationStatusQuery)).state === 'live');
      const ids = Array.from({ length: CONVERSATIONS }, (_, index) => index + 1);
      await handle.signal(
        helpScoutEventsSignal,
        ids.map((conversationId) => ({ event: 'convo.created', conversationId, receivedAtMs: 0 })),
      );
      await env.sleep('10 minutes');
      assert.equal(waiting.length, CONVERSATIONS);
      const before = fake.callsOf('classifyConversations').length;
      await env.sleep('5 hours');
      assert.equal(waiting.length, CONVERSATIONS);
      const looks = fake.callsOf('classifyConversations').length - before;
      assert.ok(looks >= 4 && looks <= 6, `${looks} looks in five hours`);
      hasMoney = true;
      await env.sleep('2 hours');
      assert.equal(classified.size, CONVERSATIONS);
      assert.equal(waiting.length, 0);
      await handle.executeUpdate(disconnectUpdate);
      await handle.result();
    });
  });
});
