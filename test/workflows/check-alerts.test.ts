import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  connectUpdate,
  disconnectUpdate,
  integrationWorkflowId,
  pauseUpdate,
  SCHEDULED,
  selectMailboxesUpdate,
  TASK_QUEUE,
  testConnectionUpdate,
} from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

describe('watching over the connection', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const nowMs = () => env.currentTimeMs();

  it('reads Help Scout’s status and checks the alert rules, by a schedule of that name', async () => {
    assert.ok('checkAlerts' in SCHEDULED);
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, () =>
      env.client.workflow.execute('checkAlerts', { workflowId: randomUUID(), taskQueue: TASK_QUEUE, args: [] }),
    );
    assert.deepEqual(
      fake.calls.map(({ name }) => name),
      ['readHelpScoutStatus', 'checkAlerts'],
    );
  });

  it('tests the connection also while it is paused, and not before there is one', async () => {
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, async () => {
      const integrationId = randomUUID();
      const settings = { scanWindowDays: 90, quietMs: 30_000, quietMaxMs: 120_000, reconcileMs: 900_000 };
      const handle = await env.client.workflow.start('integration', {
        workflowId: integrationWorkflowId(integrationId),
        taskQueue: TASK_QUEUE,
        args: [{ organizationId: 'org', integrationId, settings }],
      });
      const test = () => handle.executeUpdate(testConnectionUpdate, { args: [{ by: 'ada@acme.example' }] });
      await assert.rejects(test());
      await handle.executeUpdate(connectUpdate);
      assert.equal((await test()).by, 'ada@acme.example');
      await handle.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [310] }] });
      await handle.executeUpdate(pauseUpdate);
      await test();
      await handle.executeUpdate(disconnectUpdate);
      await handle.result();
    });
    assert.deepEqual(
      fake.callsOf('testConnection').map(({ args }) => args[1]),
      [{ by: 'ada@acme.example' }, { by: 'ada@acme.example' }],
    );
  });
});
