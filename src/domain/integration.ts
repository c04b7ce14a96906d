import { z } from 'zod';

/** design: awaitingMailboxes → scanning → live ⇄ paused; needsReauthorization from any; disconnected at the end. */
export const INTEGRATION_STATES = [
  'connecting',
  'awaitingMailboxes',
  'scanning',
  'live',
  'paused',
  'needsReauthorization',
  'disconnected',
] as const;
export const integrationStateSchema = z.enum(INTEGRATION_STATES);
export type IntegrationState = z.infer<typeof integrationStateSchema>;

export const mailboxSchema = z.object({ mailboxId: z.number().int(), name: z.string(), email: z.string() });
export type Mailbox = z.infer<typeof mailboxSchema>;

/** A user of Help Scout whom tickets can be assigned to. */
export const helpScoutUserSchema = z.object({ userId: z.number().int(), name: z.string(), email: z.string() });
export type HelpScoutUser = z.infer<typeof helpScoutUserSchema>;

export const docsCollectionSchema = z.object({
  collectionId: z.string(),
  name: z.string(),
  articles: z.number().int(),
});
export type DocsCollection = z.infer<typeof docsCollectionSchema>;

/** How far a scan is; `total` is Help Scout's count and may grow while the scan runs. */
export const scanProgressSchema = z.object({
  scanNumber: z.number().int().positive(),
  total: z.number().int().nonnegative().nullable(),
  imported: z.number().int().nonnegative(),
  classified: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  state: z.enum(['running', 'waiting', 'paused', 'completed', 'cancelled']),
  /** Conversations in message batches, whose answers come later. Absent in scans older than those. */
  inBatches: z.number().int().nonnegative().optional(),
  /** Why it waits, as a sync error code; null while it runs. */
  waitingFor: z.string().nullable(),
  /** Epoch milliseconds, so that the value crosses a workflow's JSON unchanged. */
  startedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
});
export type ScanProgress = z.infer<typeof scanProgressSchema>;

/** The part of a scan's progress that moves with every page. */
export type ScanCounts = Pick<
  ScanProgress,
  'scanNumber' | 'total' | 'imported' | 'classified' | 'unchanged' | 'failed'
>;

/** What the pages show of an integration; a copy of the workflow's state kept in MongoDB, without secrets. */
export const integrationSchema = z.object({
  integrationId: z.string(),
  organizationId: z.string(),
  state: integrationStateSchema,
  account: z
    .object({ userId: z.number().int(), companyId: z.number().int().nullable(), name: z.string(), email: z.string() })
    .nullable(),
  mailboxes: z.array(mailboxSchema),
  users: z.array(helpScoutUserSchema).default([]),
  selectedMailboxIds: z.array(z.number().int()),
  docs: z.object({
    connected: z.boolean(),
    collections: z.array(docsCollectionSchema),
    mappedCollectionIds: z.array(z.string()),
  }),
  scan: scanProgressSchema.nullable(),
  /**
   * The part of the account's calls that is left for other apps. None by default: what they use is seen in Help Scout's
   * headers and made way for anyway; this is for those that need room at once.
   */
  otherAppsPercent: z.number().int().min(0).max(90).default(0),
  tokenExpiresAt: z.date().nullable(),
  webhookActive: z.boolean(),
  connectedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type Integration = z.infer<typeof integrationSchema>;
