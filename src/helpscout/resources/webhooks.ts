import { ENDPOINTS } from '../endpoints.ts';
import { HelpScoutNotFound } from '../errors.ts';
import { collect, pagedItems } from '../paging.ts';
import { createdId, type Request } from '../request.ts';
import { type WebhookWish, webhookDifferences, webhookSchema, wishedBody } from './webhook-wish.ts';

export type WebhookOutcome = 'created' | 'repaired' | 'unchanged';

export interface EnsuredWebhook {
  webhookId: number;
  outcome: WebhookOutcome;
  /** The fields that were not as wished: names only. */
  differences: string[];
}

export function createWebhookResource(request: Request) {
  /** Ours are known by their address, which is one of a kind. More than one when the answer of a create was lost. */
  const findByUrl = async (url: string) =>
    (await collect(pagedItems(request, { endpoint: ENDPOINTS.listWebhooks }, 'webhooks', webhookSchema)))
      .filter((webhook) => webhook.url === url)
      .sort((a, b) => a.id - b.id);

  /** One that is gone already is fine. */
  const remove = async (webhookId: number): Promise<void> => {
    try {
      await request({ endpoint: ENDPOINTS.deleteWebhook, params: { id: webhookId } });
    } catch (error) {
      if (!(error instanceof HelpScoutNotFound)) throw error;
    }
  };

  const create = async (wish: WebhookWish): Promise<number> => {
    const endpoint = ENDPOINTS.createWebhook;
    return createdId(await request({ endpoint, body: wishedBody(wish) }), endpoint);
  };

  /** Replaces all of it, so the secret goes along; a disabled subscription is enabled by it. */
  const replace = async (webhookId: number, wish: WebhookWish): Promise<boolean> => {
    try {
      await request({ endpoint: ENDPOINTS.updateWebhook, params: { id: webhookId }, body: wishedBody(wish) });
      return true;
    } catch (error) {
      if (error instanceof HelpScoutNotFound) return false;
      throw error;
    }
  };

  return {
    create,
    remove,

    /** Our subscriptions at an address, the oldest first. */
    findByUrl,

    /**
     * Makes our subscription, or brings the one that has our address to what is wished: only what differs is a reason
     * to write, or a new secret (which nobody can read back). Any further ones at our address are removed.
     */
    async ensure(wish: WebhookWish): Promise<EnsuredWebhook> {
      const [ours, ...doubles] = await findByUrl(wish.url);
      for (const { id } of doubles) await remove(id);
      if (!ours) return { webhookId: await create(wish), outcome: 'created', differences: [] };
      const differences = webhookDifferences(ours, wish);
      if (differences.length > 0 && !(await replace(ours.id, wish))) {
        return { webhookId: await create(wish), outcome: 'created', differences: [] };
      }
      if (doubles.length > 0) differences.push('doubles');
      return { webhookId: ours.id, outcome: differences.length > 0 ? 'repaired' : 'unchanged', differences };
    },

    /** Removes every subscription at our address. */
    async removeByUrl(url: string): Promise<void> {
      for (const { id } of await findByUrl(url)) await remove(id);
    },
  };
}
