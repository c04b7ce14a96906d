import assert from 'node:assert/strict';
import { surviveSubmissions } from './submissions-survive.ts';

/** Of all submissions; fewer for a quick look. */
const TOTAL = Number(process.env.SUBMISSIONS ?? 5_000);

describe(`${TOTAL} submissions to a contact form`, function () {
  this.timeout(3_600_000);

  it('become one ticket each, though answers are lost and api and worker are killed ten times', async () => {
    const duplicates = TOTAL / 50;
    const wish = { submissions: TOTAL - duplicates, duplicates };
    const seen = await surviveSubmissions({ ...wish, kills: 10, timeoutMs: 3_000_000 });
    console.log(JSON.stringify(seen));
    assert.deepEqual([seen.created, seen.held], [wish.submissions, wish.duplicates]);
    assert.deepEqual([seen.written, seen.autoReplies], [wish.submissions, wish.submissions]);
    assert.deepEqual([seen.success, seen.skipped], [wish.submissions, wish.duplicates]);
    assert(seen.lost > TOTAL / 50, 'answers were lost');
  });
});
