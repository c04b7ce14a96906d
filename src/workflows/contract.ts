import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CustomerRecord } from '../domain/customer-record.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { DocsCollection, Integration, IntegrationState, Mailbox, ScanProgress } from '../domain/integration.ts';
import type { IntegrationResume } from '../domain/integration-resume.ts';
import type { IntegrationSituation } from '../domain/integration-situation.ts';
import type { IntegrationWait } from '../domain/integration-wait.ts';
import type { RetryRunState } from '../domain/retry-run.ts';
import type { ScanEstimate } from '../domain/scan-estimate.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';

import type { IntegrationMemory } from './integration-memory.ts';
import type { AskedBy, EstimateWish, MailboxChoice, MailboxesSelected, RescanWish } from './scan-contract.ts';
import type { ScanMemory } from './scan-memory.ts';

export * from './erase-contract.ts';
export * from './notify-contract.ts';

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
  /** Of an integration: its state, and what it waits for (`nothing` while it works). */
  integrationState: defineSearchAttributeKey('IntegrationState', 'KEYWORD'),
  waitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
};

export const integrationWorkflowId = (integrationId: string) => `integration:${integrationId}`;
export const scanWorkflowId = (integrationId: string, scanNumber: number) => `scan:${integrationId}:${scanNumber}`;
export const conversationWorkflowId = (integrationId: string, conversationId: number) =>
  `conversation:${integrationId}:${conversationId}`;

/** What was held back keeps its row as it is; sending it all the same has a row of its own. */
export const sentRowId = (workflowId: string) => `${workflowId}/sent`;
/** One submission, one ticket: the id is what makes a repeated start harmless. */
export const ticketWorkflowId = (organizationId: string, submissionId: string) =>
  `ticket:${organizationId}:${submissionId}`;
export const customerWorkflowId = (integrationId: string, externalId: string) =>
  `customer:${integrationId}:${externalId}`;
export const retryRunWorkflowId = (organizationId: string, retryRunId: string) =>
  `retryRun:${organizationId}:${retryRunId}`;

export const outcomeCheckWorkflowId = (recordId: string, resolution: number) => `outcome:${recordId}:${resolution}`;
/** One message, one note or draft: the id is what makes a repeated start harmless. */
export const recordMessageWorkflowId = (organizationId: string, messageId: string) =>
  `message:${organizationId}:${messageId}`;

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
  /** Of one that was disconnected: what it goes on from; absent at a first connection. */
  resumes?: IntegrationResume;
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
  /** What that line is made of, so that it can be written with another clock. */
  situation: IntegrationSituation;
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
/** Connects with the access that another, new integration was given for the same account. */
export const takeOverUpdate = defineUpdate<ConnectResult, [{ integrationId: string }]>('takeOver');
export type { MailboxesSelected };
export const selectMailboxesUpdate = defineUpdate<MailboxesSelected, [MailboxChoice]>('selectMailboxes');
export const connectDocsUpdate = defineUpdate<{ collections: DocsCollection[] }>('connectDocs');
export const mapDocsUpdate = defineUpdate<{ mapped: number }, [{ collectionIds: string[] }]>('mapDocs');
export const rescanUpdate = defineUpdate<{ scanNumber: number }>('rescan');
/** The same, of a period. */
export const rescanPeriodUpdate = defineUpdate<{ scanNumber: number }, [RescanWish]>('rescan');
/** How much a scan would read, as Help Scout counts it; nothing is read. */
export const estimateScanUpdate = defineUpdate<ScanEstimate, [EstimateWish]>('estimateScan');
export const cancelScanUpdate = defineUpdate<void>('cancelScan');
export const pauseUpdate = defineUpdate<void>('pause');
/** The same, with who asked. */
export const pauseByUpdate = defineUpdate<void, [AskedBy]>('pause');
export const resumeUpdate = defineUpdate<void>('resume');
export const reauthorizedUpdate = defineUpdate<ConnectResult>('reauthorized');
export const retryFailedUpdate = defineUpdate<{ matched: number }, [{ code?: SyncErrorCode; by?: string }]>(
  'retryFailed',
);
/** Tries the connection step by step; what does not work is part of the answer. */
export const testConnectionUpdate = defineUpdate<Diagnosis, [{ by: string }]>('testConnection');
export const disconnectUpdate = defineUpdate<void>('disconnect');

