import { ClassifierRejected } from '../classify/errors/classifier-rejected.ts';
import { CATEGORY_TEXT } from '../domain/category.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import type { ScanCounts } from '../domain/integration.ts';
import type { Logged } from '../domain/logged-row.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import type { SyncEventSettlement } from '../storage/sync-events.ts';
import type { Scope } from '../workflows/contract.ts';
import { createCostCap } from './cost-cap.ts';
import { createDecider } from './decide.ts';
import type { ActivityDeps } from './deps.ts';
import { syncErrorCode } from './failures.ts';
import type { Batch } from './import-activities.ts';
import { createImportLog, importRowId } from './import-log.ts';
import { insightsWay, isPaid } from './insights-way.ts';
import { createRetryActivities } from './retry-activities.ts';
import { type Decided, type OpenPatterns, openInsightSettling } from './settle-insight.ts';

export interface ClassifyRequest extends Batch {
  conversationIds: number[];
  /** How far the scan is once this batch is done. */
  counts?: ScanCounts;
  /** Who tries, for the row's attempts; absent: nobody, it is the first and automatic one. */
  attempt?: { by: string; attemptKey: string };
  /** Whether a scan asks, which can have many classified together later. */
  mayGather?: boolean;
  /** Whether all are left to be asked for again where that would cost money. */
  onlyFree?: boolean;
}

/** What became of some conversations. All fields but the rows are absent when everything is done. */
export interface ClassifyResult extends Logged {
  /** Not classified, because the day's cost cap is reached, or only what is free was asked for: to be asked for again after `waitMs`. */
  left?: number[];
  waitMs?: number;
  /** Nothing was done: the organization wants them in a message batch. */
  gather?: true;
  /** How many the classifier will not take, ever, as they are: each has a workflow of its own that keeps it retryable. */
  refused?: number;
}

interface Refused {
  conversationId: number;
  error: ClassifierRejected;
}

const WAITS = `Waiting: ${SYNC_ERROR_TEXT.costCapReached.message}`;

/** From text to insight: decide, find the pattern, settle the row. */
export function createClassifyActivities(
  deps: Pick<ActivityDeps, 'storage' | 'classifierOf' | 'now'>,
  openPatterns?: OpenPatterns,
) {
  const { storage } = deps;
  const cap = createCostCap(deps);
  const decider = createDecider(deps, cap);
  const rows = createImportLog(storage);
  const { startConversationSyncs } = createRetryActivities(deps);

  /** So that one that is refused does not hold up all others of its batch, now and whenever they are tried again. */
  const setAside = async (scope: Scope, request: ClassifyRequest, refused: readonly Refused[]): Promise<void> => {
    const failed = refused.map(({ conversationId, error }) => ({
      ...{ conversationId, eventId: importRowId(request, conversationId), code: syncErrorCode(error) },
      ...(error.status !== null && { httpStatus: error.status }),
    }));
    await rows.failed(scope, request, failed);
    await startConversationSyncs(scope, failed);
  };

  return {
    /**
     * Classifies stored conversations and settles their rows; a batch that was interrupted goes on where it was.
     * With `counts`, shows how far the scan is when this batch is done.
     */
    async classifyConversations(scope: Scope, request: ClassifyRequest): Promise<ClassifyResult> {
      const { organizationId, integrationId } = scope;
      const { conversationIds, counts } = request;
      const way = await insightsWay(deps, scope);
      if (request.onlyFree && isPaid(way.classifier)) return { log: [], left: conversationIds, waitMs: 0 };
      if (request.mayGather && way.settings.batches && isPaid(way.classifier)) return { log: [], gather: true };
      const insights = await openInsightSettling(storage, scope, conversationIds, openPatterns);
      const settlements: SyncEventSettlement[] = [];
      const left: number[] = [];
      const refused: Refused[] = [];
      const conversations = await storage.conversations.getMany(organizationId, integrationId, conversationIds);
      const undecided = conversations.filter((conversation) => !insights.known(conversation));
      const before = await decider.decidedBefore(scope, undecided);
      // What is paid for is in force before the next is asked; what is not is faster together.
      for (const some of isPaid(way.classifier) ? conversations.map((one) => [one]) : [conversations]) {
        const open = some.filter((one) => !insights.known(one) && !before.has(one.conversationId));
        const answers = await decider.decideAll(scope, way, open).catch((error: unknown) => {
          if (!(error instanceof ClassifierRejected) || some.length > 1) throw error;
          refused.push(...open.map(({ conversationId }) => ({ conversationId, error })));
          return null;
        });
        if (!answers) continue;
        const decisions = new Map([...before, ...answers]);
        const decided: Decided[] = [];
        for (const conversation of some) {
          const known = insights.known(conversation);
          const decision = decisions.get(conversation.conversationId);
          if (known) settlements.push(settlementOf(request, conversation, known));
          else if (decision) decided.push({ conversation, decision });
          else left.push(conversation.conversationId);
        }
        const settled = await insights.settleAll(decided);
        for (const [at, { conversation }] of decided.entries()) {
          const insight = settled[at];
          if (insight) settlements.push(settlementOf(request, conversation, insight));
        }
      }
      await insights.close();
      await storage.syncEvents.settle(organizationId, settlements);
      // When all are refused, it is the settings (an unknown model, say) that have to be put right, not each conversation.
      const [first] = refused;
      if (first && settlements.length === 0) throw first.error;
      if (first) await setAside(scope, request, refused);
      const waiting = left.map((conversationId) => importRowId(request, conversationId));
      if (waiting.length > 0) await storage.syncEvents.explain(organizationId, waiting, WAITS);
      if (counts) {
        const classified = counts.classified - left.length - refused.length;
        const failed = counts.failed + refused.length;
        await storage.integrations.saveScanCounts(organizationId, integrationId, { ...counts, classified, failed });
      }
      const aside = refused.map(({ conversationId }) => importRowId(request, conversationId));
      const eventIds = [...settlements.map(({ eventId }) => eventId), ...waiting, ...aside];
      const log = await storage.syncEvents.logged(organizationId, eventIds);
      return {
        log,
        ...(left.length > 0 && { left, waitMs: cap.waitMs() }),
        ...(refused.length > 0 && { refused: refused.length }),
      };
    },
  };
}

/** How the row of a conversation ends that has its insight. */
export const settlementOf = (
  request: Pick<ClassifyRequest, 'batchId' | 'workflowId' | 'attempt'>,
  { conversationId, customer, webUrl }: Conversation,
  { category, outcome }: Pick<Insight, 'category' | 'outcome'>,
): SyncEventSettlement => ({
  eventId: importRowId(request, conversationId),
  status: 'success',
  ...(request.attempt ?? { by: 'automatic', attemptKey: request.workflowId }),
  details: category
    ? `Classified as ${CATEGORY_TEXT[category].one.toLowerCase()}`
    : `Not classified (${outcome}): needs review`,
  customerEmail: customer.email ?? null,
  conversationUrl: webUrl,
});
