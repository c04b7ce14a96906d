import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { decidedChange, type RecordWish } from '../../src/domain/record-change.ts';
import { createOrUpdateRecords } from '../../src/storage/record-updates.ts';
import { settlePatterns } from '../../src/storage/settle-patterns.ts';
import { addReports, insightSettings, type ReportWish } from '../support/reports.ts';
import { useStorage } from '../support/storage.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const ADA = 'ada@acme.example';

describe('bug reports and feature requests from patterns', function () {
  this.timeout(60_000);
  const storage = useStorage();

  function organization() {
    const scope = { organizationId: randomUUID(), integrationId: randomUUID() };
    const { organizationId } = scope;
    const recordOf = (patternId: string) => storage.issueRecords.byPattern(organizationId, patternId);
    return {
      ...scope,
      recordOf,
      report: (patternId: string, reports: Partial<ReportWish>[], settings = insightSettings()) =>
        addReports(
          storage,
          { ...scope, patternId },
          reports.map((report, index) => ({ customer: `c${index}`, at: NOW, ...report })),
          { now: NOW, settings },
        ),
      async decide(patternId: string, wish: RecordWish) {
        const record = await recordOf(patternId);
        assert.ok(record);
        const changed = await storage.issueRecords.change(organizationId, record.recordId, (current) =>
          decidedChange(current, wish, { by: ADA, at: NOW, outcomeCheckDays: 14 }),
        );
        assert.ok(changed);
        return changed;
      },
      historyOf: async (patternId: string) =>
        storage.issueRecords.history(organizationId, (await recordOf(patternId))?.recordId ?? ''),
      async merge(from: string, into: string) {
        const decisionId = randomUUID();
        const { integrationId } = scope;
        const change = { kind: 'merge' as const, from, into };
        await storage.patternDecisions.add(organizationId, {
          ...{ decisionId, integrationId, at: NOW, by: ADA, reason: '', change },
        });
        return decisionId;
      },
      update: (...patternIds: string[]) =>
        createOrUpdateRecords(storage, organizationId, patternIds, insightSettings(), NOW),
    };
  }

  it('come by themselves with the second distinct customer, and say so', async () => {
    const { report, recordOf, historyOf } = organization();
    await report('p', [{ customer: 'ada' }, { customer: 'ada' }]);
    assert.equal(await recordOf('p'), null);
    await report('p', [{ customer: 'bob' }]);
    const record = await recordOf('p');
    assert.deepEqual([record?.kind, record?.number, record?.status], ['bug', 1, 'new']);
    const [entry] = await historyOf('p');
    assert.deepEqual([entry?.what, entry?.by, entry?.why], ['created', 'automatic', '2 customers wrote about it']);
  });

  it('are proposed first where a person is to approve them, and not again once rejected', async () => {
    const { organizationId, report, recordOf } = organization();
    const approval = insightSettings({ records: 'approval' });
    await report('p', [{}, {}], approval);
    assert.equal(await recordOf('p'), null);
    const [waiting] = await storage.recordProposals.list(organizationId, 'waiting', 10);
    assert.deepEqual([waiting?.patternId, waiting?.kind], ['p', 'bug']);
    await storage.recordProposals.rejected(organizationId, 'p', 'known', { by: ADA, at: NOW });
    await report('p', [{ customer: 'x' }, { customer: 'y' }], approval);
    await report('p', [{ customer: 'z' }]);
    assert.equal(await recordOf('p'), null);
    assert.deepEqual(await storage.recordProposals.list(organizationId, 'waiting', 10), []);
  });

  describe('that wait for a word', () => {
    const approval = insightSettings({ records: 'approval' });

    function waitingOnes() {
      const { organizationId, integrationId, report, merge } = organization();
      return {
        ...{ organizationId, integrationId, report, merge },
        settle: async (...patternIds: string[]) => {
          await storage.settings.save(organizationId, { insights: approval });
          await settlePatterns(storage, organizationId, integrationId);
          await createOrUpdateRecords(storage, organizationId, patternIds, approval, NOW);
        },
        waiting: async () =>
          (await storage.recordProposals.list(organizationId, 'waiting', 10)).map(({ patternId }) => patternId).sort(),
      };
    }

    it('go to the pattern that theirs was merged into, and back when that is undone', async () => {
      const { organizationId, report, merge, settle, waiting } = waitingOnes();
      await report('p', [{}, {}], approval);
      await report('q', [{ customer: 'solo' }], approval);
      assert.deepEqual(await waiting(), ['p']);
      const decisionId = await merge('p', 'q');
      await settle('p', 'q');
      assert.deepEqual(await waiting(), ['q']);
      await storage.patternDecisions.undo(organizationId, decisionId, ADA, NOW);
      await settle('p', 'q');
      assert.deepEqual(await waiting(), ['p'], 'one customer is left in the other');
    });

    it('vanish in favour of what waits for the pattern that stays, or of its record', async () => {
      const { organizationId, report, merge, settle, waiting } = waitingOnes();
      await report('p', [{}, {}], approval);
      await report('q', [{}, {}], approval);
      await report('r', [{}, {}]);
      await merge('p', 'q');
      await settle('p', 'q');
      assert.deepEqual(await waiting(), ['q']);
      await merge('q', 'r');
      await settle('q', 'r');
      assert.deepEqual(await waiting(), []);
      assert.equal((await storage.issueRecords.list(organizationId, 'bug')).length, 1);
    });

    it('are withdrawn with the last conversation of their pattern; what was decided is not', async () => {
      const { organizationId, report, settle, waiting } = waitingOnes();
      await report('p', [{}, {}], approval);
      await report('q', [{}, {}], approval);
      await storage.recordProposals.rejected(organizationId, 'q', 'known', { by: ADA, at: NOW });
      await storage.patterns.saveEmpty(organizationId, ['p', 'q']);
      await settle('p', 'q');
      assert.deepEqual(await waiting(), []);
      assert.equal((await storage.recordProposals.get(organizationId, 'q'))?.state, 'rejected');
    });
  });

  it('follow the category of their pattern to another number while nobody decided', async () => {
    const { organizationId, report, recordOf, historyOf } = organization();
    await report('p', [{}, {}]);
    await report(
      'p',
      Array.from({ length: 3 }, (_, n) => ({ customer: `f${n}`, category: 'feature' as const })),
    );
    const record = await recordOf('p');
    assert.deepEqual([record?.kind, record?.number, record?.former], ['feature', 1, [{ kind: 'bug', number: 1 }]]);
    assert.equal((await storage.issueRecords.byFormer(organizationId, 'bug', 1))?.recordId, record?.recordId);
    assert.deepEqual(
      (await historyOf('p')).map(({ what }) => what),
      ['created', 'kind'],
    );
    await report('q', [{}, {}]);
    assert.equal((await recordOf('q'))?.number, 2, 'a number that somebody has written down is not given again');
  });

  it('are found by a former address only where kind and number belong together', async () => {
    const { organizationId, report, decide } = organization();
    await report('other', [{}, {}]);
    await report('p', [{}, {}]);
    await decide('p', { kind: 'feature' });
    await decide('p', { kind: 'bug' });
    const found = async (kind: 'bug' | 'feature', number: number) =>
      (await storage.issueRecords.byFormer(organizationId, kind, number))?.patternId ?? null;
    assert.deepEqual(
      [await found('bug', 2), await found('feature', 1), await found('feature', 2), await found('bug', 1)],
      ['p', 'p', null, null],
    );
  });

  it('keep their kind and title once a person has decided', async () => {
    const { report, recordOf, decide } = organization();
    await report('p', [{}, {}]);
    await decide('p', { status: 'triaged', title: 'Ours' });
    await report(
      'p',
      Array.from({ length: 3 }, (_, n) => ({ customer: `f${n}`, category: 'feature' as const })),
    );
    const record = await recordOf('p');
    assert.deepEqual([record?.kind, record?.title], ['bug', 'Ours']);
  });

  it('have every change in their history, with who', async () => {
    const { report, decide, historyOf } = organization();
    await report('p', [{}, {}]);
    await decide('p', { severity: 'high', priority: 'urgent', description: 'Look at the pager.' });
    await decide('p', { status: 'dismissed', reason: 'as designed' });
    await decide('p', { priority: null });
    const said = (await historyOf('p'))
      .slice(1)
      .map(({ what, before, after, by, why }) => [what, before, after, by, why]);
    assert.deepEqual(said, [
      ['description', null, null, ADA, ''],
      ['severity', null, 'high', ADA, ''],
      ['priority', null, 'urgent', ADA, ''],
      ['status', 'new', 'dismissed', ADA, 'as designed'],
      ['priority', 'urgent', null, ADA, ''],
    ]);
  });

  it('lose no change of two that come at once', async () => {
    const { report, recordOf, decide, historyOf } = organization();
    await report('p', [{}, {}]);
    await Promise.all([
      decide('p', { severity: 'high' }),
      decide('p', { priority: 'low' }),
      decide('p', { status: 'planned' }),
      decide('p', { title: 'Ours' }),
    ]);
    const record = await recordOf('p');
    assert.deepEqual(
      [record?.severity, record?.priority, record?.status, record?.title],
      ['high', 'low', 'planned', 'Ours'],
    );
    assert.equal((await historyOf('p')).length, 5);
  });

  it('go on from what an earlier version has stored', async () => {
    const { organizationId, integrationId, report, recordOf, decide, historyOf } = organization();
    const old = {
      organizationId,
      integrationId,
      kind: 'bug',
      title: 'Old',
      status: 'done',
      createdAt: NOW,
      updatedAt: NOW,
    };
    const documents = [1, 2].map((number) => ({ ...old, recordId: randomUUID(), number, patternId: `old-${number}` }));
    await storage.connection.collection('issueRecords').insertMany(documents);
    const unchecked = await storage.issueRecords.uncheckedOutcomes(NOW, 100);
    assert.ok(unchecked.every((record) => record.organizationId !== organizationId));
    await decide('old-1', { status: 'planned' });
    await decide('old-1', { status: 'triaged' });
    assert.equal((await recordOf('old-1'))?.status, 'triaged');
    assert.equal((await historyOf('old-1')).length, 2);
    await report('p', [{}, {}]);
    assert.equal((await recordOf('p'))?.number, 3);
    assert.equal((await storage.issueRecords.list(organizationId, 'bug')).length, 3);
  });

  it('are linked when their patterns are merged: that of the pattern that stays, stays', async () => {
    const { organizationId, report, recordOf, merge, update, historyOf } = organization();
    await report('p', [{}, {}]);
    await report('q', [{}, {}]);
    const decisionId = await merge('p', 'q');
    await update('p', 'q');
    await update('p', 'q');
    const [merged, staying] = [await recordOf('p'), await recordOf('q')];
    assert.equal(merged?.mergedInto, staying?.recordId);
    assert.deepEqual(
      (await storage.issueRecords.list(organizationId, 'bug')).map(({ patternId }) => patternId),
      ['q'],
    );
    assert.deepEqual(
      (await historyOf('p')).map(({ what, after }) => [what, after]),
      [
        ['created', 'bug'],
        ['merged', 'Bug report 2'],
      ],
    );
    await storage.patternDecisions.undo(organizationId, decisionId, ADA, NOW);
    await update('p', 'q');
    assert.equal((await recordOf('p'))?.mergedInto, null);
    assert.equal((await storage.issueRecords.list(organizationId, 'bug')).length, 2);
  });

  it('move to the pattern that stays where it has none, and back when the merge is taken back', async () => {
    const { organizationId, report, recordOf, merge, update } = organization();
    await report('p', [{}, {}]);
    await report('q', [{ customer: 'solo' }]);
    const before = await recordOf('p');
    const decisionId = await merge('p', 'q');
    await update('p', 'q');
    assert.equal(await recordOf('p'), null);
    const moved = await recordOf('q');
    assert.deepEqual([moved?.recordId, moved?.originPatternId], [before?.recordId, 'p']);
    await storage.patternDecisions.undo(organizationId, decisionId, ADA, NOW);
    await update('p', 'q');
    assert.equal((await recordOf('p'))?.recordId, before?.recordId);
    assert.equal(await recordOf('q'), null);
  });
});
