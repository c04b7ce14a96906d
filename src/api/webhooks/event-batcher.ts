import type { HelpScoutEvent } from '../../workflows/contract.ts';

/** How long deliveries for one integration are gathered. */
const GATHER_MS = 10;
/**
 * How long a signal waits for the one before it, of the same integration. A server that is slow is sent fewer, larger
 * ones that way instead of ever more at once; well below the ten seconds that Help Scout gives an answer.
 */
const TAKE_TURNS_MS = 1_000;
/** Events of one signal: keeps its payload far below Temporal's limit. */
const MAX_EVENTS = 500;

export interface EventBatcherDeps {
  /** Hands events over; resolves once they are held durably. */
  deliver: (integrationId: string, events: HelpScoutEvent[]) => Promise<void>;
}

interface Batch {
  events: HelpScoutEvent[];
  delivered: Promise<void>;
  /** Stops gathering and hands over now. */
  close: () => void;
}

/**
 * Gathers what arrives for the same integration within a few milliseconds, or while an earlier signal of it is under way,
 * into one signal.
 */
export function createEventBatcher({ deliver }: EventBatcherDeps) {
  const open = new Map<string, Batch>();
  const underWay = new Set<Promise<void>>();
  /** Of each integration, what was handed over last and is not held yet. */
  const latest = new Map<string, Promise<void>>();

  const begin = (integrationId: string): Batch => {
    const events: HelpScoutEvent[] = [];
    let close = () => {};
    const gathered = new Promise<void>((resolve) => {
      const before = latest.get(integrationId);
      const timer = setTimeout(resolve, before ? TAKE_TURNS_MS : GATHER_MS);
      close = () => {
        clearTimeout(timer);
        resolve();
      };
      before?.catch(() => undefined).finally(close);
    });
    const delivered = gathered.then(() => {
      if (open.get(integrationId) === batch) open.delete(integrationId);
      return deliver(integrationId, events);
    });
    const batch: Batch = { events, delivered, close };
    open.set(integrationId, batch);
    underWay.add(delivered);
    latest.set(integrationId, delivered);
    // Each caller of `add` hears of a failure; this chain only keeps the books.
    delivered
      .catch(() => undefined)
      .finally(() => {
        underWay.delete(delivered);
        if (latest.get(integrationId) === delivered) latest.delete(integrationId);
      });
    return batch;
  };

  return {
    /** Resolves once the event is held; rejects with the reason when its batch could not be handed over. */
    add(integrationId: string, event: HelpScoutEvent): Promise<void> {
      const batch = open.get(integrationId) ?? begin(integrationId);
      batch.events.push(event);
      if (batch.events.length >= MAX_EVENTS) {
        open.delete(integrationId);
        batch.close();
      }
      return batch.delivered;
    },

    /** Hands over what is gathered and waits for everything under way, failed or not. */
    async flush(): Promise<void> {
      for (const batch of open.values()) batch.close();
      await Promise.allSettled(underWay);
    },
  };
}
export type EventBatcher = ReturnType<typeof createEventBatcher>;
