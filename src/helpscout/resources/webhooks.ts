import { z } from 'zod';
import type { Request } from '../client.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { HelpScoutNotFound, HelpScoutUnexpectedShape } from '../errors.ts';
import { collectPages } from '../paging.ts';
import { type ApiWebhook, apiWebhookSchema } from '../schemas.ts';

/** What tells us that a conversation is worth reading again. */
export const WEBHOOK_EVENTS = [
  'convo.created',
  'convo.customer.reply.created',
  'convo.agent.reply.created',
  'convo.merged',
  'convo.moved',
  'convo.deleted',
] as const;

export interface WebhookWish {
  url: string;
  /** At most 40 characters: Help Scout refuses longer ones. */
  secret: string;
  mailboxIds: readonly number[];
}

export function createWebhookResource(request: Request) {
  const list = (): Promise<ApiWebhook[]> =>
    collectPages(request, { endpoint: ENDPOINTS.listWebhooks }, 'webhooks', apiWebhookSchema);
  const body = ({ url, secret, mailboxIds }: WebhookWish) => ({
    url,
    secret,
    events: WEBHOOK_EVENTS,
    payloadVersion: 'V2',
    label: 'Help Scout Insights',
    mailboxIds,
  });
  return {
    /** Makes our subscription, or overwrites the one that has our address (which also re-enables it). @returns its id. */
    async ensure(wish: WebhookWish): Promise<number> {
      const ours = (await list()).find((webhook) => webhook.url === wish.url);
      if (ours) {
        await request({ endpoint: ENDPOINTS.updateWebhook, params: { id: ours.id }, body: body(wish) });
        return ours.id;
      }
      const reply = await request({ endpoint: ENDPOINTS.createWebhook, body: body(wish) });
      const id = z.coerce.number().int().positive().safeParse(reply.headers.get('resource-id'));
      if (id.success) return id.data;
      throw new HelpScoutUnexpectedShape('no Resource-ID header', {
        endpoint: 'POST /v2/webhooks',
        status: reply.status,
      });
    },

    /** Removes every subscription at our address; one that is gone already is fine. */
    async removeByUrl(url: string): Promise<void> {
      for (const webhook of (await list()).filter((candidate) => candidate.url === url)) {
        try {
          await request({ endpoint: ENDPOINTS.deleteWebhook, params: { id: webhook.id } });
        } catch (error) {
          if (!(error instanceof HelpScoutNotFound)) throw error;
        }
      }
    },
  };
}
