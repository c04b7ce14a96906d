import { createHash } from 'node:crypto';

/** SHA-256 of a thread's text, in hex: says whether a text is the one that was read, without holding it. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');
