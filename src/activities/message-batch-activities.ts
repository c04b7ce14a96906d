import { cancellationSignal } from '@temporalio/activity';
import type { ClassifyInput } from '../classify/classifier.ts';
import { unasked } from '../classify/readable-input.ts';
import type { Scope } from '../workflows/contract.ts';
import { questionAbout } from './classify-input.ts';
import { createCostCap } from './cost-cap.ts';
import { createDecider } from './decide.ts';
import type { ActivityDeps } from './deps.ts';
import type { Batch } from './import-activities.ts';
import { type InsightsWay, insightsWay } from './insights-way.ts';
import { createBatchItems, customIdOf, idsOf } from './message-batch-items.ts';
import { createBatchSubmission } from './message-batch-submission.ts';
import { createBatchTaking } from './message-batch-taking.ts';
import { type OpenPatterns, openInsightSettling } from './settle-insight.ts';

/** What became of conversations that were to go into a message batch; the others stay where they are. */
export interface Submitted {
  /** Null when none was submitted. */
  messageBatchId: string | null;
  submitted: number[];
  /** To be classified one by one: decided already, nothing to ask, or batches are not wanted any more. */
  single: number[];
  /** Of the others: the day's cost cap is reached, look again after this. */
  waitMs?: number;
}

/** Classifying by Message Batches: submitted once, waited for by the workflow, each answer stored as it is read. */
export function createMessageBatchActivities(
  deps: Pick<ActivityDeps, 'storage' | 'classifierOf' | 'messageBatchesOf' | 'now'>,
  openPatterns?: OpenPatterns,
) {
  const { storage, now } = deps;
  const cap = createCostCap(deps);
  const decider = createDecider(deps, cap);
  const batchItems = createBatchItems(deps);
  const { affordable, handIn } = createBatchSubmission(deps, cap, batchItems);

  /** Conversations that a batch can decide, with what it is asked. */
  const askable = async (scope: Scope, way: InsightsWay, conversationIds: number[]) => {
    const insights = await openInsightSettling(storage, scope, conversationIds, openPatterns);
    const items: { conversationId: number; customId: string; input: ClassifyInput }[] = [];
    const { organizationId, integrationId } = scope;
    const stored = await storage.conversations.getMany(organizationId, integrationId, conversationIds);
    const unknown = stored.filter((conversation) => !insights.known(conversation));
    const decided = await decider.decidedBefore(scope, unknown);
    for (const conversation of unknown) {
      if (decided.has(conversation.conversationId)) continue;
      const { input } = await questionAbout(conversation, way);
      if (unasked(input) !== null) continue;
      items.push({ conversationId: conversation.conversationId, customId: customIdOf(conversation), input });
    }
    return items;
  };

  return {
    ...createBatchTaking(deps, { cap, decider, batchItems }, openPatterns),

    /**
     * Submits conversations as one message batch, as many as the day's money is expected to be enough for. Asked again
     * with the same key, it answers with what it submitted then, or looks for it where a worker was killed in between.
     */
    async submitMessageBatch(
      scope: Scope,
      { key, conversationIds }: Batch & { key: string; conversationIds: number[] },
    ): Promise<Submitted> {
      const { organizationId } = scope;
      const nothing = { messageBatchId: null, submitted: [] };
      const before = await storage.messageBatches.get(organizationId, key);
      if (!before) {
        const way = await insightsWay(deps, scope);
        if (!way.settings.batches || !deps.messageBatchesOf(way.settings))
          return { ...nothing, single: conversationIds };
        const items = await askable(scope, way, conversationIds);
        const asked = new Set(idsOf(items));
        const single = conversationIds.filter((conversationId) => !asked.has(conversationId));
        if (items.length === 0) return { ...nothing, single };
        const { chosen, estimatedUsd } = await affordable(scope, way, items);
        if (chosen.length === 0) {
          if ((await cap.reached(scope, way)) === 'offline') return { ...nothing, single: conversationIds };
          return { ...nothing, single, waitMs: cap.waitMs() };
        }
        await storage.messageBatches.intend(organizationId, key, {
          integrationId: scope.integrationId,
          items: chosen.map(({ conversationId, customId }) => ({ conversationId, customId })),
          ...{ settings: way.settings, taxonomyVersion: way.taxonomy.version, estimatedUsd, submittedAt: now() },
        });
        const handedIn = await handIn(scope, key, null);
        if (!handedIn) return { ...nothing, single: conversationIds };
        return { messageBatchId: handedIn.batchId, submitted: idsOf(chosen), single };
      }
      const messageBatchId = before.messageBatchId ?? (await handIn(scope, key, before.submittedAt))?.batchId;
      if (messageBatchId === undefined) return { ...nothing, single: conversationIds };
      return { messageBatchId, submitted: idsOf(before.items), single: [] };
    },

    /** Asks for the end of a message batch; what it has answered by then can still be taken. */
    async cancelMessageBatch(scope: Scope, { messageBatchId }: { messageBatchId: string }): Promise<void> {
      const stored = await storage.messageBatches.byId(scope.organizationId, messageBatchId);
      if (!stored || stored.ended) return;
      await deps.messageBatchesOf(stored.settings)?.cancel(messageBatchId, { signal: cancellationSignal() });
    },
  };
}
