import type { PatternDecision, PatternMember } from './pattern-decision.ts';

export const memberKey = ({ conversationId, issue }: PatternMember): string => `${conversationId}/${issue}`;

/** Two patterns that may not be joined, and the decision that says so. */
export interface KeptApart {
  decisionId: string;
  a: string;
  b: string;
}

/** What a history of decisions means. Equal histories mean the same, whenever and however often they are read. */
export interface PatternLinks {
  /** The pattern that a pattern was merged into, directly or by steps; itself when it was not. */
  rootOf: (patternId: string) => string;
  /** Merged patterns only: what each was merged into. */
  merged: ReadonlyMap<string, string>;
  /** Where a person put a member (not resolved), by `memberKey`. */
  pins: ReadonlyMap<string, { patternId: string; decisionId: string }>;
  apart: readonly KeptApart[];
}

interface Join {
  seq: number;
  from: string;
  into: string;
}

/**
 * Replays decisions. Each merge ties two patterns; a later one never makes a circle, since it ties what they were merged
 * into. A merge that contradicts "not the same" ties nothing, unless it lifts it: of two that come at the same time,
 * keeping apart is the smaller mistake. Of several places for one member, the latest counts.
 */
export function replayLinks(decisions: readonly PatternDecision[]): PatternLinks {
  const inOrder = [...decisions].sort((a, b) => a.seq - b.seq);
  const lifted = new Set(inOrder.filter(({ undone }) => !undone).flatMap(({ lifts }) => lifts));
  const apart = inOrder.flatMap((decision) => keptApart(decision)).filter(({ decisionId }) => !lifted.has(decisionId));
  const pins = new Map<string, { patternId: string; decisionId: string }>();
  for (const { change, decisionId, undone } of inOrder) {
    if (undone || (change.kind !== 'split' && change.kind !== 'move')) continue;
    for (const member of change.members) pins.set(memberKey(member), { patternId: change.to, decisionId });
  }
  const merged = joinAll(inOrder.flatMap(joinsOf), apart);
  return { rootOf: (patternId) => follow(merged, patternId), merged: flattened(merged), pins, apart };
}

/** A split that was taken back leaves the pattern it began to the one it came from, with whatever joined it meanwhile. */
function joinsOf({ change, undone, seq }: PatternDecision): Join[] {
  if (change.kind === 'merge') return undone ? [] : [{ seq, from: change.from, into: change.into }];
  if (change.kind !== 'split' || !change.startsPattern || !undone) return [];
  return [{ seq: undone.seq, from: change.to, into: change.from }];
}

/** Taking back what an automatic run joined says "not the same", or the next run would join it again. */
function keptApart({ decisionId, change, by, undone }: PatternDecision): KeptApart[] {
  if (change.kind === 'merge') return undone && by === null ? [{ decisionId, a: change.from, b: change.into }] : [];
  if (undone) return [];
  if (change.kind === 'apart') return [{ decisionId, a: change.a, b: change.b }];
  return change.kind === 'split' ? [{ decisionId, a: change.from, b: change.to }] : [];
}

function joinAll(joins: Join[], apart: readonly KeptApart[]): Map<string, string> {
  const into = new Map<string, string>();
  for (const join of joins.sort((a, b) => a.seq - b.seq || (a.from < b.from ? -1 : 1))) {
    const from = follow(into, join.from);
    const to = follow(into, join.into);
    if (from === to) continue;
    const contradicts = apart.some(({ a, b }) => {
      const roots = [follow(into, a), follow(into, b)];
      return roots.includes(from) && roots.includes(to) && roots[0] !== roots[1];
    });
    if (!contradicts) into.set(from, to);
  }
  return into;
}

function follow(into: ReadonlyMap<string, string>, patternId: string): string {
  let at = patternId;
  for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next;
  return at;
}

function flattened(into: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...into.keys()].map((patternId) => [patternId, follow(into, patternId)]));
}
