import type { Corpus } from '../corpus/corpus-line.ts';
import { createConversations } from './conversations.ts';
import { corpusFingerprint } from './corpus-conversations.ts';
import { createDirectory } from './directory.ts';
import type { EventLog } from './event-log.ts';
import type { SandboxEvent } from './events.ts';
import { createFaults } from './faults.ts';
import { createTokens } from './tokens.ts';
import { createWebhooks } from './webhooks.ts';

/** The data folder was made with another corpus, so the ids in it mean other conversations. */
export class CorpusMismatchError extends Error {
  override name = 'CorpusMismatchError';
}

export interface StoreOptions {
  corpus: Corpus;
  log: EventLog;
  referenceMs: number;
  now: () => number;
}

/**
 * The sandbox's whole state in memory. Reads go to its parts; every change is one event given to `commit`, which writes it
 * to the log before any part sees it. Throws `CorpusMismatchError` when the log belongs to another corpus.
 */
export function createStore({ corpus, log, referenceMs, now }: StoreOptions) {
  const directory = createDirectory();
  const conversations = createConversations(corpus, directory, referenceMs);
  const tokens = createTokens(now);
  const webhooks = createWebhooks();
  const faults = createFaults();
  const parts = [conversations, tokens, webhooks, faults];
  const apply = (event: SandboxEvent) => {
    for (const part of parts) part.apply(event);
  };

  const fingerprint = corpusFingerprint(corpus);
  for (const event of log.past) {
    if (event.kind === 'corpusLoaded' && event.fingerprint !== fingerprint) {
      throw new CorpusMismatchError(
        `The data in ${log.dataDir} was made with another corpus: use another folder, or remove it to start anew.`,
      );
    }
    apply(event);
  }
  if (log.past.length === 0) log.append({ kind: 'corpusLoaded', fingerprint });

  return {
    directory,
    conversations,
    tokens,
    webhooks,
    faults,
    commit(event: SandboxEvent): void {
      log.append(event);
      apply(event);
    },
  };
}

export type Store = ReturnType<typeof createStore>;
