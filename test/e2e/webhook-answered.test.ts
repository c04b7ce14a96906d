import assert from 'node:assert/strict';
import { killAfterAnswers } from './webhook-answered.ts';

/** As many as a moment allows; 200: webhook-answered.long.ts. */
const TIMES = 5;

describe('a webhook that was answered', function () {
  this.timeout(300_000);

  it('is never lost, though the web app is killed right after the answer', async () => {
    const seen = await killAfterAnswers({ times: TIMES, timeoutMs: 120_000 });
    const once = { answered: TIMES, processed: TIMES, rows: TIMES };
    assert.deepEqual(seen, { ...once, again: { rows: TIMES, revisions: [1] } });
  });
});
