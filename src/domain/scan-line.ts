import type { ScanProgress } from './integration.ts';
import { syncErrorCodeSchema } from './sync-error.ts';
import { SYNC_ERROR_TEXT } from './sync-error-text.ts';

/** A scan in one line, for Temporal Web, the log and the page. */
export function scanLine(progress: ScanProgress): string {
  const { state, waitingFor } = progress;
  const code = syncErrorCodeSchema.safeParse(waitingFor);
  if (state === 'waiting' && code.success)
    return `${scanCounts(progress)}; waiting: ${SYNC_ERROR_TEXT[code.data].message}`;
  return state === 'paused' ? `${scanCounts(progress)}; paused` : scanCounts(progress);
}

/** How far a scan is. */
export function scanCounts({ total, imported, classified, unchanged, failed, inBatches = 0 }: ScanProgress): string {
  const later = inBatches > 0 ? `, ${inBatches} in message batches` : '';
  return `${imported + unchanged + failed} of ${total ?? '?'} read, ${classified} classified, ${unchanged} unchanged, ${failed} failed${later}`;
}
