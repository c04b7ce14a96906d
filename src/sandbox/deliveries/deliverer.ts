import { setTimeout as wait } from 'node:timers/promises';
import type { Journal } from '../http/journal.ts';
import type { Logger } from '../logger.ts';
import type { Webhook } from '../store/events/webhook-events.ts';
import type { Conversation } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import { phpJson, signatureOf } from './signature.ts';

const MAX_RETRIES = 10;
const MAX_DISCARDED = 10;
const TIMEOUT_MS = 10_000;

export interface DelivererOptions {
  store: Store;
  journal: Journal;
  logger: Logger;
  /** The first wait before a retry; each further wait is twice as long. */
  retryUnitMs: number;
  /** What a delivery carries: the conversation, or only its URL for a notification webhook. */
  bodyOf(conversation: Conversation): object;
  urlOf(conversation: Conversation): string;
}

/**
 * Sends events to the subscribed webhooks: up to 10 retries each; 10 discarded events or one 410 disable a webhook.
 * Retries that wait are given up when the sandbox closes.
 */
export function createDeliverer({ store, journal, logger, retryUnitMs, bodyOf, urlOf }: DelivererOptions) {
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const discarded = new Map<number, number>();
  /** The last body of each event and conversation, so that a duplicate is one to the byte. */
  const lastBodies = new Map<string, string>();
  let enabled = true;

  /** Delivers in the background; silently does nothing while deliveries are switched off. */
  function publish(event: string, conversation: Conversation): void {
    // The body is what the conversation was when the event happened, also for a late retry.
    const body = phpJson(bodyOf(conversation));
    lastBodies.set(`${event} ${conversation.id}`, body);
    send(event, conversation, body);
  }

  function send(event: string, conversation: Conversation, resourceBody: string): void {
    if (!enabled) return;
    for (const webhook of store.webhooks.all()) {
      if (!isInterested(webhook, event, conversation)) continue;
      const body = webhook.notification ? phpJson({ url: urlOf(conversation) }) : resourceBody;
      const run = deliver({ webhookId: webhook.id, event, conversationId: conversation.id, body })
        .catch((error: unknown) => {
          if (!closing.signal.aborted) logger.error({ err: error, webhookId: webhook.id }, 'webhook delivery failed');
        })
        .finally(() => running.delete(run));
      running.add(run);
    }
  }

  async function deliver(delivery: Delivery): Promise<void> {
    for (let attempt = 0; attempt <= MAX_RETRIES; attempt += 1) {
      if (attempt > 0) await wait(retryUnitMs * 2 ** (attempt - 1), undefined, { signal: closing.signal });
      // Read anew each time: the subscription may have been replaced, disabled or deleted meanwhile.
      const webhook = store.webhooks.get(delivery.webhookId);
      if (webhook?.state !== 'enabled') return;
      const status = await post(webhook, delivery);
      if (closing.signal.aborted) return;
      const { event, conversationId, webhookId } = delivery;
      journal.add({ kind: 'delivery', event, conversationId, webhookId, attempt: attempt + 1, status });
      if (status !== null && status >= 200 && status < 300) return;
      if (status === 410) return disable(webhookId);
    }
    const count = (discarded.get(delivery.webhookId) ?? 0) + 1;
    discarded.set(delivery.webhookId, count);
    if (count >= MAX_DISCARDED) disable(delivery.webhookId);
  }

  async function post(webhook: Webhook, { event, body }: Delivery): Promise<number | null> {
    try {
      const answer = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-HelpScout-Event': event,
          'X-HelpScout-Signature': signatureOf(webhook.secret, body),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }

  function disable(webhookId: number): void {
    discarded.delete(webhookId);
    const webhook = store.webhooks.get(webhookId);
    if (webhook) store.commit({ kind: 'webhookSaved', webhook: { ...webhook, state: 'disabled' } });
  }

  return {
    publish,
    /** Delivers once more what the last event of this kind delivered. */
    republish(event: string, conversation: Conversation): void {
      send(event, conversation, lastBodies.get(`${event} ${conversation.id}`) ?? phpJson(bodyOf(conversation)));
    },
    setEnabled(next: boolean): void {
      enabled = next;
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
  conversationId: number;
  body: string;
}

function isInterested(webhook: Webhook, event: string, conversation: Conversation): boolean {
  return (
    webhook.state === 'enabled' &&
    webhook.events.includes(event) &&
    (webhook.mailboxIds === null || webhook.mailboxIds.includes(conversation.mailboxId))
  );
}
