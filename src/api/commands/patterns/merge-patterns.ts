import type { PatternDecision } from '../../../domain/pattern-decision.ts';
import { type Decider, decide, impossible, openPattern, type PatternDeps } from './decide.ts';

/**
 * Says that two patterns are the same: all of `patternId` belongs to `into`, now and later.
 * @param despite even where somebody said "not the same"; that is set aside for as long as the merge holds
 * @throws RequestProblem 404 without such patterns, 409 when they are one already or were said not to be the same
 */
export async function mergePatterns(
  deps: PatternDeps,
  decider: Decider,
  { patternId, into, despite = false }: { patternId: string; into: string; despite?: boolean },
): Promise<PatternDecision> {
  const { organizationId } = decider;
  const from = await openPattern(deps, organizationId, patternId);
  const target = await openPattern(deps, organizationId, into);
  if (from.patternId === target.patternId) throw alreadyOne();
  if (from.integrationId !== target.integrationId) throw otherAccount();
  const scope = { organizationId, integrationId: from.integrationId };
  const links = await deps.storage.patternLinks.inPart(scope, [from.patternId, target.patternId]);
  const against = links.apart.filter(({ a, b }) => {
    const roots = [links.rootOf(a), links.rootOf(b)];
    return roots.includes(from.patternId) && roots.includes(target.patternId);
  });
  if (against.length > 0 && !despite) throw keptApart();
  const change = { kind: 'merge', from: from.patternId, into: target.patternId } as const;
  const lifts = against.map(({ decisionId }) => decisionId);
  return decide(deps, decider, from.integrationId, change, lifts);
}

/** Says that two patterns that look alike are not the same. @throws RequestProblem 404, or 409 when they are one */
export async function keepApart(
  deps: PatternDeps,
  decider: Decider,
  { patternId, other }: { patternId: string; other: string },
): Promise<PatternDecision> {
  const a = await openPattern(deps, decider.organizationId, patternId);
  const b = await openPattern(deps, decider.organizationId, other);
  if (a.patternId === b.patternId) throw alreadyOne();
  if (a.integrationId !== b.integrationId) throw otherAccount();
  return decide(deps, decider, a.integrationId, { kind: 'apart', a: a.patternId, b: b.patternId });
}

const alreadyOne = () => impossible('samePattern', 'This is the same pattern already.', 'Choose another one.');

const otherAccount = () =>
  impossible(
    'otherAccount',
    'The two patterns come from different Help Scout connections.',
    'Only patterns of one connection can be merged.',
  );

const keptApart = () =>
  impossible(
    'keptApart',
    'Somebody said that these two are not the same.',
    'Look into the history; take that back, or merge all the same.',
  );