/** Everything Help Scout (or a part of ours) tells it is a signal: held durably, worked on later. */
export const helpScoutEventsSignal = defineSignal<[HelpScoutEvent[]]>('helpScoutEvents');
export const tokenRejectedSignal = defineSignal<[{ tokenVersion: number }]>('tokenRejected');
/** Why its work waits, as its activities find it: all that is known at `atMs`. */
export const waitsChangedSignal = defineSignal<[{ atMs: number; waits: IntegrationWait[] }]>('waitsChanged');
export const scanProgressedSignal = defineSignal<[ScanProgress]>('scanProgressed');
export const integrationStatusQuery = defineQuery<IntegrationStatus>('status');

// ---- scan ----

export interface ScanInput extends Scope {
  scanNumber: number;
  mailboxIds: number[];
  /** ISO second; conversations modified after it are read ... */
  modifiedSince: string;
  /** ... and, where it is set, at this second or before. */
  modifiedUntil?: string;
  /** State carried over by continue-as-new; absent at the first start. */
  carried?: ScanMemory;
}

export const pauseScanSignal = defineSignal('pauseScan');
export const resumeScanSignal = defineSignal('resumeScan');
export const cancelScanSignal = defineSignal('cancelScan');
/** Of its mailboxes only these are read from now on. */
export const limitScanSignal = defineSignal<[{ mailboxIds: number[] }]>('limitScan');
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
  /** Of one that is started anew because a person asked: who. */
  askedBy?: string;
  /** It was held back as a suspected duplicate before, and is to be sent all the same. */
  sendsHeld?: boolean;
}

/** How a ticket's workflow is started, by whoever does: the web app, or the sweep. */
export const ticketSyncStart = (input: TicketSyncInput, customerEmailHash: string) => ({
  workflowId: ticketWorkflowId(input.organizationId, input.submissionId),
  taskQueue: TASK_QUEUE,
  args: [input] as [TicketSyncInput],
  staticSummary: `Ticket ${input.submissionId}`,
  typedSearchAttributes: [
    { key: SEARCH_ATTRIBUTES.organizationId, value: input.organizationId },
    { key: SEARCH_ATTRIBUTES.integrationId, value: input.integrationId },
    { key: SEARCH_ATTRIBUTES.eventType, value: 'ticketCreated' },
    { key: SEARCH_ATTRIBUTES.direction, value: 'outbound' },
    { key: SEARCH_ATTRIBUTES.syncStatus, value: 'pending' },
    { key: SEARCH_ATTRIBUTES.customerEmailHash, value: customerEmailHash },
  ],
});

export const CUSTOMER_SYNC_WORKFLOW = 'customerSync';
export interface CustomerSyncInput extends Scope {
  externalId: string;
}
/**
 * Something about the customer changed, or their batch is due: sent with start, so that it always finds a workflow. The
 * version tells a running one whether it has that already; without one it looks.
 */
export const customerChangedSignal = defineSignal<[{ version: number }?]>('customerChanged');

/** How one customer's sync is told of a version, and started if none runs: for signal-with-start. */
export const customerSyncStart = (
  { organizationId, integrationId, externalId, version, syncedVersion }: CustomerRecord,
  emailHash: string,
) => ({
  workflowId: customerWorkflowId(integrationId, externalId),
  taskQueue: TASK_QUEUE,
  args: [{ organizationId, integrationId, externalId }] satisfies [CustomerSyncInput],
  signal: customerChangedSignal,
  signalArgs: [{ version }] satisfies [{ version: number }],
  typedSearchAttributes: [
    { key: SEARCH_ATTRIBUTES.organizationId, value: organizationId },
    { key: SEARCH_ATTRIBUTES.integrationId, value: integrationId },
    { key: SEARCH_ATTRIBUTES.eventType, value: syncedVersion === 0 ? 'customerSynced' : 'customerUpdated' },
    { key: SEARCH_ATTRIBUTES.direction, value: 'outbound' },
    { key: SEARCH_ATTRIBUTES.syncStatus, value: 'pending' },
    { key: SEARCH_ATTRIBUTES.customerEmailHash, value: emailHash },
  ],
});

