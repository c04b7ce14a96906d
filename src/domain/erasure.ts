import { z } from 'zod';

export const ERASURE_KINDS = ['customer', 'organization'] as const;

/**
 * `waiting` until its workflow takes it up, `running` while something is found, `settling` while what was under way may
 * still write, `done` when a last look has found nothing.
 */
export const ERASURE_STATES = ['waiting', 'running', 'settling', 'done'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** What stands in place of text that was erased out of something that stays. */
export const ERASED = '[erased]';

const counts = z.record(z.string(), z.number().int().nonnegative()).default({});

/** The receipt of an erasure: it outlives what it tells of, and holds no address. */
export const erasureSchema = z.object({
  erasureId: z.string(),
  organizationId: z.string(),
  kind: z.enum(ERASURE_KINDS),
  state: z.enum(ERASURE_STATES),
  /** Keyed hash of the customer's address, by which a receipt is found again; null of an organization. */
  subjectHash: z.string().nullable(),
  /** Whether what the customer writes later is left unread as well. */
  refusesLater: z.boolean(),
  /** The member who asked for it, by id. */
  by: z.string(),
  requestedAt: z.date(),
  finishedAt: z.date().nullable().default(null),
  /** Documents removed, by collection. */
  removed: counts,
  /** Documents that stay and lost what told of the customer, by collection. */
  changed: counts,
  /** Runs of workflows that were ended, and whose histories were deleted. */
  workflows: z.object({ ended: z.number(), deleted: z.number() }).default({ ended: 0, deleted: 0 }),
  /** Histories that still hold something because their workflows run; they are deleted once those end. */
  waitsFor: z.number().int().nonnegative().default(0),
});
export type Erasure = z.infer<typeof erasureSchema>;

/** One conversation of an organization, whichever account it is in. */
export const conversationKey = (integrationId: string, conversationId: number) => `${integrationId}/${conversationId}`;

/** What is to be erased of one customer. Stored encrypted, and only until it is done. */
export const erasurePlanSchema = z.object({
  /** In lower case. */
  address: z.string(),
  /** Full names; single words could be anybody's. */
  names: z.array(z.string()),
  /** Keys as `conversationKey` makes them. */
  conversations: z.array(z.string()),
  /** Of others, in which the customer wrote something. */
  alsoIn: z.array(z.string()).default([]),
  submissionIds: z.array(z.string()),
  externalIds: z.array(z.string()),
  /** Rows of the log. */
  eventIds: z.array(z.string()),
  patterns: z.array(z.object({ integrationId: z.string(), patternId: z.string() })),
  /** Hashes of runs of words that the customer wrote (domain/phrases.ts). */
  phrases: z.array(z.string()),
});
export type ErasurePlan = z.infer<typeof erasurePlanSchema>;

/** Under which name an erasure's plan is encrypted. */
export const erasureBinding = (organizationId: string, erasureId: string) =>
  ({ organizationId, integrationId: erasureId, purpose: 'erasure' }) as const;

/** The plan of an erasure that begins: nobody has looked yet. */
export const newErasurePlan = (address: string): ErasurePlan => ({
  ...{ address, names: [], conversations: [], alsoIn: [], submissionIds: [], externalIds: [] },
  ...{ eventIds: [], patterns: [], phrases: [] },
});
