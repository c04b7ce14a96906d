import type { ScanProgress } from './integration.ts';

/** How many conversations of a scan were done at a moment. Epoch milliseconds; plain JSON. */
export interface PaceSample {
  atMs: number;
  done: number;
}

/** Samples that are kept: one a page, so a few minutes at most accounts' limits. */
export const PACE_SAMPLES = 20;
/** Less says nothing about the rest. */
const LEAST_MS = 3_000;
const LEAST_DONE = 10;
/** No page for longer than the slowest would take: the pace is one of another time. */
const STALE_MS = 10 * 60_000;

export type TimeLeft = { leftMs: number } | { unknown: 'counting' | 'tooEarly' | 'waiting' | 'batches' };

/** Conversations of a scan with which there is nothing left to do. */
export const scanDone = ({ classified, unchanged, failed }: ScanProgress): number => classified + unchanged + failed;

/**
 * How long a scan will take still, by the rule: what is left, at the pace of the last pages (up to twenty, since the last
 * pause or wait that was told). Waits for the minute's limit are part of the pace, pauses are not. Not known before ten
 * conversations and three seconds were measured, while it waits, and for what Claude answers in batches.
 * @returns null for a scan that is over
 */
export function timeLeft(scan: ScanProgress, pace: readonly PaceSample[], nowMs: number): TimeLeft | null {
  if (scan.state === 'completed' || scan.state === 'cancelled') return null;
  if (scan.state !== 'running') return { unknown: 'waiting' };
  if (scan.total === null) return { unknown: 'counting' };
  const left = scan.total - scanDone(scan) - (scan.inBatches ?? 0);
  if (left <= 0) return (scan.inBatches ?? 0) > 0 ? { unknown: 'batches' } : { leftMs: 0 };
  const [first] = pace;
  const last = pace.at(-1);
  if (!first || !last || nowMs - last.atMs > STALE_MS) return { unknown: 'tooEarly' };
  const took = last.atMs - first.atMs;
  const done = last.done - first.done;
  if (took < LEAST_MS || done < LEAST_DONE) return { unknown: 'tooEarly' };
  return { leftMs: Math.max(0, (left * took) / done - (nowMs - last.atMs)) };
}
