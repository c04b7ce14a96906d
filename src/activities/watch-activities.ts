import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { createWebhookWatch, type WebhookRepair } from './webhook-watch.ts';

/** What a comparison looks at before it begins. */
export interface Inspection {
  /** Those of the chosen mailboxes that Help Scout shows. */
  shown: number[];
  /** Since when one that is shown again was not; null: each was shown at the last comparison. */
  lookBackToMs: number | null;
  /** Null when the webhook is as it should be, or was written too short a time ago. */
  webhook: WebhookRepair | null;
  /** Since when webhooks do not tell of changes; null: they do. */
  webhookOffSinceMs: number | null;
}

/** Looking after the connection between people's looks. */
export function createWatchActivities(
  deps: Pick<ActivityDeps, 'storage' | 'keyRing' | 'publicUrl' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage, now } = deps;
  const watchWebhook = createWebhookWatch(deps);
  return {
    /**
     * Looks which of the chosen mailboxes Help Scout still shows, and puts our webhook back where it is not as we made
     * it. Lists leave a hidden or deleted mailbox out without a word, which would look like silence.
     */
    async inspectConnection(scope: Scope, { mailboxIds }: { mailboxIds: number[] }): Promise<Inspection> {
      const { organizationId, integrationId } = scope;
      return connections.withHelpScout(scope, async (client) => {
        const visible = await client.mailboxes.list();
        const known = (await storage.integrations.get(organizationId, integrationId))?.mailboxes ?? [];
        const shown = visible.filter(({ mailboxId }) => mailboxIds.includes(mailboxId));
        const shownIds = shown.map(({ mailboxId }) => mailboxId);
        const hidden = mailboxIds
          .filter((mailboxId) => !shownIds.includes(mailboxId))
          .map((mailboxId) => ({ mailboxId, name: known.find((one) => one.mailboxId === mailboxId)?.name }));
        const before = await storage.coverage.mailboxes(organizationId, integrationId);
        const times = before
          .filter(({ mailboxId }) => shownIds.includes(mailboxId))
          .flatMap(({ hiddenSince }) => (hiddenSince ? [hiddenSince.getTime()] : []));
        await storage.coverage.noteMailboxes(organizationId, integrationId, { shown, hidden, at: now() });
        const webhook = await watchWebhook(client, scope, { chosen: mailboxIds, shown: shownIds });
        const { webhook: state } = await storage.coverage.watch(organizationId, integrationId);
        return {
          shown: shownIds,
          lookBackToMs: times.length > 0 ? Math.min(...times) : null,
          webhook,
          webhookOffSinceMs: state?.problemSince?.getTime() ?? null,
        };
      });
    },
  };
}
