import { z } from 'zod';

const ms = z.number().int();

/** Tokens and codes appear only as hashes. */
export const tokenEvents = [
  z.object({ kind: z.literal('codeIssued'), hash: z.string(), expiresAtMs: ms }),
  z.object({ kind: z.literal('codeUsed'), hash: z.string() }),
  z.object({
    kind: z.literal('tokensIssued'),
    accessHash: z.string(),
    expiresAtMs: ms,
    refreshHash: z.string().nullable(),
  }),
  z.object({ kind: z.literal('refreshTokenUsed'), hash: z.string() }),
  z.object({ kind: z.literal('accessTokensExpired') }),
  z.object({ kind: z.literal('tokensRevoked') }),
] as const;
