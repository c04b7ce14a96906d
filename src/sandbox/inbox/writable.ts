import { ApiError, notFound } from '../http/envelope.ts';
import type { Conversation, Thread } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import { existingConversation } from './existing-conversation.ts';
import { MAX_THREADS } from './write-schemas.ts';

/** Finds what a call wants to change, or refuses as the original does. */
export function createWritable({ store, switches }: { store: Store; switches: Switches }) {
  /** As `existingConversation`, and 423 when it is locked. */
  function conversation(id: number): Conversation {
    const found = existingConversation(store, id);
    if (switches.values.conversations.locked.includes(id)) throw new ApiError(423, 'Locked');
    return found;
  }

  return {
    conversation,
    /** As `conversation`, and 412 when it has no room for another thread. Line items do not count. */
    roomFor(id: number): Conversation {
      const found = conversation(id);
      const count = found.threads.filter(({ type }) => type !== 'lineitem').length;
      if (count >= MAX_THREADS) throw new ApiError(412, 'Precondition Failed');
      return found;
    },
  };
}

export type Writable = ReturnType<typeof createWritable>;

/** The thread of the path, or 404. */
export function threadOf({ threads }: Conversation, id: number): Thread {
  const thread = threads.find((candidate) => candidate.id === id);
  if (!thread) throw notFound();
  return thread;
}
