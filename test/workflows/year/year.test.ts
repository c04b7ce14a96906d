import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { testServerPath } from '../../support/servers.ts';
import { startTimeSkipping } from '../../support/time-skipping.ts';
import { simulateYear } from './simulated-year.ts';
import { checkYear } from './year.ts';

/** A fortnight has everything once that the year of year.long.ts has more often. */
const FORTNIGHT = {
  days: 14,
  reconcileMs: 6 * 3_600_000,
  revoked: [4],
  down: [8],
  downHours: 3,
  mailboxDeleted: 10,
  noticedHours: 2,
};

describe('two weeks in the life of an integration', function () {
  this.timeout(300_000);
  let env: TestWorkflowEnvironment;
  before(async () => {
    env = await startTimeSkipping(await testServerPath());
  });
  after(async () => {
    await env?.teardown();
  });

  it('pass without a conversation lost, a timer drifting or a state changed on its way to the next run', async () => {
    console.log(checkYear(await simulateYear(env, FORTNIGHT)));
  });
});
