import assert from 'node:assert/strict';
import { createEventBatcher } from '../../src/api/webhooks/event-batcher.ts';
import type { HelpScoutEvent } from '../../src/workflows/contract.ts';

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
