import { createHash } from 'node:crypto';
import { FIRST_PAGE, nextCursor, type ScanCursor } from '../domain/scan-cursor.ts';
import type { HelpScoutClient } from './client.ts';
import { HelpScoutForbidden, HelpScoutNotFound, HelpScoutUnexpectedShape } from './errors.ts';
import type { ConversationListQuery, ConversationPage } from './resources/conversations.ts';
import type { ApiConversation, ApiThread, ListedConversation } from './schemas.ts';
import { toHelpScoutTime } from './time.ts';
import { allThreads } from './to-conversation.ts';

export interface ScanOptions {
  conversations: Pick<HelpScoutClient['conversations'], 'page' | 'get' | 'threads'>;
  mailboxIds: readonly number[];
  /** ISO 8601. */
  modifiedSince: string;
  now: () => Date;
  /** Runs one call, and again where that helps; how often and when is the caller's. */
  retry: <T>(call: () => Promise<T>) => Promise<T>;
  /** How far before its start a pass looks for changes: clocks differ, and lists lag behind writes. */
  overlapMs?: number;
  /** Passes for what changed meanwhile; on an account that never rests, the rest is left to webhooks. */
  maxCatchUps?: number;
}

export interface ScannedConversation {
  conversation: ApiConversation;
  /** All of them, whether the list had them or not. */
  threads: readonly ApiThread[];
}

export interface ScannedPage {
  /** New to this scan, or other than when it read them before. */
  changed: ScannedConversation[];
  /** Listed, and deleted, merged or moved out of sight before they were read. */
  gone: number[];
  /** Ids of those that even on their own have a shape nobody knows. */
  unreadable: number[];
  /** 0 reads the whole list, the others what changed since the one before began. */
  pass: number;
  /** Conversations of this pass that are still to read, with this page's. */
  left: number;
}

/**
 * Reads every conversation of some mailboxes with its threads, and then, in further passes, what was written while it
 * read, until nothing was. Each comes once as it is; if it changes during the scan, again: the last reading counts.
 * One call a page, one more for each chat (their embedded threads are cut short on purpose, in a way that may not show)
 * and wherever else threads are missing; an id and a number per conversation in memory.
 */
export async function* scanConversations(options: ScanOptions): AsyncGenerator<ScannedPage> {
  const { overlapMs = 5 * 60_000, maxCatchUps = 20, now } = options;
  const reader = createReader(options);
  let modifiedSince = toHelpScoutTime(options.modifiedSince);
  for (let pass = 0; pass <= maxCatchUps; pass++) {
    const startedMs = now().getTime();
    let changes = 0;
    for (let cursor: ScanCursor | null = FIRST_PAGE; cursor !== null; ) {
      const { mailboxIds, conversations, retry } = options;
      const query: ConversationListQuery = { mailboxIds, modifiedSince, ...cursor };
      const page: ConversationPage = await retry(() => conversations.page(query));
      const seen = new Set(cursor.seen);
      const read = await reader.read(page.items.filter(({ id }) => !seen.has(id)));
      changes += read.changed.length;
      yield { ...read, pass, left: page.total - cursor.seen.length };
      cursor = nextCursor(cursor, page);
    }
    if (pass > 0 && changes === 0) return;
    const since = toHelpScoutTime(new Date(startedMs - overlapMs));
    if (since > modifiedSince) modifiedSince = since;
  }
}

/** Remembers what it has read, and reads no threads for what is still the same. */
function createReader({ conversations, retry }: ScanOptions) {
  /** By conversation: of what the list says, and only that. */
  const known = new Map<number, number>();

  const withThreads = async (conversation: ApiConversation): Promise<ScannedConversation> => ({
    conversation,
    threads: await allThreads(conversation, (id) => retry(() => conversations.threads(id))),
  });

  /** @returns null for what was read before and is the same */
  const readOne = async (item: ListedConversation): Promise<ScannedConversation | null> => {
    const conversation = 'unreadable' in item ? await retry(() => conversations.get(item.id)) : item;
    const now = fingerprint(conversation);
    if (known.get(conversation.id) === now) return null;
    const scanned = await withThreads(conversation);
    known.set(conversation.id, now);
    return scanned;
  };

  return {
    async read(items: readonly ListedConversation[]): Promise<Pick<ScannedPage, 'changed' | 'gone' | 'unreadable'>> {
      const page = { changed: [] as ScannedConversation[], gone: [] as number[], unreadable: [] as number[] };
      for (const item of items) {
        try {
          const scanned = await readOne(item);
          if (scanned) page.changed.push(scanned);
        } catch (error) {
          // Of one that was listed a moment ago, both mean that it was taken out of sight.
          const isGone = error instanceof HelpScoutNotFound || error instanceof HelpScoutForbidden;
          if (isGone) page.gone.push(item.id);
          else if (error instanceof HelpScoutUnexpectedShape) page.unreadable.push(item.id);
          else throw error;
        }
      }
      return page;
    },
  };
}

/** 48 bits of a hash: enough to tell two states of one conversation apart, and a plain number to keep. */
const fingerprint = (conversation: ApiConversation): number =>
  createHash('sha256').update(JSON.stringify(conversation)).digest().readUIntBE(0, 6);
