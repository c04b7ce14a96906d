import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addPending,
  dueAtMs,
  nextDueAtMs,
  type PendingConversation,
  takeDue,
} from '../../src/domain/pending-conversations.ts';

const quiet = { quietMs: 30_000, quietMaxMs: 120_000 };
const events = fc.array(
  fc.record({ id: fc.integer({ min: 1, max: 8 }), afterMs: fc.integer({ min: 0, max: 60_000 }) }),
);

/** Adds events at their times; each is `afterMs` after the one before. */
function arrive(list: { id: number; afterMs: number }[]): { pending: PendingConversation[]; nowMs: number } {
  let nowMs = 0;
  let pending: PendingConversation[] = [];
  for (const { id, afterMs } of list) {
    nowMs += afterMs;
    pending = addPending(pending, [id], nowMs);
  }
  return { pending, nowMs };
}

describe('pending conversations', () => {
  it('hold each conversation once, and none is lost', () => {
    fc.assert(
      fc.property(events, (list) => {
        const ids = arrive(list).pending.map(({ conversationId }) => conversationId);
        assert.deepEqual([...ids].sort(), [...new Set(list.map(({ id }) => id))].sort());
      }),
    );
  });

  it('are due after the quiet time, and never later than the longest wait', () => {
    fc.assert(
      fc.property(events, (list) => {
        for (const item of arrive(list).pending) {
          assert(dueAtMs(item, quiet) <= item.firstAtMs + quiet.quietMaxMs);
          assert(dueAtMs(item, quiet) <= item.lastAtMs + quiet.quietMs);
        }
      }),
    );
  });

  it('are split into due and rest without losing or repeating any, whatever the limit', () => {
    fc.assert(
      fc.property(
        events,
        fc.integer({ min: 0, max: 300_000 }),
        fc.integer({ min: 1, max: 5 }),
        (list, laterMs, limit) => {
          const { pending, nowMs } = arrive(list);
          const { due, rest } = takeDue(pending, quiet, nowMs + laterMs, limit);
          assert.equal(due.length + rest.length, pending.length);
          assert(due.length <= limit);
          for (const item of due) assert(dueAtMs(item, quiet) <= nowMs + laterMs && !rest.includes(item));
        },
      ),
    );
  });

  it('tell when the next one is due', () => {
    assert.equal(nextDueAtMs([], quiet), null);
    assert.equal(nextDueAtMs(addPending([], [1], 1000), quiet), 31_000);
  });
});
