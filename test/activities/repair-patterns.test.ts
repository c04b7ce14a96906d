import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createRepairActivities } from '../../src/activities/repair-activities.ts';
import { centroidOf, indexTermsOf } from '../../src/patterns/centroid.ts';
import { describe as describeText } from '../../src/patterns/signature.ts';
import { settlePatterns } from '../../src/storage/settle-patterns.ts';
import { useStorage } from '../support/storage.ts';

const EXPORT = ['Exporting invoices to PDF fails', 'Invoices: exporting to PDF fails'];

describe('repair of patterns', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let organizations = 0;
  const at = new Date('2026-03-01T08:00:00Z');

  /** An organization with one pattern a text, each with an insight of its own: ids p0, p1 .. */
  async function organizationWith(texts: readonly string[]) {
    organizations += 1;
    const scope = { organizationId: `o${organizations}`, integrationId: 'i1' };
    const { organizationId, integrationId } = scope;
    for (const [nth, text] of texts.entries()) {
      const patternId = `${organizationId}-p${nth}`;
      const centroid = centroidOf(describeText(text));
      const candidate = { patternId, title: text, centroid, indexTerms: indexTermsOf(centroid) };
      await storage.patterns.saveCandidate(organizationId, integrationId, candidate, {
        category: 'bug',
        reportedAt: at,
      });
      await storage.insights.save(organizationId, {
        ...{
          integrationId,
          conversationId: nth + 1,
          issue: 0,
          outcome: 'classified',
          category: 'bug',
          confidence: 0.9,
        },
        ...{ suggestedCategory: null, summary: '', productArea: null, severity: null, evidence: [] },
        ...{ classifier: { kind: 'offline', model: 'test' }, taxonomyVersion: 1, decisionId: null, review: 'none' },
        ...{ documentation: null, patternId, customerKey: `c${nth}@client.example`, subject: text },
        ...{ mailboxId: 1, reportedAt: at, classifiedAt: at, contentHash: `h${nth}` },
      });
    }
    const activities = createRepairActivities({ storage, now: () => at });
    const run = () => new MockActivityEnvironment().run(activities.repairPatterns, scope);
    const patternsOf = async () =>
      (await storage.insights.getMany(organizationId, integrationId, [1, 2, 3])).map(({ patternId }) => patternId);
    return { ...scope, run, patternsOf };
  }

  it('joins patterns that are the same, once, and says so in their history', async () => {
    const { organizationId, run, patternsOf } = await organizationWith([...EXPORT, 'Add a dark theme']);
    assert.deepEqual(await run(), { joined: 1, suggested: 0, more: false });
    const [one, two, three] = await patternsOf();
    assert.equal(one, two);
    assert.notEqual(one, three);
    const [decision] = await storage.patternDecisions.ofPatterns(organizationId, [`${organizationId}-p1`]);
    assert.equal(decision?.by, null);
    assert.equal(decision?.change.kind, 'merge');
    assert.deepEqual(await run(), { joined: 0, suggested: 0, more: false });
    assert.equal((await storage.patterns.get(organizationId, `${organizationId}-p0`))?.conversations, 2);
  });

  it('only suggests where a person has decided something, and nothing where two were said to differ', async () => {
    const { organizationId, integrationId, run, patternsOf } = await organizationWith(EXPORT);
    const a = `${organizationId}-p0`;
    const decide = (decisionId: string, change: Parameters<typeof storage.patternDecisions.add>[1]['change']) =>
      storage.patternDecisions.add(organizationId, {
        ...{
          decisionId: `${organizationId}/${decisionId}`,
          integrationId,
          at,
          by: 'ann@acme.example',
          reason: '',
          change,
        },
      });
    await decide('label', { kind: 'relabel', patternId: a, title: 'PDF export', category: null });
    await settlePatterns(storage, organizationId, integrationId);
    assert.deepEqual(await run(), { joined: 0, suggested: 1, more: false });
    assert.equal((await storage.patternSuggestions.list(organizationId)).length, 1);
    assert.equal(new Set(await patternsOf()).size, 2);

    const other = await organizationWith(EXPORT);
    await storage.patternDecisions.add(other.organizationId, {
      ...{ decisionId: 'apart', integrationId, at, by: 'ann@acme.example', reason: '' },
      change: { kind: 'apart', a: `${other.organizationId}-p0`, b: `${other.organizationId}-p1` },
    });
    await settlePatterns(storage, other.organizationId, integrationId);
    assert.deepEqual(await other.run(), { joined: 0, suggested: 0, more: false });
  });
});
