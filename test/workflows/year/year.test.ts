import assert from 'node:assert/strict';
import { useTimeSkipping } from '../../support/time-skipping.ts';
import { simulateYear } from './simulated-year.ts';
import { checkYear } from './year.ts';

/** A week has everything once that the year of year.long.ts has more often. */
const WEEK = {
  days: 7,
  everyHours: 4,
  reconcileMs: 6 * 3_600_000,
  maxHistoryEvents: 300,
  revoked: [2],
  down: [4],
  downHours: 8,
  mailboxDeleted: 5,
  noticedHours: 8,
};

describe('a week in the life of an integration', function () {
  this.timeout(300_000);
  const env = useTimeSkipping();

  it('passes without a conversation lost, a timer drifting or a state changed on its way to the next run', async () => {
    const week = await simulateYear(env, WEEK);
    console.log(checkYear(week));
    assert(week.runs.length > 2, `${week.runs.length} runs`);
  });
});
