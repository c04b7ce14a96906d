import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { dismissPattern, relabelPattern, snoozePattern } from '../../../src/api/commands/patterns/label-pattern.ts';
import { keepApart, mergePatterns } from '../../../src/api/commands/patterns/merge-patterns.ts';
import { moveConversation, splitPattern } from '../../../src/api/commands/patterns/split-pattern.ts';
import { undoChange } from '../../../src/api/commands/patterns/undo-change.ts';
import { RequestProblem } from '../../../src/api/errors.ts';
import { memberKey, type PatternLinks, replayLinks } from '../../../src/domain/pattern-links.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { breakingStorage, Killed } from './breaking-storage.ts';
import { createOracle } from './oracle.ts';
import { createPeopleAndRuns, member, type PeopleAndRuns, TOPICS } from './people-and-runs.ts';

/** Without its usual liking for zero, which would choose the same pattern twice. */
const n = fc.noBias(fc.nat(1000));
const step = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('arrive' as const) },
    { weight: 3, arbitrary: fc.constantFrom('again' as const, 'anew' as const, 'repair' as const) },
    { weight: 6, arbitrary: fc.constantFrom('merge' as const, 'split' as const, 'move' as const) },
    { weight: 3, arbitrary: fc.constant('undo' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('apart' as const, 'relabel' as const, 'dismiss' as const, 'snooze' as const),
    },
  ),
  a: n,
  b: n,
  c: n,
  /** After so many writes the process is killed; most are not. */
  killedAfter: fc.option(fc.nat(14), { freq: 3 }),
});
export const randomSteps = (length: number) => fc.array(step, { minLength: length, maxLength: length });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const topicOf = (conversationId: number) => TOPICS[conversationId % TOPICS.length] ?? 'export';
const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)];

/** Plays random steps of people and runs against a real server, and checks after each what people were promised. */
export async function playHistory(storage: Storage, steps: readonly Step[]): Promise<number> {
  const here = createPeopleAndRuns(storage, randomUUID());
  const oracle = createOracle();
  let next = 1;
  let decided = 0;
  const arrivals = Array.from({ length: 7 }, (): Step => ({ kind: 'arrive', a: 0, b: 0, c: 0, killedAfter: null }));
  for (const { killedAfter, ...step } of [...arrivals, ...steps]) {
    const broken = breakingStorage(storage, killedAfter);
    try {
      if (step.kind === 'arrive' || step.kind === 'again' || step.kind === 'anew') {
        const first = step.kind === 'arrive' ? next : 1 + (step.a % (next - 1));
        const ids = Array.from({ length: 1 + (step.b % 3) }, (_, at) => first + at);
        const some = step.kind === 'arrive' ? ids : ids.filter((id) => id < next);
        next = Math.max(next, ...some.map((id) => id + 1));
        const before = await here.places();
        const arrivals = some.map((conversationId) => ({ conversationId, topic: topicOf(conversationId) }));
        await here.runAll(arrivals, { forgets: step.kind === 'anew', on: broken });
        const after = await here.places();
        for (const id of some) {
          const patternId = after.get(id) ?? assert.fail(`${id} is nowhere`);
          // Again, it stays; a run that forgot everything may place it anew, where no person did.
          if (step.kind === 'again') assert.equal(patternId, before.get(id));
          else if (patternId !== before.get(id)) oracle.placed(id, patternId);
        }
      } else if (step.kind === 'repair') {
        await here.repair(broken);
      } else {
        await decide(here, { ...here.deps, storage: broken }, step);
      }
    } catch (error) {
      if (!(error instanceof Killed) && !(error instanceof RequestProblem)) throw error;
    }
    await here.settle();
    for (const decision of await storage.patternDecisions.all(here.organizationId, here.integrationId))
      oracle.hears(decision);
    decided = await check(storage, here, oracle);
  }
  return decided;
}

