import { estimate } from '../classify/estimate.ts';
import type { MailboxEstimate, ScanEstimate } from '../domain/scan-estimate.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { hasMissingThreads, toConversation } from '../helpscout/to-conversation.ts';
import type { Scope } from '../workflows/contract.ts';
import { questionAbout } from './classify-input.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { type InsightsWay, insightsWay, isPaid } from './insights-way.ts';

/** How many of the latest calls say how long answers are. */
const PAST_CALLS = 200;

/** What is wanted: the scan that would be started. */
export interface EstimateRequest {
  mailboxIds: number[];
  /** ISO 8601. */
  modifiedSince: string;
  modifiedUntil?: string;
}

/** Telling what a first scan will cost, when nothing is stored yet. */
export function createEstimateActivities(
  deps: Pick<ActivityDeps, 'storage' | 'classifierOf' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage, now } = deps;

  /**
   * How many conversations a mailbox has, and some of them as they would be asked about: its oldest page and one out of
   * the middle, for young and old ones differ. Messages that the list leaves out are not fetched.
   */
  const looked = async (client: HelpScoutClient, scope: Scope, way: InsightsWay, request: EstimateRequest) => {
    const query = { ...request, createdFrom: null };
    const first = await client.conversations.page({ ...query, page: 1 });
    const middle = Math.ceil(first.pages / 2);
    const pages =
      isPaid(way.classifier) && middle > 1
        ? [first, await client.conversations.page({ ...query, page: middle })]
        : [first];
    const sample = [];
    let cut = 0;
    for (const item of pages.flatMap(({ items }) => items)) {
      if ('unreadable' in item) continue;
      if (hasMissingThreads(item)) cut += 1;
      const conversation = toConversation(item, item._embedded?.threads ?? [], { ...scope, importedAt: now() });
      sample.push((await questionAbout(conversation, way)).input);
    }
    return { conversations: first.total, cutShort: sample.length === 0 ? 0 : cut / sample.length, sample };
  };

  return {
    /**
     * What a scan would use, by mailbox: Help Scout's own counts, and the texts of two pages of each. Nothing of the texts
     * is kept. One or two calls to Help Scout for each mailbox, none to a model.
     */
    async estimateFirstScan(scope: Scope, { mailboxIds, ...period }: EstimateRequest): Promise<ScanEstimate> {
      const { organizationId, integrationId } = scope;
      const way = await insightsWay(deps, scope);
      const { model } = way.classifier.identity;
      const past = await storage.costs.latest(organizationId, { purpose: 'classify', model }, PAST_CALLS);
      const { batches: batch, dailyCapUsd } = way.settings;
      const mailboxes = await connections.withHelpScout(
        scope,
        async (client) => {
          const estimates: MailboxEstimate[] = [];
          for (const mailboxId of mailboxIds) {
            const found = await looked(client, scope, way, { mailboxIds: [mailboxId], ...period });
            const free = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
            const used = isPaid(way.classifier) ? usedBy(estimate({ ...found, model, batch, past })) : free;
            estimates.push({ mailboxId, conversations: found.conversations, cutShort: found.cutShort, ...used });
          }
          return estimates;
        },
        'interactive',
      );
      const paid = isPaid(way.classifier);
      const result = { mailboxes, model: paid ? model : null, batch: paid && batch, dailyCapUsd };
      const told: ScanEstimate = { ...result, estimatedAtMs: now().getTime() };
      await storage.scanEstimates.save(organizationId, integrationId, told);
      return told;
    },
  };
}

const usedBy = ({ calls, tokens, costUsd }: ReturnType<typeof estimate>) => ({
  ...{ calls, inputTokens: tokens.inputTokens, outputTokens: tokens.outputTokens, costUsd },
});
