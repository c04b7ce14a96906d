import assert from 'node:assert/strict';
import { PATTERNS_PER_KEY } from '../../src/patterns/gather-candidates.ts';
import { useStorage } from '../support/storage.ts';

describe('candidates for a text', function () {
  this.timeout(60_000);
  const storage = useStorage();
  const first = { category: 'bug', reportedAt: new Date('2026-03-01T08:00:00Z') } as const;
  const save = (patternId: string, indexTerms: string[]) =>
    storage.patterns.saveCandidate(
      'acme',
      'i1',
      { patternId, title: patternId, centroid: { terms: [['export', 1]], members: 1 }, indexTerms },
      first,
    );

  before(async () => {
    for (let nth = 0; nth < 3 * PATTERNS_PER_KEY; nth++) await save(`p${nth}`, ['export', `own${nth}`]);
    await save('near', ['export', 'invoice', 'export invoice']);
  });

  it('are a bounded number, however many patterns share a term', async () => {
    const { patternIds, examined } = await storage.patterns.near('acme', 'i1', ['export', 'unknown']);
    assert.equal(examined, PATTERNS_PER_KEY);
    assert.equal(patternIds.length, PATTERNS_PER_KEY);
  });

  it('have what shares a rare pair of terms first, although a term of it is in too many', async () => {
    const { patternIds } = await storage.patterns.near('acme', 'i1', ['export invoice', 'export', 'invoice']);
    assert.equal(patternIds[0], 'near');
  });

  it('are of the same connection, and come with what they are compared by', async () => {
    assert.deepEqual(await storage.patterns.candidates('acme', 'i2', ['export']), []);
    const [candidate] = await storage.patterns.candidates('acme', 'i1', ['own7']);
    const centroid = { terms: [['export', 1]], members: 1 };
    assert.deepEqual(candidate, { patternId: 'p7', title: 'p7', centroid, joined: [] });
  });

  it('wait for a repair once they changed', async () => {
    const waiting = await storage.patterns.unrepaired('acme', 'i1', 1_000);
    assert.equal(waiting.length, 3 * PATTERNS_PER_KEY + 1);
    await storage.patterns.markRepaired(
      'acme',
      waiting.filter(({ patternId }) => patternId === 'near'),
    );
    const left = await storage.patterns.unrepaired('acme', 'i1', 1_000);
    assert.ok(!left.some(({ patternId }) => patternId === 'near'));
    assert.deepEqual(await storage.patterns.unrepairedScopes(), [{ organizationId: 'acme', integrationId: 'i1' }]);
  });
});