export const CUSTOMER_BATCH_WORKFLOW = 'customerBatch';
/** Of an organization's batches one runs at a time, whoever started it. */
export const customerBatchWorkflowId = (organizationId: string) => `customerBatch:${organizationId}`;
export interface CustomerBatchInput {
  organizationId: string;
}
/** The schedule of an organization that does not sync its customers in real time. */
export const customerScheduleId = (organizationId: string) => `customers:${organizationId}`;

export const CUSTOMER_IMPORT_WORKFLOW = 'customerImport';
export const customerImportWorkflowId = (importId: string) => `customerImport:${importId}`;
export interface CustomerImportInput {
  organizationId: string;
  importId: string;
}

// ---- bug reports and feature requests ----

export const OUTCOME_CHECK_WORKFLOW = 'outcomeCheck';
export interface OutcomeCheckInput {
  organizationId: string;
  recordId: string;
  /** Which time it was done: the check of an earlier one comes to nothing. */
  resolution: number;
  checkAtMs: number;
}

/** How the check of one resolution is started, by whoever does: the web app, or the sweep. */
export const outcomeCheckStart = (input: OutcomeCheckInput) => ({
  workflowId: outcomeCheckWorkflowId(input.recordId, input.resolution),
  taskQueue: TASK_QUEUE,
  args: [input] as [OutcomeCheckInput],
  typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.organizationId, value: input.organizationId }],
});

export const CLOSE_LOOP_WORKFLOW = 'closeLoop';
export interface CloseLoopInput extends Scope {
  messageId: string;
  /** The log's row, which stands already. */
  eventId: string;
  /** Who sent it, or had it sent again. */
  askedBy: string;
}

/** How a note's or draft's workflow is started, by whoever does: the web app, the sweep, or a retry. */
export const closeLoopStart = (input: CloseLoopInput, conversationId: number) => ({
  workflowId: recordMessageWorkflowId(input.organizationId, input.messageId),
  taskQueue: TASK_QUEUE,
  args: [input] as [CloseLoopInput],
  typedSearchAttributes: [
    { key: SEARCH_ATTRIBUTES.organizationId, value: input.organizationId },
    { key: SEARCH_ATTRIBUTES.integrationId, value: input.integrationId },
    { key: SEARCH_ATTRIBUTES.eventType, value: 'conversationUpdated' },
    { key: SEARCH_ATTRIBUTES.direction, value: 'outbound' },
    { key: SEARCH_ATTRIBUTES.syncStatus, value: 'pending' },
    { key: SEARCH_ATTRIBUTES.conversationId, value: String(conversationId) },
  ],
});

// ---- docsSync: the articles of an integration's mapped collections ----

export const DOCS_SYNC_WORKFLOW = 'docsSync';
export const docsSyncWorkflowId = (integrationId: string) => `docsSync:${integrationId}`;
/** The mapping changed, or it is time to look again: sent with start, so that a running sync goes round once more. */
export const syncDocsSignal = defineSignal('syncDocs');
export const docsSyncStart = ({ organizationId, integrationId }: Scope) => ({
  workflowId: docsSyncWorkflowId(integrationId),
  taskQueue: TASK_QUEUE,
  args: [{ organizationId, integrationId }] satisfies [Scope],
  signal: syncDocsSignal,
  staticSummary: 'Help articles',
  typedSearchAttributes: [
    { key: SEARCH_ATTRIBUTES.organizationId, value: organizationId },
    { key: SEARCH_ATTRIBUTES.integrationId, value: integrationId },
  ],
});

// ---- what every sync of one row understands ----

export type RetryOutcome = { status: 'success' | 'skipped' } | { status: 'failed'; code: SyncErrorCode };

/** For Temporal Web: More Actions > Send a Signal > `retry`, without input; a retry of many names who asked for it. */
export const retrySignal = defineSignal<[by?: string]>('retry');
export const dismissSignal = defineSignal<[reason: string, by?: string]>('dismiss');
/** For the page's button: refused while a try runs, answers with the outcome. `by` is the person's address. */
export const retryNowUpdate = defineUpdate<RetryOutcome, [{ by: string }]>('retryNow');

