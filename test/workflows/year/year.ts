import assert from 'node:assert/strict';
import { notPlainAt } from './plain-state.ts';
import type { SimulatedYear } from './simulated-year.ts';

/** Of one run: Temporal ends a workflow at 51,200. */
const MOST_EVENTS = 20_000;
/** A pass begins so long after it was due, or before, at most: in the first month as in the last. */
const MOST_LATE_MS = 60_000;

/** Holds what a simulated time came to against what has to be so. @returns what was measured, for people */
export function checkYear({ runs, told, seen, batchIds, eventIds, refreshedAt, passesLateMs }: SimulatedYear): string {
  assert.deepEqual(
    told.filter((id) => !seen.has(id)),
    [],
  );
  const longest = Math.max(...runs.map(({ events }) => events));
  assert(longest <= MOST_EVENTS, `${longest} events in one run`);
  for (const [index, { handedOver }] of runs.entries()) {
    if (index === runs.length - 1) continue;
    assert.equal(notPlainAt(handedOver, 'input'), null);
    assert.deepEqual(runs[index + 1]?.input, handedOver);
  }
  // Names of batches and rows go on where the run before was: one that came again would settle another one's row.
  assert.equal(new Set(eventIds).size, eventIds.length);
  assert.equal(new Set(batchIds).size, batchIds.length);

  const early = Math.min(...refreshedAt);
  const late = Math.max(...refreshedAt);
  assert(early >= 0.7 && late <= 0.76, `refreshed after ${early} to ${late} of a token's life`);
  const mostLateMs = Math.max(...passesLateMs);
  const mostEarlyMs = -Math.min(...passesLateMs);
  assert(mostEarlyMs <= MOST_LATE_MS, `a pass was ${mostEarlyMs} ms early`);
  assert(mostLateMs <= MOST_LATE_MS, `a pass was ${mostLateMs} ms late`);
  const part = Math.floor(passesLateMs.length / 12) || 1;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [first, last] = [mean(passesLateMs.slice(0, part)), mean(passesLateMs.slice(-part))];
  return JSON.stringify({
    ...{ runs: runs.length, longestRun: longest, conversations: told.length },
    ...{ refreshes: refreshedAt.length, refreshedAt: [early, late], passes: passesLateMs.length },
    latePassMs: { first: Math.round(first), last: Math.round(last), most: mostLateMs },
  });
}
