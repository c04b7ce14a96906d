import type { Clock } from '../clock.ts';
import type { Journal } from '../http/journal.ts';
import type { Logger } from '../logger.ts';
import type { Webhook } from '../store/events/webhook-events.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import { createDice, type Switches } from '../switches.ts';
import { createHolds } from './holds.ts';
import { createLastBodies } from './last-bodies.ts';
import { type Publication, type Published, resourceOf, type Told } from './publication.ts';
import { phpJson, signatureOf } from './signature.ts';

const MAX_RETRIES = 10;
const MAX_DISCARDED = 10;

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
  bodyOf(conversation: Conversation): object;
}

/**
 * Sends events to the subscribed webhooks: up to 10 retries each; 10 discarded events or one 410 disable a webhook.
 * The switches may lose, delay, reorder, duplicate and wrongly sign. What waits is given up when the sandbox closes.
 */
export function createDeliverer(options: DelivererOptions) {
  const { store, journal, logger, clock, switches, baseUrl, retryUnitMs, bodyOf } = options;
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const discarded = new Map<number, number>();
  const lastBodies = createLastBodies();
  const holds = createHolds(clock, closing.signal);
  let nextTurn = 1;
  const dice = {
    lose: createDice(() => switches.values.webhooks.lose),
    duplicate: createDice(() => switches.values.webhooks.duplicate),
    reorder: createDice(() => switches.values.webhooks.reorder),
    delay: createDice(() => switches.values.webhooks.delay),
    wrongSignature: createDice(() => switches.values.webhooks.wrongSignature),
  };

  function publicationOf(event: string, published: Published): Publication {
    if ('body' in published) return published;
    const { id, mailboxId } = published;
    return { id, mailboxId, body: event.endsWith('.deleted') ? { id } : bodyOf(published) };
  }

  function send(event: string, { id, mailboxId, body, url }: Told): void {
    if (!switches.values.webhooks.enabled) return;
    for (const webhook of store.webhooks.all()) {
      if (!isInterested(webhook, event, mailboxId)) continue;
      const carried = webhook.notification
        ? phpJson({ [switches.values.webhooks.notificationKey]: url ?? urlOf(event, id) })
        : body;
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
    if (dice.lose() !== null) return note(delivery, 1, null, [...marks, 'lost']);
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
    await attempts(delivery, marks, () => holds.release(delivery.webhookId, turn));
  }

  /** `afterFirst` is called once the first attempt is over. */
  async function attempts(delivery: Delivery, marks: string[], afterFirst: () => void): Promise<void> {
    const { webhookId } = delivery;
    for (let attempt = 1; attempt <= MAX_RETRIES + 1; attempt += 1) {
      if (attempt > 1) await clock.sleep(retryUnitMs * 2 ** (attempt - 2), closing.signal);
      // Read anew each time: the subscription may have been replaced, disabled or deleted meanwhile.
      const webhook = store.webhooks.get(webhookId);
      if (webhook?.state !== 'enabled') return;
      const isForged = dice.wrongSignature() !== null;
      const status = await post(webhook, delivery, isForged);
      if (closing.signal.aborted) return;
      const isTaken = status !== null && status >= 200 && status < 300;
      note(delivery, attempt, status, [
        ...marks,
        ...(isForged ? ['wrongSignature'] : []),
        ...(attempt > MAX_RETRIES && !isTaken ? ['discarded'] : []),
      ]);
      if (attempt === 1) afterFirst();
      if (isTaken) return;
      if (status === 410) return disable(webhookId);
    }
    const count = (discarded.get(webhookId) ?? 0) + 1;
    discarded.set(webhookId, count);
    if (count >= MAX_DISCARDED) disable(webhookId);
  }

  async function post(webhook: Webhook, { event, body }: Delivery, isForged: boolean): Promise<number | null> {
    try {
      const answer = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-HelpScout-Event': event,
          'X-HelpScout-Signature': signatureOf(isForged ? `not ${webhook.secret}` : webhook.secret, body),
        },
        body,
        redirect: 'manual',
        // In real time, unlike the waits: moving the clock must not break an exchange that is under way.
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(switches.values.webhooks.timeoutMs)]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }

  function note({ webhookId, event, resourceId }: Delivery, attempt: number, status: number | null, marks: string[]) {
    const id = { [resourceOf(event).idName]: resourceId };
    journal.add({ kind: 'delivery', event, ...id, webhookId, attempt, status, ...(marks.length > 0 && { marks }) });
  }

  function disable(webhookId: number): void {
    discarded.delete(webhookId);
    const webhook = store.webhooks.get(webhookId);
    if (webhook) store.commit({ kind: 'webhookSaved', webhook: { ...webhook, state: 'disabled' } });
  }

  return {
    /** Delivers in the background; silently does nothing while deliveries are switched off. */
    publish(event: string, published: Published): void {
      const publication = publicationOf(event, published);
      // The body is what the resource was when the event happened, also for a late retry.
      const told = { ...publication, body: phpJson(publication.body) };
      lastBodies.set(event, told);
      send(event, told);
    },
    /** Delivers once more what the last event of this kind delivered; false when there was none, nor `now` to tell instead. */
    republish(event: string, id: number, now?: Published): boolean {
      const publication = now && publicationOf(event, now);
      const told = lastBodies.get(event, id) ?? (publication && { ...publication, body: phpJson(publication.body) });
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

interface Delivery {
  webhookId: number;
  event: string;
  resourceId: number;
  body: string;
}

function isInterested(webhook: Webhook, event: string, mailboxId: number | null): boolean {
  return (
    webhook.state === 'enabled' &&
    webhook.events.includes(event) &&
    (webhook.mailboxIds === null || mailboxId === null || webhook.mailboxIds.includes(mailboxId))
  );
}
