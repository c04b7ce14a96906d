import type { Attachment, Author, Thread, ThreadType } from '../store/model.ts';
import { plainThread } from '../store/plain-thread.ts';
import type { NewAttachment } from './write-schemas.ts';

/** What the bodies of all calls that write a thread have in common. */
export interface ThreadBody {
  text: string;
  cc?: string[];
  bcc?: string[];
  imported: boolean;
  createdAt?: number | null | undefined;
  attachments: NewAttachment[];
}

interface ThreadPlacement {
  id: number;
  type: ThreadType;
  author: Author;
  /** Null when it is the conversation's customer. */
  customerId: number | null;
  /** What the status becomes with it. */
  status: Thread['status'];
  isDraft: boolean;
  nowMs: number;
  firstAttachmentId: number;
}

/** A thread as an API call brings it: its text counts as HTML. */
export function newThread(body: ThreadBody, placement: ThreadPlacement): Thread {
  const { id, type, author, customerId, status, isDraft, nowMs, firstAttachmentId } = placement;
  return plainThread({
    id,
    type,
    state: isDraft ? 'draft' : 'published',
    text: body.text,
    isHtml: true,
    status,
    author,
    customerId,
    cc: body.cc ?? [],
    bcc: body.bcc ?? [],
    imported: body.imported,
    source: 'api',
    createdAtMs: body.createdAt ?? nowMs,
    attachments: body.attachments.map((attachment, index) => newAttachment(attachment, firstAttachmentId + index)),
  });
}

export function newAttachment({ fileName, mimeType, data }: NewAttachment, id: number): Attachment {
  return { id, fileName, mimeType, size: Buffer.byteLength(data, 'base64'), data };
}
