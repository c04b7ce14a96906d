import { cancellationSignal } from '@temporalio/activity';
import type { Classification, ClassifyInput } from '../classify/classifier.ts';
import { CATEGORY_TEXT } from '../domain/category.ts';
import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import type { ScanCounts } from '../domain/integration.ts';
import type { Logged } from '../domain/logged-row.ts';
import type { SyncEventSettlement } from '../storage/sync-events.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import type { Batch } from './import-activities.ts';
import { openPatternAssignment } from './pattern-assignment.ts';

interface ClassifyRequest extends Batch {
  conversationIds: number[];
  /** How far the scan is once this batch is done. */
  counts?: ScanCounts;
  /** Who tries, for the row's attempts; absent: nobody, it is the first and automatic one. */
  attempt?: { by: string; attemptKey: string };
}

/** What the conversations of one batch share. */
interface OpenBatch {
  before: Insight[];
  productAreas: string[];
  patterns: Awaited<ReturnType<typeof openPatternAssignment>>;
}

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

  /** One conversation, unless this very content has an insight already. */
  const classifyOne = async (
    batch: OpenBatch,
    conversation: Conversation,
  ): Promise<Pick<Insight, 'category' | 'outcome'>> => {
    const known = batch.before.find((insight) => insight.conversationId === conversation.conversationId);
    if (known?.contentHash === conversation.contentHash) {
      if (known.patternId) batch.patterns.touch(known.patternId);
      return known;
    }
    const input = inputOf(conversation, batch.productAreas);
    const fresh = insightOf(conversation, await classifier.classify(input, { signal: cancellationSignal() }));
    const patternId = await batch.patterns.assign(conversation, fresh, known?.patternId ?? null);
    await storage.insights.save(conversation.organizationId, { ...fresh, patternId });
    if (patternId) batch.patterns.touch(patternId);
    return fresh;
  };

  const classifyBatch = async (scope: Scope, request: ClassifyRequest): Promise<Logged> => {
    const { organizationId, integrationId } = scope;
    const { conversationIds, counts } = request;
    const batch: OpenBatch = {
      before: await storage.insights.getMany(organizationId, integrationId, conversationIds),
      productAreas: await productAreasOf(scope),
      patterns: await openPatternAssignment(storage, scope),
    };
    const settlements: SyncEventSettlement[] = [];
    for (const conversation of await storage.conversations.getMany(organizationId, integrationId, conversationIds)) {
      settlements.push(settlementOf(request, conversation, await classifyOne(batch, conversation)));
    }
    await batch.patterns.close();
    await storage.syncEvents.settle(organizationId, settlements);
    if (counts) await storage.integrations.saveScanCounts(organizationId, integrationId, counts);
    const eventIds = settlements.map(({ eventId }) => eventId);
    return { log: await storage.syncEvents.logged(organizationId, eventIds) };
  };

  return {
    /**
     * Classifies stored conversations and settles their rows; a batch that was interrupted goes on where it was.
     * With `counts`, shows how far the scan is when this batch is done.
     */
    async classifyConversations(scope: Scope, request: ClassifyRequest): Promise<Logged> {
      return classifyBatch(scope, request);
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
  { batchId, workflowId, attempt }: ClassifyRequest,
  { conversationId, customer, webUrl }: Conversation,
  { category, outcome }: Pick<Insight, 'category' | 'outcome'>,
): SyncEventSettlement => ({
  eventId: `${batchId}/${conversationId}`,
  status: 'success',
  ...(attempt ?? { by: 'automatic', attemptKey: workflowId }),
  details: category
    ? `Classified as ${CATEGORY_TEXT[category].one.toLowerCase()}`
    : `Not classified (${outcome}): needs review`,
  customerEmail: customer.email ?? null,
  conversationUrl: webUrl,
});
