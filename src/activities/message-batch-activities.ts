import { cancellationSignal } from '@temporalio/activity';
import type { Classification, ClassifyInput } from '../classify/classifier.ts';
import { costOf } from '../classify/prices.ts';
import { unasked } from '../classify/readable-input.ts';
import { SECOND_TRY } from '../classify/retry-rules.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Tokens } from '../domain/decision.ts';
import type { Logged } from '../domain/logged-row.ts';
import type { SyncEventSettlement } from '../storage/sync-events.ts';
import type { Scope } from '../workflows/contract.ts';
import { settlementOf } from './classify-activities.ts';
import { questionAbout } from './classify-input.ts';
import { createCostCap } from './cost-cap.ts';
import { createDecider } from './decide.ts';
import type { ActivityDeps } from './deps.ts';
import type { Batch } from './import-activities.ts';
import { type InsightsWay, insightsWay } from './insights-way.ts';
import { makeDecision } from './make-decision.ts';
import { createBatchItems, customIdOf, idsOf } from './message-batch-items.ts';
import { createBatchSubmission } from './message-batch-submission.ts';
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

/** What a message batch came to; `left` are conversations that got no answer in it and have to be asked about singly. */
export interface TakenBatch extends Logged {
  running: boolean;
  left: number[];
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
  const { inputsOf, conversationsOf, wayThen } = batchItems;
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
        const { batchId: messageBatchId } = await handIn(scope, key, null);
        return { messageBatchId, submitted: idsOf(chosen), single };
      }
      const messageBatchId = before.messageBatchId ?? (await handIn(scope, key, before.submittedAt)).batchId;
      return { messageBatchId, submitted: idsOf(before.items), single: [] };
    },

    /**
     * Looks whether a message batch has ended; if so, stores what it answered and settles the rows. An item that failed,
     * expired or was cancelled is left to be asked singly, and so is one whose conversation has changed meanwhile.
     */
    async takeMessageBatch(
      scope: Scope,
      request: Batch & { messageBatchId: string; conversationIds: number[] },
    ): Promise<TakenBatch> {
      const { organizationId } = scope;
      const { messageBatchId, conversationIds } = request;
      const stored = await storage.messageBatches.byId(organizationId, messageBatchId);
      const batches = stored && deps.messageBatchesOf(stored.settings);
      if (!stored || !batches) return { running: false, left: conversationIds, log: [] };
      if ((await batches.poll(messageBatchId, { signal: cancellationSignal() })) === 'running') {
        return { running: true, left: [], log: [] };
      }
      const way = await wayThen(scope, stored);
      const conversations = await conversationsOf(scope, stored.items);
      const asked = await inputsOf(scope, way, stored.items);
      const inputs = new Map(asked.map(({ customId, input }) => [customId, input]));
      const insights = await openInsightSettling(storage, scope, conversationIds, openPatterns);
      const settlements: SyncEventSettlement[] = [];
      const left = new Set(conversationIds);
      for await (const { customId, outcome } of batches.results(messageBatchId, asked, {
        signal: cancellationSignal(),
      })) {
        // Errored, expired or cancelled: not answered, and not paid.
        if (!('tokens' in outcome)) continue;
        const conversationId = stored.items.find((item) => item.customId === customId)?.conversationId ?? null;
        await noteCost(organizationId, way, { messageBatchId, conversationId, tokens: outcome.tokens });
        const conversation = conversations.get(customId);
        const input = inputs.get(customId);
        // One that has changed has another name now: its answer is paid, and of no use. A bad answer may be asked for again.
        if (!conversation || !input || SECOND_TRY[outcome.kind] !== 'never') continue;
        const decision = decisionOf(way, { conversation, input, classification: outcome, messageBatchId });
        await decider.keep(decision);
        const insight = insights.known(conversation) ?? (await insights.settle(conversation, decision));
        settlements.push(settlementOf(request, conversation, insight));
        left.delete(conversation.conversationId);
      }
      await insights.close();
      await storage.syncEvents.settle(organizationId, settlements);
      await storage.messageBatches.end(organizationId, messageBatchId);
      const eventIds = settlements.map(({ eventId }) => eventId);
      return { running: false, left: [...left], log: await storage.syncEvents.logged(organizationId, eventIds) };
    },

    /** Asks for the end of a message batch; what it has answered by then can still be taken. */
    async cancelMessageBatch(scope: Scope, { messageBatchId }: { messageBatchId: string }): Promise<void> {
      const stored = await storage.messageBatches.byId(scope.organizationId, messageBatchId);
      if (!stored || stored.ended) return;
      await deps.messageBatchesOf(stored.settings)?.cancel(messageBatchId, { signal: cancellationSignal() });
    },
  };

  async function noteCost(
    organizationId: string,
    { classifier: { identity } }: InsightsWay,
    call: { messageBatchId: string; conversationId: number | null; tokens: Tokens | null },
  ): Promise<void> {
    const { messageBatchId, conversationId, tokens } = call;
    if (tokens === null) return;
    const { model } = identity;
    const callKey = `${messageBatchId}-${conversationId}`;
    const costUsd = costOf(model, tokens, { batch: true });
    const entry = { callKey, purpose: 'classify' as const, conversationId, model, tokens, costUsd, at: now() };
    await storage.costs.note(organizationId, entry);
  }

  function decisionOf(
    way: InsightsWay,
    answer: {
      conversation: Conversation;
      input: ClassifyInput;
      classification: Classification;
      messageBatchId: string;
    },
  ) {
    return makeDecision(way, {
      ...answer,
      classifier: way.classifier,
      durationMs: null,
      atCap: false,
      decidedAt: now(),
    });
  }
}
