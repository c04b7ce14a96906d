import type { Webhook } from './events/webhook-events.ts';
import type { SandboxEvent } from './events.ts';

const FIRST_WEBHOOK_ID = 30;

export function createWebhooks() {
  const byId = new Map<number, Webhook>();
  let lastId = FIRST_WEBHOOK_ID - 1;
  return {
    get: (id: number): Webhook | undefined => byId.get(id),
    all: (): Webhook[] => [...byId.values()],
    nextId: (): number => lastId + 1,
    apply(event: SandboxEvent): void {
      if (event.kind === 'webhookSaved') {
        byId.set(event.webhook.id, event.webhook);
        lastId = Math.max(lastId, event.webhook.id);
      }
      if (event.kind === 'webhookDeleted') byId.delete(event.webhookId);
    },
  };
}
