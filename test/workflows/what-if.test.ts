import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../src/activities/index.ts';
import {
  SWITCH_EDITION_WORKFLOW,
  type SwitchEditionInput,
  stopWhatIfSignal,
  TASK_QUEUE,
  WHAT_IF_WORKFLOW,
  type WhatIfInput,
  type WhatIfStep,
} from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const HOUR_MS = 3_600_000;

describe('the workflows of a what-if', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const input: WhatIfInput = { organizationId: 'org', whatIfId: 'w1' };
  async function run<I extends WhatIfInput>(type: string, args: [I], overrides: Partial<Activities>, stop = false) {
    const fake = fakeActivities(() => env.currentTimeMs(), overrides);
    const result: unknown = await withWorkers(env, fake.activities, async () => {
      const handle = await env.client.workflow.start(type, { workflowId: randomUUID(), taskQueue: TASK_QUEUE, args });
      if (stop) await handle.signal(stopWhatIfSignal);
      return handle.result();
    });
    return { result, fake };
  }

  it('goes on part by part, and waits at the cost cap', async () => {
    const steps: WhatIfStep[] = [{ more: true }, { more: true, waitMs: HOUR_MS }, { more: true }, { more: false }];
    const { fake } = await run(WHAT_IF_WORKFLOW, [input], { runWhatIf: async () => steps.shift() ?? { more: false } });
    const calls = fake.callsOf('runWhatIf');
    assert.equal(calls.length, 4);
    assert.deepEqual(calls[0]?.args, [input]);
    assert.ok((calls[2]?.atMs ?? 0) - (calls[1]?.atMs ?? 0) >= HOUR_MS);
  });

  it('does not wait for the next day once somebody has stopped it', async () => {
    const endless = { runWhatIf: async () => ({ more: true, waitMs: 10 * HOUR_MS }) };
    const { fake } = await run(WHAT_IF_WORKFLOW, [input], endless, true);
    // Whoever is asked always has more: only a stop ends it.
    assert.ok(fake.callsOf('runWhatIf').length <= 2);
  });

  it('says that it failed when the classifier fails for good', async () => {
    const { fake } = await run(WHAT_IF_WORKFLOW, [input], {
      runWhatIf: async () => {
        throw ApplicationFailure.nonRetryable('no key');
      },
    });
    assert.deepEqual(fake.callsOf('failWhatIf').at(0)?.args, [input]);
  });

  it('publishes aside, then in one step, then carries over what was written meanwhile', async () => {
    const publish: SwitchEditionInput = { ...input, step: 'publish', by: 'ada' };
    const { result, fake } = await run(SWITCH_EDITION_WORKFLOW, [publish], {});
    assert.deepEqual(result, { done: true });
    const calls = fake.calls.filter(({ name }) => name.endsWith('Edition'));
    assert.deepEqual(
      calls.map(({ name }) => name),
      ['prepareEdition', 'putEdition', 'settleEdition'],
    );
    assert.ok((calls[2]?.atMs ?? 0) - (calls[1]?.atMs ?? 0) >= 2_000);
    const undo = await run(SWITCH_EDITION_WORKFLOW, [{ ...publish, step: 'undo' }], {});
    assert.equal(undo.fake.callsOf('prepareEdition').length, 0);
  });

  it('leaves everything as it was when it cannot be published', async () => {
    const { result, fake } = await run(SWITCH_EDITION_WORKFLOW, [{ ...input, step: 'publish', by: 'ada' } as const], {
      prepareEdition: async () => {
        throw ApplicationFailure.nonRetryable('stale');
      },
    });
    assert.deepEqual(result, { done: false });
    assert.equal(fake.callsOf('failEdition').length, 1);
    assert.equal(fake.callsOf('putEdition').length, 0);
  });
});
