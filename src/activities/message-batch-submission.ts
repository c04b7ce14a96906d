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

/** The API's clock may be behind ours: what seems a little older than its note may be it all the same. */
const CLOCK_DIFFERENCE_MS = 60_000;

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

  /**
   * Hands in what is noted under a key, unless that was done after `notedAt` by a worker that could not note it any more.
   * @returns null when nobody can be asked any more: the key for Claude was taken away after the note, which is forgotten
   */
  async function handIn(scope: Scope, key: string, notedAt: Date | null): Promise<{ batchId: string } | null> {
    const { organizationId } = scope;
    const since = notedAt && new Date(notedAt.getTime() - CLOCK_DIFFERENCE_MS);
    const signal = cancellationSignal();
    const stored = await storage.messageBatches.get(organizationId, key);
    if (!stored) throw new Error('a message batch that nobody noted');
    const batches = messageBatchesOf(stored.settings);
    if (!batches) {
      await storage.messageBatches.withdraw(organizationId, key);
      return null;
    }
    const inputs = await inputsOf(scope, await wayThen(scope, stored), stored.items);
    const known = since ? await storage.messageBatches.knownIds(since) : [];
    const found = since ? await batches.find(inputs, { since, known, signal }) : null;
    const { batchId } = found ?? (await batches.submit(inputs, { signal }));
    await storage.messageBatches.submitted(organizationId, key, batchId);
    return { batchId };
  }
}
