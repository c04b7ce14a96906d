import type { IntegrationState, ScanProgress } from '../domain/integration.ts';
import type { PendingConversation } from '../domain/pending-conversations.ts';

/** Everything an integration remembers; plain JSON, carried whole over continue-as-new. */
export interface IntegrationMemory {
  state: IntegrationState;
  /** The state to go back to after a pause or a reconnect. */
  returnTo: 'awaitingMailboxes' | 'scanning' | 'live';
  token: { tokenVersion: number; expiresAtMs: number; refreshAtMs: number } | null;
  /** The newest token that Help Scout refused; a newer one than ours never is. */
  rejectedTokenVersion: number;
  mailboxIds: number[];
  scansStarted: number;
  scan: ScanProgress | null;
  pending: PendingConversation[];
  /** Batches of conversations processed so far: names them in the log. */
  batches: number;
  /** Rows written about the integration itself: names them in the log. */
  events: number;
  /** Up to when Help Scout was asked what changed; null before the first scan. */
  reconciledUntilMs: number | null;
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
    token: null,
    rejectedTokenVersion: -1,
    mailboxIds: [],
    scansStarted: 0,
    scan: null,
    pending: [],
    batches: 0,
    events: 0,
    reconciledUntilMs: null,
    revision: 0,
    publishedRevision: 0,
  };
}

/** Changes the state and lets pages know. */
export function enter(memory: IntegrationMemory, state: IntegrationState): void {
  if (memory.state === 'awaitingMailboxes' || memory.state === 'scanning' || memory.state === 'live') {
    memory.returnTo = memory.state;
  }
  memory.state = state;
  memory.revision += 1;
}

/** Whether conversations may be read now. */
export const mayWork = (memory: IntegrationMemory) => memory.state === 'scanning' || memory.state === 'live';

/** Whether pages show the newest state. */
export const isPublished = (memory: IntegrationMemory) => memory.publishedRevision >= memory.revision;
