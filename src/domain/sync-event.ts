import { z } from 'zod';

export const SYNC_STATUSES = ['pending', 'retrying', 'success', 'failed', 'skipped'] as const;
export const syncStatusSchema = z.enum(SYNC_STATUSES);
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;
export const directionSchema = z.enum(DIRECTIONS);
export type Direction = z.infer<typeof directionSchema>;

/** Event types of the HelpScout Log; the last ones are the integration's own. */
export const SYNC_EVENT_TYPES = [
  'ticketCreated',
  'customerSynced',
  'customerUpdated',
  'conversationSynced',
  'conversationUpdated',
  'error',
  'integrationConnected',
  'mailboxesSelected',
  'docsMapped',
  'scanCompleted',
  'tokenRefreshed',
  'reauthorizationNeeded',
  'webhookConfigured',
  'reconciled',
  'integrationPaused',
  'integrationResumed',
  'integrationDisconnected',
] as const;
export const syncEventTypeSchema = z.enum(SYNC_EVENT_TYPES);
export type SyncEventType = z.infer<typeof syncEventTypeSchema>;

export const SYNC_EVENT_NAMES: Record<SyncEventType, string> = {
  ticketCreated: 'Ticket Created',
  customerSynced: 'Customer Synced',
  customerUpdated: 'Customer Updated',
  conversationSynced: 'Conversation Synced',
  conversationUpdated: 'Conversation Updated',
  error: 'Error',
  integrationConnected: 'Integration Connected',
  mailboxesSelected: 'Mailboxes Selected',
  docsMapped: 'Docs Mapped',
  scanCompleted: 'Scan Completed',
  tokenRefreshed: 'Token Refreshed',
  reauthorizationNeeded: 'Reauthorization Needed',
  webhookConfigured: 'Webhook Configured',
  reconciled: 'Reconciled',
  integrationPaused: 'Integration Paused',
  integrationResumed: 'Integration Resumed',
  integrationDisconnected: 'Integration Disconnected',
};

/** One try at a sync: who or what started it, how it ended. */
export const attemptSchema = z.object({
  /** Tells the attempts of a row apart: one that is written twice is one. */
  key: z.string().optional(),
  at: z.date(),
  /** `automatic`, `Temporal Web`, or the e-mail address of the person who retried. */
  by: z.string(),
  outcome: z.enum(['success', 'failed', 'skipped', 'running']),
  errorCode: z.string().optional(),
  httpStatus: z.number().int().optional(),
  /** The call that decided it: method and path template, as in `POST /v2/conversations`. */
  endpoint: z.string().optional(),
  /** Help Scout's own sentence about what it refused, cut to 300 characters. */
  helpScoutMessage: z.string().optional(),
  /** How long is waited before the next try. */
  waitMs: z.number().optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** One row of the HelpScout Log. Carries no message text and no secret. */
export const syncEventSchema = z.object({
  /** Derived from the workflow's id, so that a repeated activity settles the same row. */
  eventId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  type: syncEventTypeSchema,
  status: syncStatusSchema,
  direction: directionSchema,
  customerEmail: z.string().nullable(),
  /** Of a ticket: the submission it was made from. */
  submissionId: z.string().nullable().default(null),
  /** Of a customer's row: the id that the organization's own systems know them by. */
  customerExternalId: z.string().nullable().default(null),
  conversationId: z.number().int().nullable(),
  conversationUrl: z.string().nullable(),
  details: z.string(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
  attempts: z.array(attemptSchema),
  /** The Temporal workflow that can be retried or inspected for this row. */
  workflowId: z.string(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
  /** Grows with every change of the row: of two copies the higher one is the newer. */
  revision: z.number().int().default(0),
});
export type SyncEvent = z.infer<typeof syncEventSchema>;

/** Workflows that belong to one row alone and keep it retryable, by the beginning of their ids. */
const RETRYABLE_WORKFLOWS = ['conversation:', 'ticket:', 'customer:', 'message:'] as const;

/**
 * Whether a row waits for a person: it failed, and a workflow of its own is there to be retried or dismissed. A failed
 * row of the integration itself is mended by reconnecting.
 */
export const awaitsDecision = ({ status, workflowId }: Pick<SyncEvent, 'status' | 'workflowId'>) =>
  status === 'failed' && RETRYABLE_WORKFLOWS.some((prefix) => workflowId.startsWith(prefix));
