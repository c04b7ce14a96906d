import assert from 'node:assert/strict';
import { killAfterAnswers } from './webhook-answered.ts';

/** Kills; fewer for a quick look. */
const TIMES = Number(process.env.KILLS ?? 200);

describe(`${TIMES} webhooks that were answered`, function () {
  this.timeout(3_600_000);

  it('are all processed, each once, though the web app is killed right after every answer', async () => {
    const seen = await killAfterAnswers({ times: TIMES, timeoutMs: 600_000 });
    console.log(JSON.stringify(seen));
    const once = { answered: TIMES, processed: TIMES, rows: TIMES };
    assert.deepEqual(seen, { ...once, again: { rows: TIMES, revisions: [1] } });
  });
});
