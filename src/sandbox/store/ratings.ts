import type { Rating } from './events/rating-events.ts';
import type { SandboxEvent } from './events.ts';

const FIRST_RATING_ID = 5001;

/** What customers thought of replies. */
export function createRatings() {
  const byId = new Map<number, Rating>();
  return {
    get: (id: number): Rating | undefined => byId.get(id),
    nextId: (): number => FIRST_RATING_ID + byId.size,
    apply(event: SandboxEvent): void {
      if (event.kind === 'ratingSaved') byId.set(event.rating.id, event.rating);
    },
  };
}
