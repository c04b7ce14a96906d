import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { testServerPath } from '../../support/servers.ts';
import { startTimeSkipping } from '../../support/time-skipping.ts';
import { HOUR_MS, simulateYear } from './simulated-year.ts';
import { checkYear } from './year.ts';

const YEAR = {
  days: 365,
  everyHours: 1,
  reconcileMs: HOUR_MS,
  revoked: [60, 180, 300],
  down: [100, 220],
  downHours: 24,
  mailboxDeleted: 250,
  noticedHours: 48,
};

describe('a year in the life of an integration', function () {
  this.timeout(3_600_000);
  let env: TestWorkflowEnvironment;
  before(async () => {
    env = await startTimeSkipping(await testServerPath());
  });
  after(async () => {
    await env?.teardown();
  });

  it('passes without a conversation lost, a timer drifting or a state changed on its way to the next run', async () => {
    const year = await simulateYear(env, YEAR);
    console.log(checkYear(year));
    assert(year.runs.length > 10, `${year.runs.length} runs`);
  });
});
