import type { ScanProgress } from '../domain/integration.ts';
import { FIRST_PAGE, type ScanCursor } from '../domain/scan-cursor.ts';

/** Everything a scan remembers; plain JSON, carried whole over continue-as-new. */
export interface ScanMemory {
  cursor: ScanCursor | null;
  pagesRead: number;
  progress: ScanProgress;
  /** Read and stored, with open rows in the log, but not classified yet. */
  unclassified: number[];
  /** Read and stored, and to be classified in a message batch. Absent in scans that began before there were any. */
  gathered?: number[];
  /** Message batches that were submitted and not taken yet. */
  messageBatches?: { messageBatchId: string; conversationIds: number[] }[];
  /** How many were submitted: names the next one. */
  batchesSubmitted?: number;
  /** What is left of its mailboxes, where some were removed while it ran. */
  mailboxIds?: number[];
  paused: boolean;
  cancelled: boolean;
}

/** Everything that is read and not classified yet, wherever it waits. */
export function waitingConversations({ unclassified, gathered = [], messageBatches = [] }: ScanMemory): number[] {
  return [...unclassified, ...gathered, ...messageBatches.flatMap(({ conversationIds }) => conversationIds)];
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
