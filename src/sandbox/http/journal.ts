import type { RequestHandler } from 'express';

export type JournalEntry =
  | { seq: number; at: string; kind: 'request'; method: string; path: string; template: string; status: number }
  | {
      seq: number;
      at: string;
      kind: 'delivery';
      event: string;
      conversationId: number;
      webhookId: number;
      attempt: number;
      /** Null when no answer came. */
      status: number | null;
    };

type Unnumbered<T> = T extends JournalEntry ? Omit<T, 'seq' | 'at'> : never;

/**
 * Every request that was answered (control calls apart) and every delivery attempt since the process started, in order,
 * and the number of API calls by method and path template.
 */
export function createJournal(now: () => number) {
  const entries: JournalEntry[] = [];
  const calls: Record<string, number> = {};

  function add(entry: Unnumbered<JournalEntry>): void {
    entries.push({ seq: entries.length + 1, at: new Date(now()).toISOString(), ...entry });
  }

  return {
    add,
    calls: (): Record<string, number> => ({ ...calls }),
    /** Entries numbered above `seq`. */
    since: (seq: number): JournalEntry[] => entries.slice(seq),
    /** Counts a call when it arrives and notes it when its answer is complete. */
    recordCall({ method, template }: { method: string; template: string }): RequestHandler {
      return (request, response, next) => {
        const name = `${method} ${template}`;
        calls[name] = (calls[name] ?? 0) + 1;
        response.once('close', () => {
          add({ kind: 'request', method, path: pathOf(request.originalUrl), template, status: response.statusCode });
        });
        next();
      };
    },
    /** Notes the request of a person's page; pages are no API calls. */
    recordPage(): RequestHandler {
      return (request, response, next) => {
        const { method } = request;
        const [path = ''] = request.originalUrl.split('?');
        response.once('close', () => {
          add({ kind: 'request', method, path, template: path, status: response.statusCode });
        });
        next();
      };
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;

/** Token requests may carry secrets in the query: those are cut off. */
function pathOf(url: string): string {
  return url.startsWith('/v2/oauth2/') ? (url.split('?')[0] ?? '') : url;
}
