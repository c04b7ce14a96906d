import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { DocsCollection, Integration, IntegrationState, Mailbox, ScanProgress } from '../domain/integration.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';

import type { IntegrationMemory } from './integration-memory.ts';
import type { ScanMemory } from './scan-memory.ts';

/** Workflows, and activities that stay in our own house (MongoDB, classifier, Temporal). */
export const TASK_QUEUE = 'insights';
/** Activities that call Help Scout: their own queue, so that one busy account does not delay the others. */
export const HELPSCOUT_TASK_QUEUE = 'helpscout';

/** People first, then webhooks, then scans (Temporal: 1 is served first, 3 is the default). */
export const PRIORITY = { person: 1, webhook: 3, scan: 5 } as const;

/** Search attributes on every sync; the local stack registers them, the README says how for a real cluster. */
export const SEARCH_ATTRIBUTES = {
  organizationId: defineSearchAttributeKey('OrganizationId', 'KEYWORD'),
  integrationId: defineSearchAttributeKey('IntegrationId', 'KEYWORD'),
  eventType: defineSearchAttributeKey('EventType', 'KEYWORD'),
  syncStatus: defineSearchAttributeKey('SyncStatus', 'KEYWORD'),
  direction: defineSearchAttributeKey('Direction', 'KEYWORD'),
  conversationId: defineSearchAttributeKey('HelpScoutConversationId', 'KEYWORD'),
  /** Of a failed sync: its cause, so that those of one cause can be found and retried together. */
  syncErrorCode: defineSearchAttributeKey('SyncErrorCode', 'KEYWORD'),
  customerEmailHash: defineSearchAttributeKey('CustomerEmailHash', 'KEYWORD'),
};

export const integrationWorkflowId = (integrationId: string) => `integration:${integrationId}`;
export const scanWorkflowId = (integrationId: string, scanNumber: number) => `scan:${integrationId}:${scanNumber}`;
export const conversationWorkflowId = (integrationId: string, conversationId: number) =>
  `conversation:${integrationId}:${conversationId}`;

/** One submission, one ticket: the id is what makes a repeated start harmless. */
export const ticketWorkflowId = (organizationId: string, submissionId: string) =>
  `ticket:${organizationId}:${submissionId}`;
export const customerWorkflowId = (integrationId: string, externalId: string) =>
  `customer:${integrationId}:${externalId}`;
export const retryRunWorkflowId = (organizationId: string, retryRunId: string) =>
  `retryRun:${organizationId}:${retryRunId}`;

/** Names a workflow's tenant in every activity call. */
export interface Scope {
  organizationId: string;
  integrationId: string;
}

// ---- integration ----

export interface IntegrationSettings {
  scanWindowDays: number;
  /** A conversation is processed once no event has come for it for this long ... */
  quietMs: number;
  /** ... or at the latest this long after its first event. */
  quietMaxMs: number;
  reconcileMs: number;
  /** Continue as new after so many history events; absent: when the server suggests it. */
  maxHistoryEvents?: number;
}

/** Name of the workflow that the web app starts. */
export const INTEGRATION_WORKFLOW = 'integration';

export interface IntegrationInput extends Scope {
  settings: IntegrationSettings;
  /** State carried over by continue-as-new; absent at the first start. */
  carried?: IntegrationMemory;
}

/** One webhook delivery: a hint that a conversation is worth reading again. */
export interface HelpScoutEvent {
  event: string;
  conversationId: number;
  receivedAtMs: number;
}

export interface IntegrationStatus {
  state: IntegrationState;
  /** One line for people: what it does now, or why it waits. */
  activity: string;
  scan: ScanProgress | null;
  pendingConversations: number;
  tokenExpiresAtMs: number | null;
}

export interface ConnectResult {
  account: NonNullable<Integration['account']>;
  mailboxes: Mailbox[];
}

