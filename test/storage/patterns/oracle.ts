import assert from 'node:assert/strict';
import type { PatternDecision } from '../../../src/domain/pattern-decision.ts';

/**
 * What people were promised, worked out by other means than the product's: things that are tied to each other (a
 * conversation to its pattern, a merged pattern to the other) are one component of a graph, found by flooding.
 */
export function createOracle() {
  const bases = new Map<number, string>();
  let heard: PatternDecision[] = [];

  const placeOf = (conversationId: number): string | undefined => {
    let place = bases.get(conversationId);
    for (const { change, undone } of heard) {
      if (undone || !('members' in change)) continue;
      if (change.members.some((member) => member.conversationId === conversationId)) place = change.to;
    }
    return place;
  };

  function components(): Map<string, number> {
    const ties = heard.flatMap(({ change, undone }): [string, string][] => {
      if (change.kind === 'merge' && !undone) return [[change.from, change.into]];
      return change.kind === 'split' && change.startsPattern && undone ? [[change.to, change.from]] : [];
    });
    const barred = apartPairs();
    const component = new Map<string, number>();
    let next = 0;
    for (const start of new Set(ties.flat())) {
      if (component.has(start)) continue;
      const queue = [start];
      for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
        if (component.has(at)) continue;
        component.set(at, next);
        for (const [a, b] of ties) if (a === at || b === at) queue.push(a === at ? b : a);
      }
      next++;
    }
    // A split that was taken back may meet a later "not the same": such ties are judged by the pairs alone.
    for (const [a, b] of barred) {
      if (component.has(a) && component.get(a) === component.get(b)) contested.add(component.get(a) ?? -1);
    }
    return component;
  }
  const contested = new Set<number>();

  function apartPairs(): [string, string][] {
    const lifted = new Set(heard.filter(({ undone }) => !undone).flatMap(({ lifts }) => lifts));
    return heard.flatMap(({ change, by, undone, decisionId }): [string, string][] => {
      if (lifted.has(decisionId)) return [];
      // Who takes back what a run joined says that it is not the same.
      if (change.kind === 'merge') return undone && by === null ? [[change.from, change.into]] : [];
      if (undone) return [];
      if (change.kind === 'apart') return [[change.a, change.b]];
      return change.kind === 'split' ? [[change.from, change.to]] : [];
    });
  }

  return {
    placed: (conversationId: number, patternId: string) => void bases.set(conversationId, patternId),
    hears(decision: PatternDecision) {
      heard = [...heard.filter(({ decisionId }) => decisionId !== decision.decisionId), decision].sort(
        (a, b) => a.seq - b.seq,
      );
    },
    base: (conversationId: number) => bases.get(conversationId) ?? assert.fail(`${conversationId} never arrived`),
    patterns: () => [
      ...new Set([...bases.values(), ...heard.flatMap(({ change }) => ('to' in change ? [change.to] : []))]),
    ],

    /** No must-link is apart, no cannot-link together. */
    check(where: ReadonlyMap<number, string>) {
      contested.clear();
      const component = components();
      const nameOf = (patternId: string) => component.get(patternId) ?? patternId;
      const apart = new Set(apartPairs().map(([a, b]) => [a, b].sort().join(' ')));
      const placed = [...where].map(([id, patternId]) => ({ id, patternId, place: placeOf(id) ?? '' }));
      for (const one of placed) {
        for (const other of placed) {
          const pair = `${one.id} and ${other.id}`;
          const barred = apart.has([one.place, other.place].sort().join(' '));
          if (barred) assert.notEqual(one.patternId, other.patternId, `${pair} are together`);
          else if (!contested.has(component.get(one.place) ?? -2)) {
            const tied = nameOf(one.place) === nameOf(other.place);
            assert.equal(one.patternId === other.patternId, tied, `${pair}: tied ${tied}`);
          }
        }
      }
    },
  };
}
