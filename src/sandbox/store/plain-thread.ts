import type { Thread } from './model.ts';

/** What differs from thread to thread; the rest is as in the most ordinary one. */
export type ThreadParts = Pick<Thread, 'id' | 'type' | 'text' | 'author' | 'createdAtMs'> & Partial<Thread>;

/** A published thread without attachments; what a note says changes no status. */
export function plainThread(parts: ThreadParts): Thread {
  const isQuiet = parts.type === 'note' || parts.type === 'lineitem';
  return {
    state: 'published',
    isHtml: false,
    status: isQuiet ? 'nochange' : 'active',
    customerId: null,
    cc: [],
    bcc: [],
    imported: false,
    source: parts.author.type === 'customer' ? 'email' : 'web',
    attachments: [],
    action: null,
    ...parts,
  };
}