// ---- retryRun: several rows, retried together ----

export const RETRY_RUN_WORKFLOW = 'retryRun';
export interface RetryRunInput {
  organizationId: string;
  retryRunId: string;
  /** Who asked for it: every retry of the run names them. */
  by: string;
  /** How many rows were chosen; storage has them, numbered from 0. */
  total: number;
  /** Whether a person looks at the preview before anything is sent. */
  review: boolean;
  /** Whether one is tried before the others. */
  canary: boolean;
  perMinute: number;
  /** Continue as new after so many history events; absent: when the server suggests it. */
  maxHistoryEvents?: number;
  /** State carried over by continue-as-new; absent at the first start. */
  carried?: RetryRunMemory;
}

export interface RetryRunMemory {
  state: RetryRunState;
  previewed: number;
  /** The first row that was not asked to try again yet. */
  next: number;
  /** A go for what waits for one; taken by the step that waited. */
  approved: boolean;
  cancelled: boolean;
  /** Who decided last. */
  decidedBy: string | null;
}

/** Goes on: after the preview, or although the first one failed. Refused when nothing waits for it. */
export const approveRetryRunUpdate = defineUpdate<RetryRunState, [{ by?: string } | undefined]>('approve');
/** Stops; what is under way ends by itself. */
export const cancelRetryRunUpdate = defineUpdate<RetryRunState, [{ by?: string } | undefined]>('cancel');
export const retryRunStateQuery = defineQuery<RetryRunMemory>('retryRunState');

// ---- training ----

export const RETRAIN_WORKFLOW = 'retrain';
export const retrainWorkflowId = (organizationId: string, version: number) => `retrain:${organizationId}:${version}`;
export interface RetrainInput {
  organizationId: string;
  /** Of the model that is trained; storage has it, in state `training`. */
  version: number;
}

// ---- what-if: another way of classifying, tried on past conversations ----

export const WHAT_IF_WORKFLOW = 'whatIf';
export const whatIfWorkflowId = (whatIfId: string) => `whatIf:${whatIfId}`;
export interface WhatIfInput {
  organizationId: string;
  whatIfId: string;
}
export interface WhatIfStep {
  more: boolean;
  /** Set where the day's cost cap is reached. */
  waitMs?: number;
}
/** Somebody stopped or discarded it: a run that waits for the next day need not. */
export const stopWhatIfSignal = defineSignal('stopWhatIf');

export const SWITCH_EDITION_WORKFLOW = 'switchEdition';
/** Of an organization's editions one is put in force at a time. */
export const switchEditionWorkflowId = (organizationId: string) => `edition:${organizationId}`;
export interface SwitchEditionInput extends WhatIfInput {
  step: 'publish' | 'undo';
  by: string;
}

// ---- patterns for what people categorized ----

export interface PlacementInput extends Scope {
  /** The conversation to begin with. */
  from: number;
}

// ---- by schedule ----

/** Workflows that run at intervals for the whole installation; the worker makes their schedules (worker/schedules.ts). */
export const SCHEDULED = {
  /** Starts what was accepted and whose workflow could not be started then. */
  sweepSubmissions: { every: '1 minute' },
  /** Starts what waits of customers and uploads, and whose workflow could not be started then. */
  sweepCustomers: { every: '1 minute' },
  /** Starts outcome checks and messages about records whose workflow could not be started then. */
  sweepRecords: { every: '5 minutes' },
  /** Looks for new, changed and removed help articles. */
  syncDocs: { every: '1 hour' },
  /** Looks at each organization's alert rules. */
  checkAlerts: { every: '5 minutes' },
  /** Sends notifications by e-mail and to chats. */
  deliverNotifications: { every: '1 minute' },
  /** Removes what is older than it is kept. */
  applyRetention: { every: '1 day' },
  /** Gives a pattern to what people categorized, and joins patterns that turned out to be the same. */
  repairPatterns: { every: '15 minutes' },
} as const;
