import { z } from 'zod';

const ms = z.number().int();
/** What a person once allowed: all tokens that came of one authorization. */
const grant = z.string();

/** Tokens and codes appear only as hashes. */
export const tokenEvents = [
  z.object({ kind: z.literal('codeIssued'), hash: z.string(), expiresAtMs: ms }),
  z.object({ kind: z.literal('codeUsed'), hash: z.string() }),
  z.object({
    kind: z.literal('tokensIssued'),
    accessHash: z.string(),
    expiresAtMs: ms,
    /** Null when the answer has no new one. */
    refreshHash: z.string().nullable(),
    grant: grant.optional(),
  }),
  z.object({ kind: z.literal('refreshTokenUsed'), hash: z.string() }),
  z.object({ kind: z.literal('grantAccessTokensEnded'), grant }),
  z.object({ kind: z.literal('accessTokensExpired') }),
  z.object({ kind: z.literal('tokensRevoked') }),
] as const;
