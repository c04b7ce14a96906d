import assert from 'node:assert/strict';
import { surviveSubmissions } from './submissions-survive.ts';

describe('5,000 submissions to a contact form', function () {
  this.timeout(3_600_000);

  it('become one ticket each, though answers are lost and api and worker are killed ten times', async () => {
    const wish = { submissions: 4_900, duplicates: 100 };
    const seen = await surviveSubmissions({ ...wish, kills: 10, timeoutMs: 3_000_000 });
    console.log(JSON.stringify(seen));
    assert.deepEqual([seen.created, seen.held], [wish.submissions, wish.duplicates]);
    assert.deepEqual([seen.written, seen.autoReplies], [wish.submissions, wish.submissions]);
    assert.deepEqual([seen.success, seen.skipped], [wish.submissions, wish.duplicates]);
    assert(seen.lost > 100, 'answers were lost');
  });
});
