import assert from 'node:assert/strict';
import type { Row } from '../../src/classify/training/dataset.ts';
import { leaveOneOut } from '../../src/classify/training/leave-one-out.ts';

const row = (text: string, source: string, bucket: number): Row => ({
  text,
  subject: '',
  label: 'bug',
  source,
  bucket,
});

describe('leaving a source out', () => {
  it('judges all of its rows by a model that saw none of them', async function () {
    this.timeout(60_000);
    const rows = [
      // A word of this source alone, under another category: whoever trained on it would answer "question".
      ...Array.from({ length: 40 }, (_, n) => ({
        ...row(`The gizmo crashes with an error when I save, again ${'abcdefghij'.charAt(n % 10)}`, 'left', n * 2),
        label: 'question' as const,
      })),
      row('The gizmo stopped working and shows an error.', 'other', 3),
    ];
    for await (const { source, all, validation } of leaveOneOut(rows, ['left'])) {
      assert.equal(source, 'left');
      assert.equal(all.rows, 40);
      assert.equal(validation.rows, 0);
      assert.equal(all.accuracy, 0);
    }
  });
});
