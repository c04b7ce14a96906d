import type { RequestHandler, Response } from 'express';
import type { SandboxEvent } from '../store/events.ts';
import { callerOf } from './caller.ts';
import { changeNoteOf } from './change-note.ts';
import { createJournalArchive } from './journal-archive.ts';
import type { CallNotes, JournalEntry, JournalKind, JournalNote } from './journal-entries.ts';
import { createUsage } from './usage.ts';

const KEPT_IN_MEMORY = 50_000;
const MOVED_AT_ONCE = 10_000;

export interface JournalOptions {
  now: () => number;
  /** Where entries go that memory should not keep; a temporary file by default. */
  dataDir?: string | undefined;
  keptInMemory?: number;
}

export interface JournalQuery {
  /** Entries numbered above it. */
  since: number;
  limit: number;
  kinds: ReadonlySet<JournalKind>;
}

/**
 * Every request that was seen (control calls apart), every delivery attempt and every committed change since the process
 * started, in order; and how often each endpoint was called. The latest are in memory, the others in a file.
 */
export function createJournal({ now, dataDir, keptInMemory = KEPT_IN_MEMORY }: JournalOptions) {
  const archive = createJournalArchive(dataDir);
  const usage = createUsage();
  const notes = new WeakMap<Response, CallNotes>();
  let recent: JournalEntry[] = [];
  let lastSeq = 0;

  function add(note: JournalNote): void {
    lastSeq += 1;
    recent.push({ seq: lastSeq, at: new Date(now()).toISOString(), ...note });
    if (recent.length < keptInMemory + Math.min(MOVED_AT_ONCE, keptInMemory)) return;
    archive.append(recent.slice(0, -keptInMemory));
    recent = recent.slice(-keptInMemory);
  }

  function* since(seq: number): Generator<JournalEntry> {
    const firstRecent = recent[0]?.seq ?? 1;
    if (seq + 1 < firstRecent) yield* archive.since(seq);
    yield* recent.slice(Math.max(0, seq + 1 - firstRecent));
  }

  return {
    add,
    addChange: (event: SandboxEvent): void => add(changeNoteOf(event)),
    calls: (): Record<string, number> =>
      Object.fromEntries(Object.entries(usage.all()).map(([name, { calls }]) => [name, calls])),
    usage: usage.all,
    read({ since: seq, limit, kinds }: JournalQuery): JournalEntry[] {
      const found: JournalEntry[] = [];
      for (const entry of since(seq)) {
        if (found.length === limit) break;
        if (kinds.has(entry.kind)) found.push(entry);
      }
      return found;
    },
    /** The newest first; only what is in memory. */
    latest: (kind: JournalKind, count: number): JournalEntry[] => {
      const found: JournalEntry[] = [];
      for (let index = recent.length - 1; index >= 0 && found.length < count; index -= 1) {
        const entry = recent[index];
        if (entry?.kind === kind) found.push(entry);
      }
      return found;
    },
    /** Adds to what will be noted of the call that this response answers. */
    note(response: Response, more: CallNotes): void {
      notes.set(response, { ...notes.get(response), ...more });
    },
    /** Counts a call when it arrives and notes it when it is over. */
    recordCall({ method, template }: { method: string; template: string }): RequestHandler {
      return (request, response, next) => {
        const name = `${method} ${template}`;
        usage.arrived(name);
        response.once('close', () => {
          // An answer to who hung up while still sending counts as finished, though nobody reads it.
          const isRead = request.complete || !request.socket.readableEnded;
          const isSent = response.writableFinished && isRead;
          const hungUp: CallNotes = isSent ? {} : { dropped: 'client' };
          const { cost = 0, caller = callerOf(request), ...more } = { ...hungUp, ...notes.get(response) };
          const status = more.dropped === undefined ? response.statusCode : null;
          usage.ended(name, status);
          const path = pathOf(request.originalUrl);
          add({
            kind: 'request',
            method: request.method,
            path,
            template,
            status,
            cost,
            ...(caller !== undefined && { caller }),
            ...more,
          });
        });
        next();
      };
    },
    /** Notes the request of a person's page; pages are no API calls. What a page only looks with is not noted. */
    recordPage(): RequestHandler {
      return (request, response, next) => {
        if (request.path.startsWith('/assets/')) return next();
        const { method } = request;
        const [path = ''] = request.originalUrl.split('?');
        response.once('close', () => {
          add({ kind: 'request', method, path, template: path, status: response.statusCode });
        });
        next();
      };
    },
    close: archive.close,
  };
}

export type Journal = ReturnType<typeof createJournal>;

/** Token requests may carry secrets in the query: those are cut off. */
function pathOf(url: string): string {
  return url.startsWith('/v2/oauth2/') ? (url.split('?')[0] ?? '') : url;
}
