import type { IntegrationState, ScanProgress } from '../domain/integration.ts';
import type { IntegrationWait } from '../domain/integration-wait.ts';
import type { PendingConversation } from '../domain/pending-conversations.ts';
import type { ScanCursor } from '../domain/scan-cursor.ts';
import type { ScanPeriod } from '../domain/scan-period.ts';

/** One pass over what Help Scout says was modified. */
export interface Reconciliation {
  batch: { batchId: string; workflowId: string };
  startedAtMs: number;
  modifiedSince: string;
  cursor: ScanCursor;
  missed: number;
  /** Conversations that had something to be read; absent in passes of older versions. */
  found?: number;
}

/** A scan that waits for the one under way. */
export interface QueuedScan {
  mailboxIds: number[];
  period: ScanPeriod;
}

/** Everything an integration remembers; plain JSON, carried whole over continue-as-new. */
export interface IntegrationMemory {
  state: IntegrationState;
  /** When it came into that state; absent until it changes for the first time. */
  stateSinceMs?: number;
  /** Who paused it. */
  pausedBy?: string | null;
  /** The state to go back to after a reconnect ... */
  returnTo: IntegrationState;
  /** ... and after a pause. */
  pausedFrom: IntegrationState;
  token: { tokenVersion: number; expiresAtMs: number; refreshAtMs: number } | null;
  /** The newest token that Help Scout refused; a newer one than ours never is. */
  rejectedTokenVersion: number;
  mailboxIds: number[];
  scansStarted: number;
  scan: ScanProgress | null;
  /** What the scan that `scan` tells of reads. */
  scanMailboxIds?: number[];
  scanPeriod?: ScanPeriod;
  /** Mailboxes that were added while a scan ran: scanned after it. */
  scanQueue?: QueuedScan[];
  /** Why work waits, as activities told at `waitsAtMs`. */
  waits?: IntegrationWait[];
  waitsAtMs?: number;
  /** Since when Help Scout does not tell us of changes; null while it does. */
  webhooksOffSinceMs?: number | null;
  pending: PendingConversation[];
  /** Taken from `pending` and under way. */
  processing: number[];
  /** Read, and not classified because the day's cost cap was reached; absent until that happens. */
  waitingForBudget?: { batch: { batchId: string; workflowId: string }; conversationIds: number[]; dueAtMs: number }[];
  /**
   * Those that are kept in MongoDB instead: how many, when to look again, and how often some were kept. Absent while none
   * wait.
   */
  waiting?: { count: number; dueAtMs: number; kept: number };
  /** Batches of conversations processed so far: names them in the log. */
  batches: number;
  /** Rows written about the integration itself: names them in the log. */
  events: number;
  /** The row that waits for an administrator to reconnect. */
  reauthorizationEventId?: string | null;
  /** Up to when Help Scout was asked what changed; null before the first scan. */
  reconciledUntilMs: number | null;
  /** The pass under way, so that one that is interrupted goes on where it was. */
  reconciliation: Reconciliation | null;
  /** Whether it was asked to go on as a new run, so that the history of this one can be deleted. */
  startsAnew?: boolean;
  /** Counts changes of what pages show ... */
  revision: number;
  /** ... up to the one that they do show. */
  publishedRevision: number;
}

/** An integration whose account is not connected yet. */
export function newIntegrationMemory(): IntegrationMemory {
  return {
    state: 'connecting',
    returnTo: 'awaitingMailboxes',
    pausedFrom: 'live',
    token: null,
    rejectedTokenVersion: -1,
    mailboxIds: [],
    scansStarted: 0,
    scan: null,
    pending: [],
    processing: [],
    batches: 0,
    events: 0,
    reconciledUntilMs: null,
    reconciliation: null,
    revision: 0,
    publishedRevision: 0,
  };
}

/** Changes the state and lets pages know. */
export function enter(memory: IntegrationMemory, state: IntegrationState): void {
  if (state === 'needsReauthorization') memory.returnTo = memory.state;
  if (state === 'paused' && memory.state !== 'needsReauthorization') memory.pausedFrom = memory.state;
  memory.state = state;
  memory.stateSinceMs = Date.now();
  memory.revision += 1;
}

/** The scan is over, also for an integration that is paused or waits for a reconnect. */
export function leaveScanning(memory: IntegrationMemory): void {
  if (memory.pausedFrom === 'scanning') memory.pausedFrom = 'live';
  if (memory.returnTo === 'scanning') memory.returnTo = 'live';
  if (memory.state === 'scanning') enter(memory, 'live');
}

/** Whether a scan runs, waits or is paused. */
export const isScanUnderWay = ({ scan }: IntegrationMemory) =>
  scan !== null && scan.state !== 'completed' && scan.state !== 'cancelled';

/** Whether conversations may be read now. */
export const mayWork = (memory: IntegrationMemory) => memory.state === 'scanning' || memory.state === 'live';

/** Whether pages show the newest state. */
export const isPublished = (memory: IntegrationMemory) => memory.publishedRevision >= memory.revision;
