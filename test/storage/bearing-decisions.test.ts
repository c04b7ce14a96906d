import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type PatternChange, type PatternDecision, patternsOf } from '../../src/domain/pattern-decision.ts';
import { memberKey, replayLinks } from '../../src/domain/pattern-links.ts';
import { type DecisionSource, linksInPart, patternsConcerned } from '../../src/storage/bearing-decisions.ts';

const PATTERNS = Array.from({ length: 10 }, (_, at) => `p${at}`);
const CONVERSATIONS = Array.from({ length: 8 }, (_, at) => at + 1);
const pattern = fc.constantFrom(...PATTERNS);
const members = fc.uniqueArray(fc.constantFrom(...CONVERSATIONS), { minLength: 1, maxLength: 3 });
const step = fc.record({
  kind: fc.constantFrom('merge' as const, 'merge' as const, 'split' as const, 'move' as const, 'apart' as const),
  a: pattern,
  b: pattern,
  members,
  startsPattern: fc.boolean(),
  automatic: fc.boolean(),
  undone: fc.option(fc.nat(40), { freq: 2 }),
  lifts: fc.option(fc.nat(40), { freq: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function changeOf({ kind, a, b, members: ids, startsPattern }: Step): PatternChange {
  const some = ids.map((conversationId) => ({ conversationId, issue: 0 }));
  if (kind === 'merge') return { kind, from: a, into: b };
  if (kind === 'apart') return { kind, a, b };
  if (kind === 'move') return { kind, from: a, to: b, members: some };
  return { kind, from: a, to: b, startsPattern, members: some };
}

/** Any history, possible or not: what is replayed in part must not rely on how people came to it. */
function historyOf(steps: readonly Step[]): PatternDecision[] {
  return steps
    .filter(({ a, b }) => a !== b)
    .map((one, at) => ({
      ...{ decisionId: `d${at}`, organizationId: 'o', integrationId: 'i', seq: at + 1, at: new Date(0), reason: '' },
      by: one.automatic ? null : 'ann@acme.example',
      change: changeOf(one),
      lifts: one.lifts === null || one.kind !== 'merge' ? [] : [`d${one.lifts % (at + 1)}`],
      undone: one.undone === null ? null : { at: new Date(0), by: 'ann', seq: at + 1 + one.undone + 0.5 },
    }));
}

const sourceOf = (all: readonly PatternDecision[]): DecisionSource => ({
  aboutLinks: async (ids) =>
    all.filter(
      ({ change }) =>
        ['merge', 'split', 'apart'].includes(change.kind) && patternsOf(change).some((id) => ids.includes(id)),
    ),
  ofConversations: async (ids) =>
    all.filter(({ change }) => 'members' in change && change.members.some((one) => ids.includes(one.conversationId))),
  lifting: async (ids) => all.filter(({ lifts }) => lifts.some((id) => ids.includes(id))),
});

describe('decisions that bear on something', () => {
  it('say of it what all decisions say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), pattern, members, async (steps, asked, ids) => {
        const all = historyOf(steps);
        const whole = replayLinks(all);
        const part = await linksInPart(sourceOf(all), [asked], ids);
        for (const patternId of part.patternIds) assert.equal(part.rootOf(patternId), whole.rootOf(patternId));
        for (const conversationId of ids) {
          const key = memberKey({ conversationId, issue: 0 });
          assert.deepEqual(part.pins.get(key), whole.pins.get(key));
          const pin = part.pins.get(key);
          if (pin) assert.equal(part.rootOf(pin.patternId), whole.rootOf(pin.patternId));
        }
        const about = ({ a, b }: { a: string; b: string }) => part.patternIds.has(a) || part.patternIds.has(b);
        assert.deepEqual(part.apart.filter(about), whole.apart.filter(about));
      }),
      { numRuns: 1_000 },
    );
  });

  it('are all that a new one, or one that is taken back, can change anything for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(), async (steps, chosen) => {
        const after = historyOf(steps);
        const one = after[chosen % Math.max(1, after.length)];
        if (!one) return;
        // Before, it was not there, or not taken back.
        const before = after.flatMap((other) =>
          other !== one ? [other] : one.undone ? [{ ...one, undone: null }] : [],
        );
        const byIds = async (ids: readonly string[]) => after.filter(({ decisionId }) => ids.includes(decisionId));
        const concerned = await patternsConcerned(byIds, [one]);
        const { patternIds } = await linksInPart(sourceOf(after), concerned);
        const [was, is] = [replayLinks(before), replayLinks(after)];
        for (const patternId of PATTERNS) {
          if (!patternIds.has(patternId)) assert.equal(is.rootOf(patternId), was.rootOf(patternId), patternId);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
