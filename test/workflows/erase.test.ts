import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ERASE_WORKFLOW, type EraseInput, SETTLE_MS, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

describe('the workflow that erases', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();

  it('looks until nothing is found, waits until nothing can write any more, and looks again', async () => {
    const documents = [3, 1, 0, 2, 0];
    const histories = [
      { found: 2, left: 1 },
      { found: 0, left: 0 },
      { found: 0, left: 0 },
      { found: 1, left: 0 },
      { found: 0, left: 0 },
    ];
    const fake = fakeActivities(() => env.currentTimeMs(), {
      eraseDocuments: async () => ({ found: documents.shift() ?? 0 }),
      eraseHistories: async () => histories.shift() ?? { found: 0, left: 0 },
    });
    const input: EraseInput = { organizationId: 'org', erasureId: 'e', kind: 'customer', settleMs: SETTLE_MS };
    await withWorkers(env, fake.activities, async () => {
      await env.client.workflow.execute(ERASE_WORKFLOW, {
        ...{ workflowId: `erase:${randomUUID()}`, taskQueue: TASK_QUEUE, args: [input] },
      });
    });
    const names = fake.calls.map(({ name }) => name).filter((name) => /rasure|erase/.test(name));
    const look = ['eraseDocuments', 'eraseHistories'];
    const looks = (times: number) => Array.from({ length: times }, () => look).flat();
    assert.deepEqual(names, [
      ...['openErasure', ...looks(3), 'settleErasure'],
      ...['openErasure', ...looks(2), 'finishErasure'],
    ]);
    const [settled] = fake.callsOf('settleErasure');
    const [, opened] = fake.callsOf('openErasure');
    assert.ok((opened?.atMs ?? 0) - (settled?.atMs ?? 0) >= SETTLE_MS);
  });
});
