import type { Clock } from '../clock.ts';
import { createDice } from '../dice.ts';
import type { Journal } from '../http/journal.ts';
import type { Logger } from '../logger.ts';
import type { Webhook } from '../store/events/webhook-events.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import { createAttempts } from './attempts.ts';
import type { Delivery } from './delivery.ts';
import { createHolds } from './holds.ts';
import { createLastBodies } from './last-bodies.ts';
import { type Published, resourceOf, type Told } from './publication.ts';
import { phpJson } from './signature.ts';

export interface DelivererOptions {
  store: Store;
  journal: Journal;
  logger: Logger;
  clock: Clock;
  switches: Switches;
  baseUrl: string;
  /** The first wait before a retry; each further wait is twice as long. */
  retryUnitMs: number;
  /** What a delivery about a conversation carries. */
  bodyOf(conversation: Conversation, version: Webhook['payloadVersion']): object;
}

/**
 * Sends events to the subscribed webhooks. The switches may lose, delay, reorder, duplicate and wrongly sign. What waits is
 * given up when the sandbox closes.
 */
export function createDeliverer(options: DelivererOptions) {
  const { store, logger, clock, switches, baseUrl, bodyOf } = options;
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const lastBodies = createLastBodies();
  const holds = createHolds(clock, closing.signal);
  const attempts = createAttempts({ ...options, closing: closing.signal });
  let nextTurn = 1;
  const dice = {
    lose: createDice(() => switches.values.webhooks.lose),
    duplicate: createDice(() => switches.values.webhooks.duplicate),
    reorder: createDice(() => switches.values.webhooks.reorder),
    delay: createDice(() => switches.values.webhooks.delay),
  };

  /** The bodies are what the resource was when the event happened, also for a late retry. */
  function toldOf(event: string, published: Published): Told {
    if ('body' in published) {
      const { body, ...rest } = published;
      const same = phpJson(body);
      return { ...rest, bodies: { V2: same, V3: same } };
    }
    const { id, mailboxId } = published;
    if (event.endsWith('.deleted')) return toldOf(event, { id, mailboxId, body: { id } });
    const bodies = { V2: phpJson(bodyOf(published, 'V2')), V3: phpJson(bodyOf(published, 'V3')) };
    return { id, mailboxId, bodies };
  }

  function send(event: string, { id, mailboxId, bodies, url }: Told): void {
    if (!switches.values.webhooks.enabled) return;
    for (const webhook of store.webhooks.all()) {
      if (!isInterested(webhook, event, mailboxId)) continue;
      const carried = webhook.notification
        ? phpJson({ [switches.values.webhooks.notificationKey]: url ?? urlOf(event, id) })
        : bodies[webhook.payloadVersion];
      const delivery = { webhookId: webhook.id, event, resourceId: id, body: carried };
      run(delivery, []);
      if (dice.duplicate() !== null) run(delivery, ['duplicate']);
    }
  }

  function urlOf(event: string, id: number): string {
    return `${baseUrl}/v2/${resourceOf(event).path}/${id}`;
  }

  function run(delivery: Delivery, marks: string[]): void {
    const promise = deliver(delivery, marks)
      .catch((error: unknown) => {
        if (closing.signal.aborted) return;
        logger.error({ err: error, webhookId: delivery.webhookId }, 'webhook delivery failed');
      })
      .finally(() => running.delete(promise));
    running.add(promise);
  }

  async function deliver(delivery: Delivery, marks: string[]): Promise<void> {
    const turn = nextTurn;
    nextTurn += 1;
    if (dice.lose() !== null) return attempts.lose(delivery, marks);
    const delay = dice.delay();
    const isHeld = dice.reorder() !== null;
    if (delay !== null) {
      marks = [...marks, 'delayed'];
      await clock.sleep(delay.ms, closing.signal);
    }
    if (isHeld) {
      marks = [...marks, 'held'];
      await holds.untilOvertaken(delivery.webhookId, turn);
    }
    await attempts.run(delivery, marks, () => holds.release(delivery.webhookId, turn));
  }

  return {
    /** Delivers in the background; silently does nothing while deliveries are switched off. */
    publish(event: string, published: Published): void {
      const told = toldOf(event, published);
      lastBodies.set(event, told);
      send(event, told);
    },
    /** Delivers once more what the last event of this kind delivered; false when there was none, nor `now` to tell instead. */
    republish(event: string, id: number, now?: Published): boolean {
      const told = lastBodies.get(event, id) ?? (now && toldOf(event, now));
      if (!told) return false;
      send(event, told);
      return true;
    },
    async close(): Promise<void> {
      closing.abort();
      await Promise.all(running);
    },
  };
}

export type Deliverer = ReturnType<typeof createDeliverer>;

function isInterested(webhook: Webhook, event: string, mailboxId: number | null): boolean {
  return (
    webhook.state === 'enabled' &&
    webhook.events.includes(event) &&
    (webhook.mailboxIds === null || mailboxId === null || webhook.mailboxIds.includes(mailboxId))
  );
}
