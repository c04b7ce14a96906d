import { z } from 'zod';
import { recordKindSchema } from './issue-record.ts';

export const PROPOSAL_STATES = ['waiting', 'approved', 'rejected'] as const;

/** A bug report or feature request that waits for a person's word. A pattern has one proposal at most. */
export const recordProposalSchema = z.object({
  patternId: z.string(),
  integrationId: z.string(),
  /** By the pattern's category, for as long as nobody decided. */
  kind: recordKindSchema,
  state: z.enum(PROPOSAL_STATES),
  proposedAt: z.date(),
  decidedAt: z.date().nullable().default(null),
  decidedBy: z.string().nullable().default(null),
  /** Of a rejected one: why. */
  reason: z.string().nullable().default(null),
});
export type RecordProposal = z.infer<typeof recordProposalSchema>;