async function decide(here: PeopleAndRuns, deps: PeopleAndRuns['deps'], { kind, a, b, c }: Omit<Step, 'killedAfter'>) {
  const groups = [...(await here.membership())].sort(([x], [y]) => (x < y ? -1 : 1));
  const [patternId, ids] = pick(groups, a) ?? ['', []];
  const [other] = pick(
    groups.filter(([id]) => id !== patternId),
    b,
  ) ?? [''];
  const chosen = ids.filter((_, at) => (c >> at) % 2 === 1).map(member);
  const decider = here.decider();
  if (kind === 'merge') await mergePatterns(deps, decider, { patternId, into: other, despite: c % 3 === 0 });
  if (kind === 'split') {
    await splitPattern(deps, decider, { patternId, members: chosen, to: c % 4 === 0 ? other : null, title: 'Apart' });
  }
  if (kind === 'move')
    await moveConversation(deps, decider, { patternId, member: member(pick(ids, c) ?? 0), to: other });
  if (kind === 'apart') await keepApart(deps, decider, { patternId, other });
  if (kind === 'relabel') await relabelPattern(deps, decider, { patternId, title: `Title ${c}` });
  if (kind === 'dismiss') await dismissPattern(deps, decider, patternId);
  if (kind === 'snooze') await snoozePattern(deps, decider, { patternId, more: 1 + (c % 3) });
  if (kind === 'undo') {
    const all = await deps.storage.patternDecisions.all(here.organizationId, here.integrationId);
    const held = all.filter(({ undone }) => !undone);
    await undoChange(deps, decider, pick(held, a)?.decisionId ?? '');
  }
}

/** @returns how many decisions there are */
async function check(storage: Storage, here: PeopleAndRuns, oracle: ReturnType<typeof createOracle>): Promise<number> {
  const membership = await here.membership();
  const where = await here.places();
  oracle.check(where);
  // The history alone, with where runs had put conversations, gives where they are.
  const decisions = await storage.patternDecisions.all(here.organizationId, here.integrationId);
  const links = replayLinks(decisions);
  await checkParts(storage, here, links, where);
  for (const [conversationId, patternId] of where) {
    const home = links.pins.get(memberKey(member(conversationId)))?.patternId ?? oracle.base(conversationId);
    assert.equal(links.rootOf(home), patternId, `conversation ${conversationId}`);
  }
  for (const pattern of await storage.patterns.getMany(here.organizationId, oracle.patterns())) {
    assert.equal(
      pattern.conversations,
      membership.get(pattern.patternId)?.length ?? 0,
      `count of ${pattern.patternId}`,
    );
    const labels = decisions.filter(({ change, undone }) => {
      return !undone && change.kind === 'relabel' && change.patternId === pattern.patternId;
    });
    const latest = labels.at(-1)?.change;
    if (latest?.kind === 'relabel') assert.equal(pattern.title, latest.title);
  }
  return decisions.length;
}

/** Replaying only what bears on one pattern or conversation gives what replaying everything does. */
async function checkParts(
  { patternLinks }: Storage,
  here: PeopleAndRuns,
  whole: PatternLinks,
  where: ReadonlyMap<number, string>,
): Promise<void> {
  const ids = [...new Set([...where.values(), ...whole.merged.keys(), ...whole.apart.flatMap(({ a, b }) => [a, b])])];
  const kept = await patternLinks.resolve(here.organizationId, ids);
  for (const patternId of ids) assert.equal(kept.get(patternId), whole.rootOf(patternId), `link of ${patternId}`);
  for (const [conversationId, patternId] of [...where].slice(-4)) {
    const part = await patternLinks.inPart(here, [patternId], [conversationId]);
    for (const reached of part.patternIds) assert.equal(part.rootOf(reached), whole.rootOf(reached));
    const key = memberKey(member(conversationId));
    assert.deepEqual(part.pins.get(key), whole.pins.get(key));
    const touches = ({ a, b }: { a: string; b: string }) => part.patternIds.has(a) && part.patternIds.has(b);
    assert.deepEqual(part.apart.filter(touches), whole.apart.filter(touches));
  }
}
