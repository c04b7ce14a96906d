import type { Webhook } from './events/webhook-events.ts';
import type { SandboxEvent } from './events.ts';

const FIRST_WEBHOOK_ID = 30;

export function createWebhooks() {
  const byId = new Map<number, Webhook>();
  const discarded = new Map<number, number>();
  let lastId = FIRST_WEBHOOK_ID - 1;
  return {
    get: (id: number): Webhook | undefined => byId.get(id),
    all: (): Webhook[] => [...byId.values()],
    /** How many events were discarded since the webhook was last saved. */
    discardedOf: (id: number): number => discarded.get(id) ?? 0,
    nextId: (): number => lastId + 1,
    apply(event: SandboxEvent): void {
      if (event.kind === 'webhookSaved') {
        byId.set(event.webhook.id, event.webhook);
        discarded.delete(event.webhook.id);
        lastId = Math.max(lastId, event.webhook.id);
      }
      if (event.kind === 'webhookEventDiscarded') {
        discarded.set(event.webhookId, (discarded.get(event.webhookId) ?? 0) + 1);
      }
      if (event.kind === 'webhookDeleted') byId.delete(event.webhookId);
    },
  };
}
