import { z } from 'zod';

const id = z.number().int();

export const RATINGS = ['great', 'okay', 'not_good', 'unknown'] as const;
const ratingSchema = z.object({
  id,
  conversationId: id,
  threadId: id,
  userId: id,
  customerId: id,
  rating: z.enum(RATINGS),
  comments: z.string(),
  createdAtMs: z.number().int(),
});
export type Rating = z.infer<typeof ratingSchema>;

export const ratingEvents = [z.object({ kind: z.literal('ratingSaved'), rating: ratingSchema })] as const;
