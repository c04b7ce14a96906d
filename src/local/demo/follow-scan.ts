import type { ScanProgress } from '../../domain/integration.ts';
import type { Storage } from '../../storage/storage.ts';
import { waitUntil } from '../wait-until.ts';

const BAR_WIDTH = 30;

export interface FollowOptions {
  organizationId: string;
  integrationId: string;
  /** Conversations that the scan should find. */
  expected: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Draws a progress bar until the scan is over and everything it found is classified or has failed. */
export async function followScan(storage: Storage, options: FollowOptions): Promise<ScanProgress> {
  const { organizationId, integrationId, expected, timeoutMs, signal } = options;
  let scan: ScanProgress | null = null;
  let drawn = '';
  const over = async () => {
    scan = (await storage.integrations.get(organizationId, integrationId))?.scan ?? null;
    const bar = progressBar(scan, expected);
    if (bar !== drawn) process.stdout.write(process.stdout.isTTY ? `\r${bar}` : `${bar}\n`);
    drawn = bar;
    return scan?.state === 'completed' || scan?.state === 'cancelled';
  };
  await waitUntil(over, { what: 'the scan to end', timeoutMs, intervalMs: 500, signal });
  if (process.stdout.isTTY) process.stdout.write('\n');
  if (!scan) throw new Error('The scan ended without progress.');
  return scan;
}

/** `[#####.....] 120 of 400 classified`. */
export function progressBar(scan: ScanProgress | null, expected: number): string {
  const done = (scan?.classified ?? 0) + (scan?.unchanged ?? 0) + (scan?.failed ?? 0);
  const total = Math.max(scan?.total ?? expected, done, 1);
  const filled = Math.round((done / total) * BAR_WIDTH);
  const waiting = scan?.waitingFor ? ` (waiting: ${scan.waitingFor})` : '';
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${done} of ${total} classified${waiting}`;
}
