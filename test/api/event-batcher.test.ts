import assert from 'node:assert/strict';
import { createEventBatcher } from '../../src/api/webhooks/event-batcher.ts';
import type { HelpScoutEvent } from '../../src/workflows/contract.ts';
import { until } from '../support/until.ts';

const after = (ms: number) => {
  const at = performance.now() + ms;
  return () => performance.now() > at;
};
const event = (conversationId: number): HelpScoutEvent => ({ event: 'convo.created', conversationId, receivedAtMs: 0 });

describe('event batcher', () => {
  it('makes one batch of what comes at once, apart for each integration', async () => {
    const delivered: [string, number[]][] = [];
    const batcher = createEventBatcher({
      deliver: async (id, events) => void delivered.push([id, events.map(({ conversationId }) => conversationId)]),
    });
    await Promise.all([batcher.add('a', event(1)), batcher.add('b', event(2)), batcher.add('a', event(3))]);
    await batcher.add('a', event(4));
    assert.deepEqual(delivered.sort(), [
      ['a', [1, 3]],
      ['a', [4]],
      ['b', [2]],
    ]);
  });

  it('tells everybody of a batch when it could not be handed over, and goes on', async () => {
    let down = true;
    const batcher = createEventBatcher({
      deliver: async () => {
        if (down) throw new Error('down');
      },
    });
    const results = await Promise.allSettled([batcher.add('a', event(1)), batcher.add('a', event(2))]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    down = false;
    await batcher.add('a', event(1));
  });

  it('gathers for as long as an earlier signal is under way, so that a slow server gets few', async () => {
    const sizes: number[] = [];
    let answer = () => {};
    const batcher = createEventBatcher({
      async deliver(_id, events) {
        sizes.push(events.length);
        if (sizes.length === 1) await new Promise<void>((resolve) => (answer = resolve));
      },
    });
    const first = batcher.add('a', event(1));
    await until(() => sizes.length === 1);
    const later: Promise<void>[] = [];
    for (let n = 2; n <= 9; n += 1) {
      later.push(batcher.add('a', event(n)));
      // Longer apart than is gathered otherwise.
      await until(after(15));
    }
    assert.deepEqual(sizes, [1]);
    answer();
    await Promise.all([first, ...later]);
    assert.deepEqual(sizes, [1, 8]);
  });

  it('keeps a batch below its largest size', async () => {
    const sizes: number[] = [];
    const batcher = createEventBatcher({ deliver: async (_id, events) => void sizes.push(events.length) });
    await Promise.all(Array.from({ length: 1200 }, (_, n) => batcher.add('a', event(n))));
    assert.deepEqual(
      sizes.sort((a, b) => b - a),
      [500, 500, 200],
    );
  });

  it('hands over what is gathered when it is flushed, and waits for it', async () => {
    let held = false;
    const batcher = createEventBatcher({
      deliver: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        held = true;
      },
    });
    void batcher.add('a', event(1));
    await batcher.flush();
    assert.equal(held, true);
  });
});
