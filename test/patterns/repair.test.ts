import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addToCentroid, type Centroid, EMPTY_CENTROID } from '../../src/patterns/centroid.ts';
import { linkage } from '../../src/patterns/linkage.ts';
import { type RepairPattern, type RepairRules, repair } from '../../src/patterns/repair.ts';

const TOPICS = 'invoice export login calendar printer webhook'.split(' ');
const member = fc.uniqueArray(fc.constantFrom(...TOPICS), { minLength: 1, maxLength: 3 });
const centroidOf = (members: string[][]): Centroid =>
  members.reduce(
    (sum, terms) =>
      addToCentroid(sum, { vector: terms.map((term): [string, number] => [term, 1 / Math.sqrt(terms.length)]) }),
    EMPTY_CENTROID,
  );
const inbox = fc.array(fc.array(member, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 10 }).map((all) =>
  all.map((members, at): RepairPattern => {
    const ids = all.map((_, other) => `p${other}`);
    return { patternId: `p${at}`, centroid: centroidOf(members), neighbours: ids.filter((id) => id !== `p${at}`) };
  }),
);
const rules: RepairRules = { threshold: 0.6, askFrom: 0.4, mayJoin: () => true, never: () => false };

/** The sets of patterns that are one after the joins. */
function sets(patterns: readonly RepairPattern[], joins: readonly { from: string; into: string }[]): string[][] {
  const into = new Map(joins.map((join) => [join.from, join.into]));
  const rootOf = (id: string): string => {
    const next = into.get(id);
    return next === undefined ? id : rootOf(next);
  };
  const groups = new Map<string, RepairPattern[]>();
  for (const one of patterns) {
    const root = rootOf(one.patternId);
    groups.set(root, [...(groups.get(root) ?? []), one]);
  }
  return [...groups.values()].map((group) => group.map(({ patternId }) => patternId).sort()).sort();
}

describe('repair', () => {
  it('comes to the same whatever order the patterns are given in', async () => {
    await fc.assert(
      fc.asyncProperty(inbox, async (patterns) => {
        const { joins } = await repair(patterns, rules);
        const { joins: reversed } = await repair(patterns.toReversed(), rules);
        assert.deepEqual(sets(patterns, reversed), sets(patterns, joins));
      }),
    );
  });

  it('leaves nothing to join for the next run', async () => {
    await fc.assert(
      fc.asyncProperty(inbox, async (patterns) => {
        const { joins } = await repair(patterns, rules);
        const gone = new Set(joins.map(({ from }) => from));
        const after = patterns
          .filter(({ patternId }) => !gone.has(patternId))
          .map((one) => ({
            ...one,
            centroid: joins.findLast(({ into }) => into === one.patternId)?.centroid ?? one.centroid,
          }));
        assert.deepEqual((await repair(after, rules)).joins, []);
      }),
    );
  });

  it('never joins nor suggests what somebody said is different, and only suggests what people decided about', async () => {
    await fc.assert(
      fc.asyncProperty(inbox, async (patterns) => {
        const decided = (id: string) => id === 'p0';
        const { joins, suggestions } = await repair(patterns, {
          ...rules,
          mayJoin: (a, b) => !decided(a) && !decided(b),
          never: (a, b) => [a, b].sort().join() === 'p1,p2',
        });
        assert.ok(joins.every(({ from, into }) => !decided(from) && !decided(into)));
        assert.ok(sets(patterns, joins).every((set) => !(set.includes('p1') && set.includes('p2'))));
        assert.ok(suggestions.every(({ from, into }) => [from, into].sort().join() !== 'p1,p2'));
      }),
    );
  });

  it('asks about the unsure ones only, and no more often than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(inbox, fc.nat(4), async (patterns, mostAsked) => {
        let calls = 0;
        const { asked } = await repair(patterns, {
          ...rules,
          mostAsked,
          confirm: async () => {
            calls++;
            return true;
          },
        });
        assert.equal(asked, calls);
        assert.ok(calls <= mostAsked);
      }),
    );
  });

  it('does not swallow loosely related patterns through a chain', async () => {
    const chain = Array.from({ length: 12 }, (_, at) => [`topic${at}`, `topic${at + 1}`]);
    const ids = chain.map((_, at) => `p${String(at).padStart(2, '0')}`);
    const patterns = chain.map((terms, at) => ({
      patternId: ids[at] ?? '',
      centroid: centroidOf([terms]),
      neighbours: ids.filter((_, other) => other !== at),
    }));
    const { joins } = await repair(patterns, { ...rules, threshold: 0.45, askFrom: 0.45 });
    assert.ok(sets(patterns, joins).every((set) => set.length <= 3));
  });
});

describe('linkage', () => {
  it('is the same in both directions and within [0, 1]', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 4 }), fc.array(member, { maxLength: 4 }), (a, b) => {
        const value = linkage(centroidOf(a), centroidOf(b));
        assert.ok(Math.abs(value - linkage(centroidOf(b), centroidOf(a))) < 1e-12);
        assert.ok(value >= 0 && value <= 1);
      }),
    );
  });
});
