import type { Category } from '../../src/domain/category.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** A conversation with its insight; `category` null: the classifier was not sure. */
export interface ClassifiedConversation {
  conversationId: number;
  category: Category | null;
  text: string;
  reportedAt: Date;
  patternId?: string | null;
  model?: string;
}

/** Stores conversations as a run leaves them, patterns counted. */
export async function addClassified(
  storage: Storage,
  { organizationId, integrationId }: { organizationId: string; integrationId: string },
  conversations: readonly ClassifiedConversation[],
): Promise<void> {
  const patternIds = new Set<string>();
  for (const { conversationId, category, text, reportedAt, patternId = null, model = 'test' } of conversations) {
    const contentHash = `hash-${conversationId}`;
    const common = { integrationId, conversationId, subject: `Subject ${conversationId}`, mailboxId: 310, contentHash };
    await storage.conversations.saveAll(organizationId, [
      {
        ...common,
        organizationId,
        number: conversationId,
        status: 'active',
        customer: { kind: 'customer', email: `c${conversationId}@client.example` },
        createdAt: reportedAt,
        webUrl: 'https://secure.helpscout.example/conversation/1',
        threads: [
          { threadId: 1, type: 'customer', author: { kind: 'customer' }, text, createdAt: reportedAt },
          { threadId: 2, type: 'note', author: { kind: 'user' }, text: 'A private note.', createdAt: reportedAt },
        ],
        importedAt: reportedAt,
      },
    ]);
    await storage.insights.save(organizationId, {
      ...common,
      issue: 0,
      outcome: category ? 'classified' : 'unsure',
      category,
      suggestedCategory: category ? null : 'bug',
      confidence: category ? 0.9 : 0.3,
      summary: `Summary ${conversationId}`,
      productArea: null,
      severity: null,
      evidence: [],
      classifier: { kind: 'offline', model },
      taxonomyVersion: 1,
      decisionId: null,
      review: 'none',
      documentation: null,
      patternId,
      customerKey: `c${conversationId}@client.example`,
      reportedAt,
      classifiedAt: reportedAt,
    });
    if (!patternId || !category) continue;
    patternIds.add(patternId);
    await storage.patterns.saveCandidate(
      organizationId,
      integrationId,
      {
        patternId,
        title: `Title of ${patternId}`,
        centroid: { terms: [['export', 1]], members: 1 },
        indexTerms: ['export'],
      },
      { category, reportedAt },
    );
  }
  const counts = await storage.insights.patternCounts(organizationId, [...patternIds]);
  await storage.patterns.saveCounts(
    organizationId,
    counts.map((row) => ({ ...row, category: 'bug' })),
  );
}
