import { FIRST_PAGE, nextCursor, type ScanCursor } from '../../domain/scan-cursor.ts';
import { HelpScoutNotFound } from '../errors.ts';
import { walkHtml } from '../html/walk-html.ts';
import type { ApiConversation, ApiThread, ListedConversation } from '../schemas.ts';
import { allThreads } from '../to-conversation.ts';
import type { ConversationListQuery, ConversationPage } from './conversations.ts';

export interface MarkerSearch {
  mailboxId: number;
  /** Whom the conversation was written for. */
  customerEmail: string;
  marker: string;
  /** Before the create was first sent, by Help Scout's clock: leave some minutes for clocks that differ. */
  since: Date;
  /** After the last create can have been written, by the same clock, with the same room. */
  until: Date;
}

/** A line that people can read, and that `searchMarker` finds. Its characters mean the same in text and in HTML. */
export function markerLine(marker: string): string {
  if (!/^[\w.-]{6,100}$/.test(marker)) throw new TypeError('a marker has 6 to 100 letters, digits and ._-');
  return `Reference: ${marker}`;
}

/**
 * Looks for the conversation that has the marker in its text, in three places: wherever the customer has one (it may have
 * been moved to another mailbox, or merged into an older one); among what the mailbox got while creates were under way,
 * whoever it belongs to by now; and, for what was merged into somebody else's, by the words themselves. Each of them stays
 * as small as it is, however much traffic comes later. Another conversation may quote the marker, in a later mail: the
 * oldest counts.
 */
export async function searchMarker(
  conversations: Reading,
  { mailboxId, customerEmail, marker, since, until }: MarkerSearch,
): Promise<number | null> {
  const line = lineOf(marker);
  const modifiedSince = since.toISOString();
  const places = [
    { mailboxIds: [], email: customerEmail },
    { mailboxIds: [mailboxId], createdFrom: modifiedSince, createdTo: until.toISOString() },
    { mailboxIds: [], phrase: marker },
  ];
  for (const { createdFrom = null, ...place } of places) {
    for (let cursor: ScanCursor | null = { ...FIRST_PAGE, createdFrom }; cursor !== null; ) {
      const read: ConversationPage = await conversations.page({ ...place, modifiedSince, ...cursor });
      for (const item of read.items) {
        const found = await whole(conversations, item);
        if (found && carries(found.threads, line)) return found.id;
      }
      cursor = nextCursor(cursor, read);
    }
  }
  return null;
}

/** The thread of a type that has the marker in its text: what people quote of it later is of another type, or later. */
export function findMarkedThread(
  threads: readonly ApiThread[],
  type: 'note' | 'message',
  marker: string,
): number | null {
  const line = lineOf(marker);
  const found = threads.filter((thread) => thread.type === type && carries([thread], line)).map(({ id }) => id);
  return found.length > 0 ? Math.min(...found) : null;
}

const lineOf = (marker: string) => new RegExp(`${markerLine(marker).replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`);

interface Reading {
  page(query: ConversationListQuery): Promise<ConversationPage>;
  get(conversationId: number): Promise<ApiConversation>;
  threads(conversationId: number): Promise<ApiThread[]>;
}

/**
 * What the list shows only in part is read on its own: what is overlooked would be created twice.
 * @returns null for one that is gone by now
 */
async function whole({ get, threads }: Reading, item: ListedConversation) {
  try {
    const conversation = 'unreadable' in item ? await get(item.id) : item;
    return { id: conversation.id, threads: await allThreads(conversation, threads) };
  } catch (error) {
    if (error instanceof HelpScoutNotFound) return null;
    throw error;
  }
}

const carries = (threads: readonly ApiThread[], line: RegExp): boolean =>
  threads.some(({ body }) => line.test(allText(body ?? '')));

/** All text of a body, quoted parts and signatures too; entities become the characters they stand for. */
function allText(html: string): string {
  const pieces: string[] = [];
  const apart = () => void pieces.push(' ');
  walkHtml(html, new Set(), {
    open: apart,
    close: apart,
    text: (start, end) => void pieces.push(html.slice(start, end)),
    entity: (codePoint) => void pieces.push(String.fromCodePoint(codePoint)),
  });
  return pieces.join('').replace(/\s+/g, ' ');
}
