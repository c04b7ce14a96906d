import { cancellationSignal } from '@temporalio/activity';
import type { Classification, ClassifyInput } from '../classify/classifier.ts';
import { costOf } from '../classify/prices.ts';
import { SECOND_TRY } from '../classify/retry-rules.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision, Tokens } from '../domain/decision.ts';
import type { Logged } from '../domain/logged-row.ts';
import type { SyncEventSettlement } from '../storage/sync-events.ts';
import type { Scope } from '../workflows/contract.ts';
import { settlementOf } from './classify-activities.ts';
import type { CostCap } from './cost-cap.ts';
import type { createDecider } from './decide.ts';
import type { ActivityDeps } from './deps.ts';
import type { Batch } from './import-activities.ts';
import type { InsightsWay } from './insights-way.ts';
import { makeDecision } from './make-decision.ts';
import type { BatchItems } from './message-batch-items.ts';
import { secondTries, type Unusable } from './message-batch-second-tries.ts';
import { type OpenPatterns, openInsightSettling } from './settle-insight.ts';

/** What a message batch came to; `left` are conversations that got no answer in it and have to be asked about singly. */
export interface TakenBatch extends Logged {
  running: boolean;
  left: number[];
}

/** Taking what a message batch has answered: everything that is paid is booked, everything that can be is used. */
export function createBatchTaking(
  deps: Pick<ActivityDeps, 'storage' | 'messageBatchesOf' | 'now'>,
  parts: { cap: CostCap; decider: ReturnType<typeof createDecider>; batchItems: BatchItems },
  openPatterns?: OpenPatterns,
) {
  const { storage, now } = deps;
  const { cap, decider } = parts;
  const { inputsOf, conversationsOf, wayThen } = parts.batchItems;

  return {
    /**
     * Looks whether a message batch has ended; if so, stores what it answered and settles the rows. An answer that was cut
     * off or has another shape gets its second try at once. An item that failed, expired or was cancelled is left to be
     * asked singly, and so is one whose conversation has changed meanwhile.
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
      const unusable: Unusable[] = [];
      const outcomes: Record<string, number> = {};
      const settle = async (conversation: Conversation, decision: Decision) => {
        const insight = insights.known(conversation) ?? (await insights.settle(conversation, decision));
        settlements.push(settlementOf(request, conversation, insight));
        left.delete(conversation.conversationId);
      };
      for await (const { customId, outcome } of batches.results(messageBatchId, asked, {
        signal: cancellationSignal(),
      })) {
        outcomes[outcome.kind] = (outcomes[outcome.kind] ?? 0) + 1;
        // Errored, expired or cancelled: not answered, and not paid.
        if (!('tokens' in outcome)) continue;
        const conversationId = stored.items.find((item) => item.customId === customId)?.conversationId ?? null;
        await noteCost(organizationId, way, { messageBatchId, conversationId, tokens: outcome.tokens });
        const conversation = conversations.get(customId);
        const input = inputs.get(customId);
        // One that has changed has another name now: its answer is paid, and of no use.
        if (!conversation || !input) continue;
        if (SECOND_TRY[outcome.kind] !== 'never') {
          unusable.push({ conversation, input, outcome });
          continue;
        }
        const decision = decisionOf(way, { conversation, input, classification: outcome, messageBatchId });
        await decider.keep(decision);
        await settle(conversation, decision);
      }
      for await (const { conversation, decision } of secondTries({ now, cap, decider }, scope, way, unusable)) {
        await settle(conversation, decision);
      }
      await insights.close();
      await storage.syncEvents.settle(organizationId, settlements);
      await storage.messageBatches.end(organizationId, messageBatchId, outcomes);
      const eventIds = settlements.map(({ eventId }) => eventId);
      return { running: false, left: [...left], log: await storage.syncEvents.logged(organizationId, eventIds) };
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
