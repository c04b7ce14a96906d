import assert from 'node:assert/strict';
import { surviveSubmissions } from './submissions-survive.ts';

describe('submissions to a contact form', function () {
  this.timeout(300_000);

  it('become one ticket each, though answers are lost and api and worker are killed', async () => {
    const wish = { submissions: 15, duplicates: 3 };
    const seen = await surviveSubmissions({ ...wish, kills: 1, timeoutMs: 200_000 });
    assert.deepEqual([seen.created, seen.held], [wish.submissions, wish.duplicates]);
    assert.deepEqual([seen.written, seen.autoReplies], [wish.submissions, wish.submissions]);
    assert.deepEqual([seen.success, seen.skipped], [wish.submissions, wish.duplicates]);
  });
});
