import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CoverageMark, figuresOf, mergeMarks } from '../../src/domain/coverage.ts';
import type { NewMark } from '../../src/storage/coverage.ts';
import { useStorage } from '../support/storage.ts';

const AT = new Date('2026-11-21T10:00:00Z');
const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
const mark = (conversationId: number, change: Partial<NewMark> = {}): NewMark => ({
  ...{ conversationId, day: '2026-11-21', toldAt: null, foundAt: null, readAt: AT, failedAt: null, delayMs: null },
  hours: [AT.getTime()],
  ...change,
});

describe('the coverage store', function () {
  this.timeout(60_000);
  const storage = useStorage();
  const note = (integrationId: string, marks: NewMark[], mailboxes: { mailboxId: number; changedAt: Date }[] = []) =>
    storage.coverage.note('org', integrationId, { marks, mailboxes, at: new Date() });

  it('counts a batch that is written again once', async () => {
    const batch = [mark(1, { toldAt: AT, delayMs: 5000 }), mark(2, { foundAt: AT, delayMs: 9000 }), mark(3)];
    await note('twice', batch);
    const first = await storage.coverage.day('org', 'twice', '2026-11-21');
    await note('twice', batch);
    await note('twice', batch.slice(1));
    assert.deepEqual(await storage.coverage.day('org', 'twice', '2026-11-21'), first);
    const { hours, ...sums } = first;
    assert.deepEqual(sums, { modified: 3, told: 1, missed: 1, silent: 1, unread: 0, worstDelayMs: 9000 });
    assert.deepEqual(hours, { [AT.getTime()]: 3 });
  });

  it('says what its marks say, also after sums of a day were kept', async () => {
    const time = fc.integer({ min: 0, max: 500 }).map(later);
    const maybe = fc.option(time, { nil: null });
    const aMark = fc.record({
      conversationId: fc.integer({ min: 1, max: 4 }),
      day: fc.constantFrom('2026-11-20', '2026-11-21'),
      toldAt: maybe,
      foundAt: maybe,
      readAt: maybe,
      failedAt: maybe,
      delayMs: fc.option(fc.nat({ max: 1000 }), { nil: null }),
      hours: fc.subarray([1, 2], { minLength: 1 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(aMark, { maxLength: 4 }), { maxLength: 4 }), async (batches) => {
        run += 1;
        const known = new Map<string, CoverageMark>();
        for (const batch of batches) {
          await note(`run-${run}`, batch);
          for (const { day, conversationId, ...learned } of batch) {
            const key = `${day}/${conversationId}`;
            const before = known.get(key);
            known.set(key, before ? mergeMarks(before, learned) : learned);
          }
          for (const day of ['2026-11-20', '2026-11-21']) {
            const marks = [...known].filter(([key]) => key.startsWith(day)).map(([, one]) => one);
            assert.deepEqual(await storage.coverage.day('org', `run-${run}`, day), figuresOf(marks));
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the newest time of a mailbox, since when it is hidden, and forgets that after a comparison', async () => {
    const { coverage } = storage;
    await note('boxes', [], [{ mailboxId: 310, changedAt: later(5) }]);
    await note('boxes', [], [{ mailboxId: 310, changedAt: later(2) }]);
    await coverage.noteMailboxes('org', 'boxes', {
      shown: [{ mailboxId: 310, name: 'Support' }],
      hidden: [{ mailboxId: 311, name: 'Sales' }],
      at: later(1),
    });
    await coverage.noteMailboxes('org', 'boxes', { shown: [], hidden: [{ mailboxId: 311 }], at: later(9) });
    const [support, sales] = await coverage.mailboxes('org', 'boxes');
    assert.deepEqual([support?.name, support?.changedAt, support?.hiddenSince], ['Support', later(5), null]);
    assert.deepEqual([sales?.name, sales?.changedAt, sales?.hiddenSince], ['Sales', null, later(1)]);
    const pass = { startedAt: later(20), since: later(0), endedAt: later(21), found: 2, mailboxIds: [310, 311] };
    await coverage.notePass('org', 'boxes', pass);
    const after = await coverage.mailboxes('org', 'boxes');
    assert.deepEqual(
      after.map(({ hiddenSince, passedAt }) => [hiddenSince, passedAt]),
      [
        [null, later(21)],
        [null, later(21)],
      ],
    );
    assert.equal((await coverage.watch('org', 'boxes')).pass?.found, 2);
    assert.deepEqual(await coverage.watch('org', 'other'), { pass: null, webhook: null });
  });

  it('counts what failed as not read until it is', async () => {
    await note('failed', [mark(1, { readAt: null, failedAt: AT })]);
    assert.equal((await storage.coverage.day('org', 'failed', '2026-11-21')).unread, 1);
    await storage.coverage.noteReadAtLast('org', 'failed', 1, later(3));
    assert.equal((await storage.coverage.day('org', 'failed', '2026-11-21')).unread, 0);
  });

  it('tells organizations apart', async () => {
    await note('shared', [mark(1)]);
    assert.deepEqual(await storage.coverage.days('other', 'shared', { from: '2026-11-01', to: '2026-11-30' }), []);
  });
});
