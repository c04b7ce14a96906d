import type { ScanProgress } from '../domain/integration.ts';
import { FIRST_PAGE, type ScanCursor } from '../domain/scan-cursor.ts';

/** Everything a scan remembers; plain JSON, carried whole over continue-as-new. */
export interface ScanMemory {
  cursor: ScanCursor | null;
  pagesRead: number;
  progress: ScanProgress;
  /** Read and stored, with open rows in the log, but not classified yet. */
  unclassified: number[];
  paused: boolean;
  cancelled: boolean;
}

/** A scan before its first page. */
export function newScanMemory(scanNumber: number): ScanMemory {
  return {
    cursor: FIRST_PAGE,
    pagesRead: 0,
    progress: {
      scanNumber,
      total: null,
      imported: 0,
      classified: 0,
      unchanged: 0,
      failed: 0,
      state: 'running',
      waitingFor: null,
      startedAtMs: Date.now(),
      finishedAtMs: null,
    },
    unclassified: [],
    paused: false,
    cancelled: false,
  };
}