/** Everything people ask of an integration is an update: validated, and answered with what became of it. */
export const connectUpdate = defineUpdate<ConnectResult>('connect');
export const selectMailboxesUpdate = defineUpdate<{ scanNumber: number }, [{ mailboxIds: number[] }]>(
  'selectMailboxes',
);
export const connectDocsUpdate = defineUpdate<{ collections: DocsCollection[] }>('connectDocs');
export const mapDocsUpdate = defineUpdate<{ mapped: number }, [{ collectionIds: string[] }]>('mapDocs');
export const rescanUpdate = defineUpdate<{ scanNumber: number }>('rescan');
export const pauseUpdate = defineUpdate<void>('pause');
export const resumeUpdate = defineUpdate<void>('resume');
export const reauthorizedUpdate = defineUpdate<ConnectResult>('reauthorized');
export const retryFailedUpdate = defineUpdate<{ matched: number }, [{ code?: SyncErrorCode; by?: string }]>(
  'retryFailed',
);
export const disconnectUpdate = defineUpdate<void>('disconnect');

/** Everything Help Scout (or a part of ours) tells it is a signal: held durably, worked on later. */
export const helpScoutEventsSignal = defineSignal<[HelpScoutEvent[]]>('helpScoutEvents');
export const tokenRejectedSignal = defineSignal<[{ tokenVersion: number }]>('tokenRejected');
export const scanProgressedSignal = defineSignal<[ScanProgress]>('scanProgressed');
export const integrationStatusQuery = defineQuery<IntegrationStatus>('status');

// ---- scan ----

export interface ScanInput extends Scope {
  scanNumber: number;
  mailboxIds: number[];
  /** ISO second; conversations modified after it are read. */
  modifiedSince: string;
  /** State carried over by continue-as-new; absent at the first start. */
  carried?: ScanMemory;
}

export const pauseScanSignal = defineSignal('pauseScan');
export const resumeScanSignal = defineSignal('resumeScan');
export const cancelScanSignal = defineSignal('cancelScan');
export const scanProgressQuery = defineQuery<ScanProgress>('progress');

// ---- conversationSync, ticketSync, customerSync: each keeps one row of the log retryable ----

/** Workflow types by name, for activities and the web app: they start workflows but see no workflow code. */
export const CONVERSATION_SYNC_WORKFLOW = 'conversationSync';

export interface ConversationSyncInput extends Scope {
  conversationId: number;
  /** The log's row that this settles. */
  eventId: string;
  /** Why the first attempt failed. */
  failure: { code: SyncErrorCode; httpStatus?: number };
}

export const TICKET_SYNC_WORKFLOW = 'ticketSync';
export interface TicketSyncInput extends Scope {
  submissionId: string;
  /** The log's row, which stands already. */
  eventId: string;
}

export const CUSTOMER_SYNC_WORKFLOW = 'customerSync';
export interface CustomerSyncInput extends Scope {
  externalId: string;
}
/** Something about the customer changed, or their batch is due: sent with start, so that it always finds a workflow. */
export const customerChangedSignal = defineSignal('customerChanged');

// ---- what every sync of one row understands ----

export type RetryOutcome = { status: 'success' | 'skipped' } | { status: 'failed'; code: SyncErrorCode };

/** For Temporal Web: More Actions > Send a Signal > `retry`, without input; a retry of many names who asked for it. */
export const retrySignal = defineSignal<[by?: string]>('retry');
export const dismissSignal = defineSignal<[string]>('dismiss');
/** For the page's button: refused while a try runs, answers with the outcome. `by` is the person's address. */
export const retryNowUpdate = defineUpdate<RetryOutcome, [{ by: string }]>('retryNow');

// ---- by schedule ----

/** Workflows that run at intervals for the whole installation; the worker makes their schedules (worker/schedules.ts). */
export const SCHEDULED = {
  /** Starts what was accepted and whose workflow could not be started then. */
  sweepSubmissions: { every: '1 minute' },
  /** Looks at each organization's alert rules. */
  checkAlerts: { every: '5 minutes' },
  /** Removes what is older than it is kept. */
  applyRetention: { every: '1 day' },
} as const;
