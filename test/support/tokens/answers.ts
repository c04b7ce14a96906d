import { z } from 'zod';

/** What a process of token-process.ts answers. */
export const answerSchema = z.union([z.object({ tokenVersion: z.number() }), z.object({ failure: z.string() })]);
export type Answer = z.infer<typeof answerSchema>;
