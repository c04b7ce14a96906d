import type { IntegrationState, ScanProgress } from './integration.ts';
import { type IntegrationWait, lastingWaits, WAIT_SOURCES } from './integration-wait.ts';

const MINUTE_MS = 60_000;
/** A page of a scan takes ten minutes at worst. */
const NO_PAGE_MS = 15 * MINUTE_MS;
/** People choose mailboxes within a day, or have forgotten about it. */
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS;

/** Why a connection does not get on; `since` in epoch milliseconds. */
export type Stuck =
  | { why: 'waits'; code: string; sinceMs: number; untilMs: number | null }
  | { why: 'needsReauthorization' | 'notSetUp' | 'scanStands'; sinceMs: number };

interface Watched {
  state: IntegrationState;
  createdAt: Date;
  scan: Pick<ScanProgress, 'state' | 'waitingFor' | 'startedAtMs'> | null;
  scanPace: readonly { atMs: number }[];
  waits: Partial<Record<(typeof WAIT_SOURCES)[number], Omit<IntegrationWait, 'source'>>>;
}

/** What keeps a connection from making progress; null where nothing does, or somebody paused it. */
export function stuckBy({ state, createdAt, scan, scanPace, waits }: Watched, nowMs: number): Stuck | null {
  const createdAtMs = createdAt.getTime();
  if (state === 'needsReauthorization') return { why: state, sinceMs: waits.helpScout?.sinceMs ?? createdAtMs };
  if (state === 'connecting' || state === 'awaitingMailboxes') {
    return nowMs - createdAtMs > FORGOTTEN_MS ? { why: 'notSetUp', sinceMs: createdAtMs } : null;
  }
  if (state === 'paused' || state === 'disconnected') return null;
  const known = WAIT_SOURCES.flatMap((source) => {
    const wait = waits[source];
    return wait ? [{ source, ...wait }] : [];
  });
  const [wait] = lastingWaits(known, nowMs);
  if (wait) return { why: 'waits', code: wait.code, sinceMs: wait.sinceMs, untilMs: wait.untilMs };
  if (scan?.state !== 'running') return null;
  const lastAtMs = Math.max(scan.startedAtMs, ...scanPace.map(({ atMs }) => atMs));
  return nowMs - lastAtMs > NO_PAGE_MS ? { why: 'scanStands', sinceMs: lastAtMs } : null;
}
