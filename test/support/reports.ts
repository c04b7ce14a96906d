import type { Category, Severity } from '../../src/domain/category.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { createOrUpdateRecords } from '../../src/storage/record-updates.ts';
import { recountPatterns } from '../../src/storage/recount-patterns.ts';
import type { Storage } from '../../src/storage/storage.ts';

interface Wish {
  organizationId: string;
  integrationId: string;
  patternId: string;
}

export interface ReportWish {
  customer: string;
  at: Date;
  category?: Category;
  severity?: Severity;
}

/** What an organization has set about insights, some of it otherwise than usual. */
export const insightSettings = (given: { records?: 'automatic' | 'approval' } = {}) =>
  organizationSettingsSchema.parse({ insights: given }).insights;

let lastId = 500_000;

/**
 * Has customers write about one pattern, and brings counts and records up to date as an arriving batch does.
 * @returns the conversations' ids
 */
export async function addReports(
  storage: Storage,
  { organizationId, integrationId, patternId }: Wish,
  reports: readonly ReportWish[],
  { now, settings = insightSettings() }: { now: Date; settings?: ReturnType<typeof insightSettings> },
): Promise<number[]> {
  const ids: number[] = [];
  for (const { customer, at, category = 'bug', severity = 'medium' } of reports) {
    lastId += 1;
    const conversationId = lastId;
    ids.push(conversationId);
    const text = `The export fails for ${customer}.`;
    await storage.conversations.saveAll(organizationId, [
      {
        ...{ organizationId, integrationId, conversationId, number: conversationId, mailboxId: 310 },
        ...{
          subject: `Export fails (${customer})`,
          status: 'active',
          createdAt: at,
          importedAt: now,
          contentHash: 'x',
        },
        customer: { kind: 'customer', id: 1, name: `${customer} Example`, email: `${customer}@client.example` },
        webUrl: `https://secure.helpscout.example/conversation/${conversationId}`,
        threads: [{ threadId: 1, type: 'customer', author: { kind: 'customer' }, text, createdAt: at }],
      },
    ]);
    await storage.insights.save(organizationId, {
      ...{ integrationId, conversationId, patternId, category, severity, issue: 0, outcome: 'classified' },
      ...{ confidence: 0.9, suggestedCategory: null, summary: 'The export fails', productArea: null },
      evidence: [{ threadId: 1, start: 0, end: 16, quote: text.slice(0, 16) }],
      classifier: { kind: 'offline', model: 'test' },
      ...{ taxonomyVersion: 1, decisionId: null, review: 'none', documentation: null },
      ...{ customerKey: `${customer}@client.example`, subject: 'Export fails', mailboxId: 310 },
      ...{ reportedAt: at, classifiedAt: now, contentHash: 'x' },
    });
  }
  await storage.patterns.saveCandidate(
    organizationId,
    integrationId,
    { patternId, title: 'Export fails', centroid: { terms: [['export', 1]], members: 1 }, indexTerms: ['export'] },
    { category: 'bug', reportedAt: now },
  );
  await recountPatterns(storage, organizationId, [patternId]);
  await createOrUpdateRecords(storage, organizationId, [patternId], settings, now);
  return ids;
}
