import { z } from 'zod';
import { categorySchema } from './category.ts';
import { decisionSchema } from './decision.ts';
import { insightSchema } from './insight.ts';
import { organizationSettingsSchema } from './organization-settings.ts';
import { taxonomyDraftSchema } from './taxonomy.ts';

/** How far back a what-if reads, in days. */
export const WHAT_IF_DAYS = [7, 30, 90] as const;

/** What a what-if may set otherwise. */
export const whatIfSettingsSchema = z.object(organizationSettingsSchema.shape.insights.unwrap().shape).pick({
  classifier: true,
  model: true,
  effort: true,
  temperature: true,
  reviewBelow: true,
});
export type WhatIfSettings = z.infer<typeof whatIfSettingsSchema>;

/**
 * `running`, `waiting` (for the next day, at the cost cap) and `publishing` go on by themselves; `ready` and `stopped`
 * wait for a person; `published` may still be taken back as long as nothing else was published.
 */
export const WHAT_IF_STATES = [
  'running',
  'waiting',
  'ready',
  'stopped',
  'failed',
  'publishing',
  'published',
  'undoing',
  'undone',
  'discarded',
] as const;
export type WhatIfState = (typeof WHAT_IF_STATES)[number];
/** Whether it changes without anybody doing something. */
export const isUnderWay = (state: WhatIfState): boolean =>
  state === 'running' || state === 'waiting' || state === 'publishing' || state === 'undoing';

/** Why what a what-if came to cannot be put in force. */
export const STALE_WHAT_IF =
  'Something else was published since, or could not be stored. Run it again, and publish that.';

/** The last conversation that was looked at. */
export const whatIfPlaceSchema = z.object({ integrationId: z.string(), conversationId: z.number().int() });
export type WhatIfPlace = z.infer<typeof whatIfPlaceSchema>;

/** Another way of classifying, tried on the conversations of a past time without anybody seeing it. */
export const whatIfSchema = z.object({
  whatIfId: z.string(),
  organizationId: z.string(),
  by: z.string(),
  createdAt: z.date(),
  endedAt: z.date().nullable().default(null),
  days: z.number().int().positive(),
  from: z.date(),
  to: z.date(),
  /** Null: the taxonomy stays as it is. */
  draft: taxonomyDraftSchema.nullable(),
  settings: whatIfSettingsSchema,
  /** The version in force when it began; a draft would be the next. */
  taxonomyVersion: z.number().int().positive(),
  /** What is tried, in words. */
  changes: z.array(z.string()),
  /** The edition of insights that it was compared with (storage/editions.ts). */
  base: z.string(),
  state: z.enum(WHAT_IF_STATES),
  /** Why it failed or could not be published; empty when it did not. */
  problem: z.string().default(''),
  total: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  after: whatIfPlaceSchema.nullable().default(null),
  /** What was in force before it was published. */
  former: z
    .object({
      taxonomyVersion: z.number().int().positive(),
      /** The version made of its draft; null where there was none. */
      publishedVersion: z.number().int().positive().nullable(),
      settings: whatIfSettingsSchema,
    })
    .nullable()
    .default(null),
  decidedBy: z.string().nullable().default(null),
});
export type WhatIf = z.infer<typeof whatIfSchema>;

/** How a conversation would be seen otherwise. */
export const WHAT_IF_CHANGES = [
  'moved',
  'classified',
  'dropped',
  'split',
  'merged',
  'area',
  'severity',
  'documentation',
] as const;
export type WhatIfChange = (typeof WHAT_IF_CHANGES)[number];

export const WHAT_IF_CHANGE_TEXT: Record<WhatIfChange, { text: string; sentence: string }> = {
  moved: { text: 'Moved', sentence: 'Another category' },
  classified: { text: 'Newly classified', sentence: 'Gets a category it did not have' },
  dropped: { text: 'Dropped', sentence: 'Loses its category and goes to the review queue' },
  split: { text: 'Split', sentence: 'More issues are seen in the conversation' },
  merged: { text: 'Merged', sentence: 'Fewer issues are seen in the conversation' },
  area: { text: 'Product area', sentence: 'Another part of the product' },
  severity: { text: 'Severity', sentence: 'Another severity' },
  documentation: { text: 'Help article', sentence: 'Another finding about the help' },
};

/** What the list of differences shows of one issue. */
export const whatIfSideSchema = insightSchema
  .pick({ outcome: true, category: true, productArea: true, severity: true, confidence: true })
  .extend({ patternId: z.string().nullable() });
export type WhatIfSide = z.infer<typeof whatIfSideSchema>;

/** What one conversation came to, kept until the what-if is discarded or has long been published. */
export const whatIfItemSchema = whatIfPlaceSchema.extend({
  subject: z.string(),
  reportedAt: z.date(),
  contentHash: z.string(),
  /** Issues as they were and as they would be, the main one first. */
  before: z.array(whatIfSideSchema),
  after: z.array(whatIfSideSchema),
  /** Empty when nothing would be otherwise. */
  changes: z.array(z.enum(WHAT_IF_CHANGES)),
  categoryBefore: categorySchema.nullable(),
  categoryAfter: categorySchema.nullable(),
  /** Null where the decision in force still holds, and only what is made of it differs. */
  asked: z.boolean(),
  costUsd: z.number().nullable(),
  decision: decisionSchema,
});
export type WhatIfItem = z.infer<typeof whatIfItemSchema>;
