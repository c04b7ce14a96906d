import assert from 'node:assert/strict';
import { createRecent } from '../../src/storage/recent.ts';

describe('what a process keeps for a while', () => {
  it('forgets what was set longest ago, once there is too much', () => {
    const recent = createRecent<number>(2);
    recent.set('a', 1);
    recent.set('b', 2);
    recent.set('a', 3);
    recent.set('c', 4);
    assert.deepEqual(['a', 'b', 'c'].map(recent.get), [3, undefined, 4]);
    recent.delete('a');
    recent.set('d', 5);
    assert.deepEqual(['a', 'c', 'd'].map(recent.get), [undefined, 4, 5]);
  });
});
