import { z } from 'zod';

/** One issue of a conversation as forms send it: `7001/0`. What is none becomes null. */
export const memberText = z
  .string()
  .regex(/^\d{1,15}\/\d{1,4}$/)
  .transform((text) => {
    const [conversationId, issue] = text.split('/').map(Number);
    return { conversationId: conversationId ?? 0, issue: issue ?? 0 };
  })
  .nullable()
  .catch(null);
