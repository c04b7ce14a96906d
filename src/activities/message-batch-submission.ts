import { cancellationSignal } from '@temporalio/activity';
import type { ClassifyInput } from '../classify/classifier.ts';
import { estimate } from '../classify/estimate.ts';
import type { Scope } from '../workflows/contract.ts';
import type { CostCap } from './cost-cap.ts';
import type { ActivityDeps } from './deps.ts';
import type { InsightsWay } from './insights-way.ts';
import type { BatchItems } from './message-batch-items.ts';

/** How many of the latest calls say how long answers are. */
const PAST_CALLS = 200;

/** Handing in message batches: once each, and for no more than the day's money. */
export function createBatchSubmission(
  { storage, messageBatchesOf }: Pick<ActivityDeps, 'storage' | 'messageBatchesOf'>,
  cap: CostCap,
  { inputsOf, wayThen }: BatchItems,
) {
  return { affordable, handIn };

  /** As many of the items as today's money is expected to be enough for. */
  async function affordable<T extends { input: ClassifyInput }>(scope: Scope, way: InsightsWay, items: readonly T[]) {
    const { organizationId } = scope;
    const { model } = way.classifier.identity;
    const past = await storage.costs.latest(organizationId, { purpose: 'classify', model }, PAST_CALLS);
    const sample = items.map(({ input }) => input);
    const expected = estimate({ sample, conversations: items.length, model, batch: true, past });
    const eachUsd = (expected.costUsd ?? 0) / items.length;
    const leftUsd = await cap.left(organizationId, way);
    const most = leftUsd === null || eachUsd === 0 ? items.length : Math.floor(leftUsd / eachUsd);
    const chosen = items.slice(0, most);
    return { chosen, estimatedUsd: eachUsd * chosen.length };
  }

  /** Hands in what is noted under a key, unless that was done `since` by a worker that could not note it any more. */
  async function handIn(scope: Scope, key: string, since: Date | null): Promise<{ batchId: string }> {
    const { organizationId } = scope;
    const signal = cancellationSignal();
    const stored = await storage.messageBatches.get(organizationId, key);
    const batches = stored && messageBatchesOf(stored.settings);
    if (!stored || !batches) throw new Error('a message batch that nobody noted');
    const inputs = await inputsOf(scope, await wayThen(scope, stored), stored.items);
    const known = since ? await storage.messageBatches.knownIds(since) : [];
    const found = since ? await batches.find(inputs, { since, known, signal }) : null;
    const { batchId } = found ?? (await batches.submit(inputs, { signal }));
    await storage.messageBatches.submitted(organizationId, key, batchId);
    return { batchId };
  }
}
