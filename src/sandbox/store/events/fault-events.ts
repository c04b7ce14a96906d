import { z } from 'zod';

const conversationId = z.number().int();

export const FAULT_STATUSES = [401, 429, 500, 503, 504] as const;
const callFaultSchema = z.object({
  id: z.number().int(),
  template: z.string(),
  /** Null matches every method. */
  method: z.string().nullable(),
  status: z.literal(FAULT_STATUSES),
  /** How many calls are still to be answered so. */
  remaining: z.number().int(),
  retryAfterSeconds: z.number().int().nullable(),
});
export type CallFault = z.infer<typeof callFaultSchema>;

export const faultEvents = [
  z.object({ kind: z.literal('threadsBroken'), conversationId }),
  z.object({ kind: z.literal('threadsMended'), conversationId }),
  z.object({ kind: z.literal('callFaultAdded'), fault: callFaultSchema }),
  z.object({ kind: z.literal('callFaultUsed'), faultId: z.number().int() }),
  z.object({ kind: z.literal('faultsCleared') }),
] as const;
