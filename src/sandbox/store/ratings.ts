import type { Rating } from './events/rating-events.ts';
import type { SandboxEvent } from './events.ts';

const FIRST_RATING_ID = 5001;

/** What customers thought of replies. */
export function createRatings() {
  const byId = new Map<number, Rating>();
  const byThread = new Map<number, Rating>();
  return {
    get: (id: number): Rating | undefined => byId.get(id),
    /** The latest of a reply. */
    ofThread: (threadId: number): Rating | undefined => byThread.get(threadId),
    nextId: (): number => FIRST_RATING_ID + byId.size,
    apply(event: SandboxEvent): void {
      if (event.kind !== 'ratingSaved') return;
      byId.set(event.rating.id, event.rating);
      byThread.set(event.rating.threadId, event.rating);
    },
  };
}
