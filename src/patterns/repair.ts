import { addCentroids, type Centroid } from './centroid.ts';
import { linkage } from './linkage.ts';
import { createPairQueue } from './pair-queue.ts';

export interface RepairPattern {
  patternId: string;
  centroid: Centroid;
  /** Patterns that share keys with it: only these are compared. */
  neighbours: readonly string[];
}

export interface RepairRules {
  /** From this linkage on two patterns are one (`inboxThreshold`). */
  threshold: number;
  /** From this on it is worth asking. */
  askFrom: number;
  /** Whether two patterns may become one by themselves: nobody decided about either. Else they are only suggested. */
  mayJoin: (a: string, b: string) => boolean;
  /** Pairs that somebody said are different: neither joined nor suggested. */
  never: (a: string, b: string) => boolean;
  /**
   * Asked about pairs between `askFrom` and `threshold`; null when it cannot say. Absent: those are only suggested. Those
   * that it says are different are left alone.
   */
  confirm?: ((a: string, b: string) => Promise<boolean | null>) | undefined;
  /** Calls of `confirm` at most. */
  mostAsked?: number | undefined;
}

/** Between this share of the threshold and the threshold it is worth asking, or suggesting. */
export const ASK_FROM = 0.75;

interface Found {
  from: string;
  into: string;
  similarity: number;
  /** Somebody who was asked said that they are the same. */
  confirmed?: true;
}

/** `centroid`: of `into`, with `from` in it. */
export interface Join extends Found {
  centroid: Centroid;
}

/**
 * Joins patterns that a later view shows to be the same: always the two nearest ones first, until none are near enough.
 * The outcome depends on the patterns alone, not on the order in which they came.
 * @returns what to join, in order (a pattern may be `into` first and `from` later), and what only to suggest
 */
export async function repair(
  patterns: readonly RepairPattern[],
  rules: RepairRules,
): Promise<{ joins: Join[]; suggestions: Found[]; asked: number }> {
  const live = new Map(
    patterns.map((one) => [
      one.patternId,
      { ...one, near: new Set(one.neighbours), parts: [one.patternId], version: 0 },
    ]),
  );
  const queue = createPairQueue();
  const joins: Join[] = [];
  const suggestions: Found[] = [];
  let asked = 0;

  const push = (a: string, b: string) => {
    const [one, other] = [live.get(a), live.get(b)];
    if (!one || !other || a === b) return;
    const similarity = linkage(one.centroid, other.centroid);
    if (similarity < rules.askFrom) return;
    queue.push(a < b ? { a, b, similarity } : { a: b, b: a, similarity }, one.version + other.version);
  };
  for (const { patternId, neighbours } of patterns) {
    for (const near of neighbours) {
      live.get(near)?.near.add(patternId);
      if (patternId < near || !live.get(near)?.neighbours.includes(patternId)) push(patternId, near);
    }
  }

  for (let pair = queue.pop(); pair; pair = queue.pop()) {
    const { a, b, similarity } = pair;
    const [one, other] = [live.get(a), live.get(b)];
    // Either of them has been joined since: what it became was put into the queue then.
    if (!one || !other || pair.version !== one.version + other.version) continue;
    if (one.parts.some((part) => other.parts.some((its) => rules.never(part, its)))) continue;
    const [into, from] = isOlder(one, other) ? [one, other] : [other, one];
    const found: Found = { from: from.patternId, into: into.patternId, similarity };
    if (!rules.mayJoin(a, b)) {
      if (similarity >= rules.threshold) suggestions.push(found);
      continue;
    }
    if (similarity < rules.threshold) {
      const mayAsk = rules.confirm !== undefined && asked < (rules.mostAsked ?? Number.POSITIVE_INFINITY);
      if (mayAsk) asked += 1;
      const same = mayAsk ? ((await rules.confirm?.(a, b)) ?? null) : null;
      if (same === null) suggestions.push(found);
      if (same !== true) continue;
      found.confirmed = true;
    }
    into.centroid = addCentroids(into.centroid, from.centroid);
    joins.push({ ...found, centroid: into.centroid });
    into.version += 1 + from.version;
    into.parts.push(...from.parts);
    live.delete(from.patternId);
    for (const near of from.near) into.near.add(near);
    for (const near of into.near) {
      live.get(near)?.near.add(into.patternId);
      push(into.patternId, near);
    }
  }
  const standing = suggestions.filter(({ from, into }) => live.has(from) && live.has(into));
  return { joins, suggestions: standing, asked };
}

/** The larger pattern takes up the other; of equal ones, that of the smaller id. */
function isOlder(one: RepairPattern, other: RepairPattern): boolean {
  const difference = one.centroid.members - other.centroid.members;
  return difference === 0 ? one.patternId < other.patternId : difference > 0;
}
