import type { Corpus } from '../corpus/corpus-line.ts';
import { createConversations } from './conversations.ts';
import { corpusFingerprint } from './corpus-conversations.ts';
import { createCustomers } from './customers.ts';
import { createDirectory } from './directory.ts';
import type { EventLog } from './event-log.ts';
import type { SandboxEvent } from './events.ts';
import { createFaults } from './faults.ts';
import { createGeneratedAccount } from './generated/generated-account.ts';
import { createGeneratedPeople } from './generated/generated-people.ts';
import { createRatings } from './ratings.ts';
import { createTokens } from './tokens.ts';
import { createWebhooks } from './webhooks.ts';

/** What the generated account follows from. */
const SEED = 1;

/** The data folder was made with another corpus, so the ids in it mean other conversations. */
export class CorpusMismatchError extends Error {
  override name = 'CorpusMismatchError';
}

export interface StoreOptions {
  corpus: Corpus;
  log: EventLog;
  referenceMs: number;
  now: () => number;
  /** How many conversations to generate after those of the corpus. */
  generatedConversations: number;
  searchLagMs: () => number;
}

/**
 * The sandbox's whole state in memory. Reads go to its parts; every change is one event given to `commit`, which writes it
 * to the log before any part sees it. Throws `CorpusMismatchError` when the log belongs to another corpus.
 */
export function createStore(options: StoreOptions) {
  const { corpus, log, referenceMs, now, generatedConversations: generatedCount, searchLagMs } = options;
  const people = generatedCount > 0 ? createGeneratedPeople(SEED, Math.ceil(generatedCount / 4)) : null;
  const directory = createDirectory(people);
  const generated =
    people && createGeneratedAccount({ seed: SEED, count: generatedCount, referenceMs, people, directory });
  let isReplaying = true;
  const conversations = createConversations({
    corpus,
    directory,
    referenceMs,
    generated,
    now,
    // What earlier runs wrote has long been seen.
    searchLagMs: () => (isReplaying ? 0 : searchLagMs()),
  });
  const customers = createCustomers({ directory, referenceMs, now, searchLagMs });
  const tokens = createTokens(now);
  const webhooks = createWebhooks();
  const ratings = createRatings();
  const faults = createFaults();
  const parts = [customers, conversations, ratings, tokens, webhooks, faults];
  const apply = (event: SandboxEvent) => {
    for (const part of parts) part.apply(event);
  };

  const fingerprint = corpusFingerprint(corpus, generatedCount);
  let isNew = true;
  for (const event of log.past) {
    isNew = false;
    if (event.kind === 'corpusLoaded' && event.fingerprint !== fingerprint) {
      throw new CorpusMismatchError(
        `The data in ${log.dataDir} was made with another corpus: use another folder, or remove it to start anew.`,
      );
    }
    apply(event);
  }
  isReplaying = false;
  if (isNew) log.append({ kind: 'corpusLoaded', fingerprint });

  return {
    directory,
    customers,
    conversations,
    ratings,
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
