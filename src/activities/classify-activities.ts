import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { Classification, ClassifyInput } from '../classify/classifier.ts';
import { CATEGORY_TEXT } from '../domain/category.ts';
import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import type { ScanProgress } from '../domain/integration.ts';
import type { SyncEventSettlement } from '../storage/sync-events.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';
import type { Batch } from './import-activities.ts';
import { openPatternAssignment } from './pattern-assignment.ts';

/** From text to insight: classify, find the pattern, settle the row. */
export function createClassifyActivities({ storage, classifier, now }: ActivityDeps) {
  const insightOf = (conversation: Conversation, result: Classification): Omit<Insight, 'revision' | 'patternId'> => {
    const [firstThread] = customerThreads(conversation.threads);
    const { organizationId, integrationId, conversationId, subject, mailboxId, contentHash, customer } = conversation;
    const classified = result.kind === 'classified';
    return {
      organizationId,
      integrationId,
      conversationId,
      subject,
      mailboxId,
      contentHash,
      outcome: result.kind,
      category: classified ? result.category : null,
      confidence: classified ? result.confidence : 0,
      summary: classified ? result.summary : result.reason,
      productArea: classified ? result.productArea : null,
      severity: classified ? result.severity : null,
      evidence: classified ? result.evidence : [],
      classifier: classifier.identity,
      customerKey: customer.email ?? `conversation:${conversationId}`,
      reportedAt: firstThread?.createdAt ?? conversation.createdAt,
      classifiedAt: now(),
    };
  };

  return {
    /**
     * Classifies stored conversations and settles their rows. What has an insight of the same content is not
     * classified again, so a batch that was interrupted goes on where it was.
     */
    async classifyConversations(
      scope: Scope,
      request: Batch & { conversationIds: number[]; scan?: ScanProgress },
    ): Promise<{ classified: number }> {
      const { organizationId, integrationId } = scope;
      try {
        const conversations = await storage.conversations.getMany(
          organizationId,
          integrationId,
          request.conversationIds,
        );
        const before = await storage.insights.getMany(organizationId, integrationId, request.conversationIds);
        const productAreas = await productAreasOf(scope);
        const settlements: SyncEventSettlement[] = [];
        const patterns = await openPatternAssignment(storage, scope);
        let classified = 0;
        for (const conversation of conversations) {
          const known = before.find((insight) => insight.conversationId === conversation.conversationId);
          let insight: Pick<Insight, 'patternId' | 'category' | 'outcome'> | undefined = known;
          if (known?.contentHash !== conversation.contentHash) {
            const result = await classifier.classify(inputOf(conversation, productAreas), {
              signal: cancellationSignal(),
            });
            const fresh = insightOf(conversation, result);
            const patternId = await patterns.assign(conversation, fresh, known?.patternId ?? null);
            if (await storage.insights.save(organizationId, { ...fresh, patternId })) classified += 1;
            insight = { ...fresh, patternId };
          }
          if (insight?.patternId) patterns.touch(insight.patternId);
          settlements.push(settlementOf(request, conversation, insight));
          heartbeat(conversation.conversationId);
        }
        await patterns.close();
        await storage.syncEvents.settle(organizationId, settlements);
        if (request.scan) await storage.integrations.update(organizationId, integrationId, { scan: request.scan });
        return { classified };
      } catch (error) {
        throw toApplicationFailure(error);
      }
    },
  };

  /** The organization's own words for its product: for now the names of the help collections it mapped. */
  async function productAreasOf(scope: Scope): Promise<string[]> {
    const docs = (await storage.integrations.get(scope.organizationId, scope.integrationId))?.docs;
    return (docs?.collections ?? [])
      .filter(({ collectionId }) => docs?.mappedCollectionIds.includes(collectionId))
      .map(({ name }) => name);
  }
}

const inputOf = (conversation: Conversation, productAreas: string[]): ClassifyInput => ({
  subject: conversation.subject,
  threads: conversation.threads
    .filter(({ type }) => type !== 'note')
    .map(({ threadId, author, text, createdAt }) => ({
      threadId,
      author: author.kind === 'customer' ? 'customer' : 'agent',
      text,
      createdAt,
    })),
  productAreas,
  docsExcerpts: [],
});

const settlementOf = (
  batch: Batch,
  { conversationId }: Conversation,
  insight: Pick<Insight, 'category' | 'outcome'> | undefined,
): SyncEventSettlement => ({
  eventId: `${batch.batchId}/${conversationId}`,
  status: 'success',
  by: 'automatic',
  attemptKey: batch.workflowId,
  details: insight?.category
    ? `Classified as ${CATEGORY_TEXT[insight.category].one.toLowerCase()}`
    : `Not classified (${insight?.outcome ?? 'no text'}): needs review`,
});
