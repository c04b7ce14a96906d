import { createHmac } from 'node:crypto';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { helpScoutEventsSignal, integrationWorkflowId } from '../../src/workflows/contract.ts';
import type { RunningStack } from '../e2e/running-stack.ts';

/** Sends webhooks as Help Scout would, and reads what of them Temporal holds. */
export async function signedWebhooks(running: RunningStack, integrationId: string) {
  const { stack, storage, temporal, organizationId } = running;
  const keys = stack.environment.ENCRYPTION_KEYS ?? '';
  const webhookKey = (await storage.integrations.webhookKey(organizationId, integrationId)) ?? '';
  const found = await storage.integrations.findByWebhookKey(webhookKey);
  const secret = createKeyRing(keys).decrypt(found?.secretCiphertexts[0] ?? '', {
    ...{ organizationId, integrationId },
    purpose: 'webhookSecret',
  });
  return {
    /** Resolves to the status of the answer; null when none came. */
    async deliver(conversationId: number): Promise<number | null> {
      const body = JSON.stringify({ id: conversationId });
      const headers = {
        'content-type': 'application/json',
        'x-helpscout-event': 'convo.customer.reply.created',
        'x-helpscout-signature': createHmac('sha1', secret).update(body).digest('base64'),
      };
      try {
        const url = `${stack.urls.api}/webhooks/helpscout/${webhookKey}`;
        return (await fetch(url, { method: 'POST', body, headers })).status;
      } catch {
        return null;
      }
    },

    /** How many events of each conversation the integration's history has. */
    async held(): Promise<Map<number, number>> {
      const codec = createPayloadCodec(keys);
      const { events } = await temporal.workflow.getHandle(integrationWorkflowId(integrationId)).fetchHistory();
      const held = new Map<number, number>();
      for (const { workflowExecutionSignaledEventAttributes: signal } of events ?? []) {
        if (signal?.signalName !== helpScoutEventsSignal.name) continue;
        const [payload] = await codec.decode(signal.input?.payloads ?? []);
        const told: { conversationId: number }[] = JSON.parse(Buffer.from(payload?.data ?? []).toString('utf8'));
        for (const { conversationId } of told) held.set(conversationId, (held.get(conversationId) ?? 0) + 1);
      }
      return held;
    },
  };
}
