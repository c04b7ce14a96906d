import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { dismissPattern, relabelPattern, snoozePattern } from '../../src/api/commands/patterns/label-pattern.ts';
import { keepApart, mergePatterns } from '../../src/api/commands/patterns/merge-patterns.ts';
import { moveConversation, splitPattern } from '../../src/api/commands/patterns/split-pattern.ts';
import { undoChange } from '../../src/api/commands/patterns/undo-change.ts';
import { RequestProblem } from '../../src/api/errors.ts';
import { useStorage } from '../support/storage.ts';
import { createPeopleAndRuns, member, type PeopleAndRuns } from './patterns/people-and-runs.ts';
import { playHistory, randomSteps } from './patterns/random-history.ts';

const refusedWith = (code: string) => (error: unknown) =>
  error instanceof RequestProblem && error.problem.code === code;

describe('people’s decisions about patterns', function () {
  this.timeout(30_000);
  const storage = useStorage();
  let here: PeopleAndRuns;

  /** Two patterns: 1, 2, 3 about exports, 4, 5 about invoices. */
  beforeEach(async () => {
    here = createPeopleAndRuns(storage, randomUUID());
    for (const id of [1, 2, 3]) await here.run(id, 'export');
    for (const id of [4, 5]) await here.run(id, 'invoice');
  });

  const groups = async () => [...(await here.membership()).values()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  const merge = (options = {}) =>
    mergePatterns(here.deps, here.decider(), { patternId: 'i1-4', into: 'i1-1', ...options });
  const split = (ids: number[], to: string | null = null) =>
    splitPattern(here.deps, here.decider(), { patternId: 'i1-1', members: ids.map(member), to });
  const undo = (changeId: string) => undoChange(here.deps, { ...here.decider(), by: 'bob@acme.example' }, changeId);

  it('merges for good: later messages join what was merged into, and both counts are right', async () => {
    await merge();
    await here.run(6, 'invoice');
    assert.deepEqual(await groups(), [[1, 2, 3, 4, 5, 6]]);
    assert.equal((await here.pattern('i1-4')).patternId, 'i1-1');
    assert.equal((await storage.patterns.get(here.organizationId, 'i1-1'))?.customers, 6);
    const merged = await storage.patterns.get(here.organizationId, 'i1-4');
    assert.deepEqual([merged?.conversations, merged?.decided.mergedInto], [0, 'i1-1']);
  });

  it('takes a merge back: what was moved returns', async () => {
    const { decisionId } = await merge();
    await undo(decisionId);
    assert.deepEqual(await groups(), [
      [1, 2, 3],
      [4, 5],
    ]);
    assert.equal((await storage.patterns.get(here.organizationId, 'i1-4'))?.conversations, 2);
    await assert.rejects(undo(decisionId), refusedWith('alreadyUndone'));
  });

  it('splits: those that were chosen leave, and neither a run nor a merge brings them together again', async () => {
    const { change } = await split([2, 3]);
    assert.ok(change.kind === 'split');
    assert.deepEqual(await groups(), [[1], [2, 3], [4, 5]]);
    await here.run(2, 'export', { forgets: true });
    assert.deepEqual(await groups(), [[1], [2, 3], [4, 5]]);
    assert.deepEqual(await storage.patternLinks.cannotLink(here.organizationId, 'i1', [change.to]), [
      ['i1-1', change.to],
    ]);
    const again = { patternId: change.to, into: 'i1-1' };
    await assert.rejects(mergePatterns(here.deps, here.decider(), again), refusedWith('keptApart'));
    const { decisionId } = await mergePatterns(here.deps, here.decider(), { ...again, despite: true });
    assert.deepEqual(await groups(), [
      [1, 2, 3],
      [4, 5],
    ]);
    await undo(decisionId);
    assert.equal((await storage.patternLinks.cannotLink(here.organizationId, 'i1', ['i1-1'])).length, 1);
  });

  it('takes a split back, with what joined the new pattern meanwhile', async () => {
    const { decisionId, change } = await split([3]);
    assert.ok(change.kind === 'split');
    const moved = { patternId: 'i1-4', member: member(5), to: change.to };
    await moveConversation(here.deps, here.decider(), moved);
    assert.deepEqual(await groups(), [[1, 2], [3, 5], [4]]);
    await undo(decisionId);
    assert.deepEqual(await groups(), [[1, 2, 3, 5], [4]]);
  });

  it('moves one conversation where no run moves it, through merges too', async () => {
    await moveConversation(here.deps, here.decider(), { patternId: 'i1-1', member: member(3), to: 'i1-4' });
    await here.run(3, 'export', { forgets: true });
    assert.deepEqual(await groups(), [
      [1, 2],
      [3, 4, 5],
    ]);
    await here.run(6, 'login');
    await mergePatterns(here.deps, here.decider(), { patternId: 'i1-4', into: 'i1-6' });
    await here.run(3, 'export', { forgets: true });
    assert.deepEqual(await groups(), [
      [1, 2],
      [3, 4, 5, 6],
    ]);
  });

  it('refuses to split what is not there, nothing, or all of it', async () => {
    await assert.rejects(split([4]), refusedWith('notInPattern'));
    await assert.rejects(split([]), refusedWith('notInPattern'));
    await assert.rejects(split([1, 2, 3]), refusedWith('nothingLeft'));
    await assert.rejects(merge({ into: 'i1-4' }), refusedWith('samePattern'));
    await assert.rejects(merge({ into: 'nobody' }), refusedWith('notFound'));
  });

  it('keeps a person’s title and category through later runs, until it is taken back', async () => {
    const { organizationId } = here;
    const computed = (await storage.patterns.get(organizationId, 'i1-1'))?.title;
    const label = { patternId: 'i1-1', title: ' Export  stops ', category: 'feature' } as const;
    const { decisionId } = await relabelPattern(here.deps, here.decider(), label);
    await here.run(7, 'export');
    const pattern = await storage.patterns.get(organizationId, 'i1-1');
    assert.deepEqual([pattern?.title, pattern?.category], ['Export stops', 'feature']);
    assert.equal((await storage.patterns.list(organizationId, { category: 'feature' })).length, 1);
    await undo(decisionId);
    assert.equal((await storage.patterns.get(organizationId, 'i1-1'))?.title, computed);
  });

  it('dismisses with a reason, and snoozes until there are so many more', async () => {
    const { organizationId } = here;
    const listed = async (state: 'open' | 'snoozed' | 'dismissed') =>
      (await storage.patterns.list(organizationId, { state })).map(({ patternId }) => patternId).sort();
    await assert.rejects(dismissPattern(here.deps, here.decider(''), 'i1-1'), refusedWith('reasonMissing'));
    const { decisionId } = await dismissPattern(here.deps, here.decider('spam'), 'i1-1');
    await snoozePattern(here.deps, here.decider(), { patternId: 'i1-4', more: 2 });
    assert.deepEqual(
      [await listed('open'), await listed('snoozed'), await listed('dismissed')],
      [[], ['i1-4'], ['i1-1']],
    );
    await here.run(6, 'invoice');
    await undo(decisionId);
    assert.deepEqual([await listed('open'), await listed('snoozed')], [['i1-1'], ['i1-4']]);
    await here.run(7, 'invoice');
    assert.deepEqual([await listed('open'), await listed('snoozed')], [['i1-1', 'i1-4'], []]);
  });

  it('keeps apart what an automatic run had joined and a person took back', async () => {
    const { organizationId, integrationId } = here;
    await storage.patternDecisions.add(organizationId, {
      ...{ decisionId: `join-${organizationId}`, integrationId, at: new Date(), by: null, reason: 'similarity 0.71' },
      change: { kind: 'merge', from: 'i1-4', into: 'i1-1' },
    });
    await here.settle();
    assert.deepEqual(await groups(), [[1, 2, 3, 4, 5]]);
    await undo(`join-${organizationId}`);
    assert.deepEqual(await groups(), [
      [1, 2, 3],
      [4, 5],
    ]);
    await assert.rejects(merge(), refusedWith('keptApart'));
  });

  it('says who did what, with the reason, on both sides', async () => {
    await keepApart(here.deps, here.decider('other product'), { patternId: 'i1-1', other: 'i1-4' });
    for (const patternId of ['i1-1', 'i1-4']) {
      const [newest] = await storage.patternDecisions.ofPatterns(here.organizationId, [patternId]);
      assert.deepEqual(
        [newest?.by, newest?.reason, newest?.change.kind],
        ['ann@acme.example', 'other product', 'apart'],
      );
    }
    assert.deepEqual([...(await storage.patternLinks.touched(here.organizationId, ['i1-1']))], ['i1-1']);
  });

  it('holds what a run stored late: it began before the merge', async () => {
    await here.run(6, 'invoice', { meanwhile: async () => void (await merge()) });
    assert.deepEqual(await groups(), [[1, 2, 3, 4, 5, 6]]);
  });

  it('is one pattern when two people merge the same two in opposite directions at once', async () => {
    await Promise.allSettled([merge(), mergePatterns(here.deps, here.decider(), { patternId: 'i1-1', into: 'i1-4' })]);
    assert.equal((await here.membership()).size, 1);
  });

  it('hold over random histories of arrivals, decisions, undos, runs and crashes', async function () {
    this.timeout(120_000);
    let decisions = 0;
    await fc.assert(
      fc.asyncProperty(randomSteps(12), async (steps) => {
        decisions += await playHistory(storage, steps);
      }),
      { numRuns: 2 },
    );
    assert.ok(decisions > 4, `only ${decisions} decisions`);
  });
});
