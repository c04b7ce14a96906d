import { z } from 'zod';

const conversationId = z.number().int();
const faultId = z.number().int();

export const FAULT_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const FAULT_STATUSES = [401, 403, 404, 429, 500, 503, 504] as const;
export const FAULT_APIS = ['inbox', 'docs', 'token'] as const;
export type FaultApi = (typeof FAULT_APIS)[number];

/** What happens to a call. */
export const faultEffectSchema = z.union([
  /** It is refused without being handled. */
  z.strictObject({
    status: z.literal(FAULT_STATUSES),
    /** Of a 429, what its header says. */
    retryAfterSeconds: z.number().int().positive().optional(),
  }),
  /** It is handled this much later. */
  z.strictObject({ delayMs: z.number().int().positive() }),
  /** Its connection is cut: `before` it does anything or counts, or `after` it was handled, in place of the answer. */
  z.strictObject({ drop: z.enum(['before', 'after']) }),
]);
export type FaultEffect = z.infer<typeof faultEffectSchema>;

/** How often: the next `count` calls, or each call with a probability; the same seed strikes at the same turns. */
export const faultWhenSchema = z.union([
  z.strictObject({ count: z.number().int().positive() }),
  z.strictObject({ probability: z.number().min(0).max(1), seed: z.number().int().default(1) }),
]);

/** Which calls; what is left out matches all. */
export const faultMatchSchema = z.object({
  api: z.enum(FAULT_APIS).optional(),
  method: z.enum(FAULT_METHODS).optional(),
  template: z.string().optional(),
  conversationId: conversationId.optional(),
  /** Everything but GET. */
  writesOnly: z.boolean().optional(),
});

const faultRuleSchema = z.object({
  id: faultId,
  match: faultMatchSchema,
  effect: faultEffectSchema,
  when: faultWhenSchema,
});
export type FaultRule = z.infer<typeof faultRuleSchema>;

export const faultEvents = [
  z.object({ kind: z.literal('threadsBroken'), conversationId }),
  z.object({ kind: z.literal('threadsMended'), conversationId }),
  z.object({ kind: z.literal('faultAdded'), fault: faultRuleSchema }),
  /** `turn` counts the calls that the rule was asked about: its chance goes on from there after a restart. */
  z.object({ kind: z.literal('faultStruck'), faultId, turn: z.number().int() }),
  z.object({ kind: z.literal('faultRemoved'), faultId }),
  z.object({ kind: z.literal('faultsCleared') }),
] as const;
