import { Parser } from 'htmlparser2';
import { FIRST_PAGE, nextCursor, type ScanCursor } from '../../domain/scan-cursor.ts';
import type { ApiConversation } from '../schemas.ts';
import type { ConversationListQuery, ConversationPage } from './conversations.ts';

export interface MarkerSearch {
  mailboxId: number;
  /** Whom the conversation was written for. */
  customerEmail: string;
  marker: string;
  /** Before the create was first sent, by Help Scout's clock: leave some minutes for clocks that differ. */
  since: Date;
}

/** A line that people can read, and that `searchMarker` finds. Its characters mean the same in text and in HTML. */
export function markerLine(marker: string): string {
  if (!/^[\w.-]{6,100}$/.test(marker)) throw new TypeError('a marker has 6 to 100 letters, digits and ._-');
  return `Reference: ${marker}`;
}

/**
 * Looks for a conversation that was modified since and has the marker in its text: first wherever the customer has one
 * (it may have been moved to another mailbox, or merged), then whoever it belongs to by now. Another conversation may
 * quote the marker, in a later mail: the oldest counts.
 */
export async function searchMarker(
  page: (query: ConversationListQuery) => Promise<ConversationPage>,
  { mailboxId, customerEmail, marker, since }: MarkerSearch,
): Promise<number | null> {
  const line = new RegExp(`${markerLine(marker).replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`);
  const modifiedSince = since.toISOString();
  for (const place of [{ mailboxIds: [], email: customerEmail }, { mailboxIds: [mailboxId] }]) {
    for (let cursor: ScanCursor | null = FIRST_PAGE; cursor !== null; ) {
      const read: ConversationPage = await page({ ...place, modifiedSince, ...cursor });
      const items = read.items.filter((item) => 'createdAt' in item);
      const found = items.find((conversation) => carries(conversation, line));
      if (found) return found.id;
      cursor = nextCursor(cursor, read);
    }
  }
  return null;
}

const carries = (conversation: ApiConversation, line: RegExp): boolean =>
  (conversation._embedded?.threads ?? []).some(({ body }) => line.test(visibleText(body ?? '')));

/** All text of a body, quoted parts and signatures too; entities become the characters they stand for. */
function visibleText(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (words) => {
      text += words;
    },
    onopentagname: () => {
      text += ' ';
    },
  });
  parser.end(html);
  return text.replace(/\s+/g, ' ');
}
