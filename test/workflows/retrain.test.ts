import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../src/activities/index.ts';
import { RETRAIN_WORKFLOW, type RetrainInput, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

describe('retraining', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const input: RetrainInput = { organizationId: 'org', version: 3 };
  async function run(overrides: Partial<Activities>) {
    const fake = fakeActivities(() => env.currentTimeMs(), overrides);
    const result: unknown = await withWorkers(env, fake.activities, () =>
      env.client.workflow.execute(RETRAIN_WORKFLOW, {
        workflowId: randomUUID(),
        taskQueue: TASK_QUEUE,
        args: [input],
      }),
    );
    return { result, fake };
  }

  it('trains, and says what became of it', async () => {
    const { result, fake } = await run({ trainOrganizationModel: async () => ({ state: 'rejected' }) });
    assert.deepEqual(result, { state: 'rejected' });
    assert.deepEqual(fake.callsOf('trainOrganizationModel').at(0)?.args, [input]);
    assert.equal(fake.callsOf('failTraining').length, 0);
  });

  it('notes that nothing came of it after three tries', async () => {
    const { result, fake } = await run({
      trainOrganizationModel: async () => {
        throw ApplicationFailure.create({ message: 'out of memory' });
      },
    });
    assert.deepEqual(result, { state: 'failed' });
    assert.equal(fake.callsOf('trainOrganizationModel').length, 3);
    assert.deepEqual(fake.callsOf('failTraining').at(0)?.args, [input]);
  });
});
