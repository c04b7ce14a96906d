import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import { addToCentroid, EMPTY_CENTROID, indexTermsOf } from '../patterns/centroid.ts';
import { choosePattern } from '../patterns/choose-pattern.ts';
import { majorityCategory } from '../patterns/majority-category.ts';
import { describe } from '../patterns/signature.ts';
import { countTerms, emptyTermCounts, frequenciesOf } from '../patterns/term-counts.ts';
import { titleOf } from '../patterns/title.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';

/** More candidates than this share too little with the text to win; it keeps the work per conversation constant. */
const CANDIDATES = 50;
/** A record for people's work is made once so many distinct customers have reported a bug or asked for a feature. */
const CUSTOMERS_FOR_RECORD = 2;

/** Finds or starts the pattern of each new insight of a batch, and brings counts and records up to date after it. */
export async function openPatternAssignment(storage: Storage, scope: Scope) {
  const { organizationId, integrationId } = scope;
  const stored = await storage.termCounts.get(organizationId, integrationId);
  const counts = stored ?? emptyTermCounts();
  const started: string[][] = [];
  const touched = new Set<string>();

  return {
    /**
     * The pattern that an insight belongs to. A conversation that had one keeps it: what was said first decides, and
     * people rely on it staying where it is.
     */
    async assign(
      conversation: Conversation,
      insight: Pick<Insight, 'category' | 'reportedAt'>,
      known: string | null,
    ): Promise<string | null> {
      if (known) return known;
      if (!insight.category) return null;
      const text = customerThreads(conversation.threads)[0]?.text ?? '';
      const signature = describe(`${conversation.subject}\n${text}`, frequenciesOf(counts));
      const candidates = await storage.patterns.candidates(
        organizationId,
        integrationId,
        signature.indexTerms,
        CANDIDATES,
      );
      const choice = choosePattern(signature, candidates);
      const joined =
        choice.kind === 'join' ? candidates.find(({ patternId }) => patternId === choice.patternId) : undefined;
      // Derived from its first conversation: when the batch is repeated after a crash, it meets its own pattern.
      const patternId = joined?.patternId ?? `${integrationId}-${conversation.conversationId}`;
      const centroid = addToCentroid(joined?.centroid ?? EMPTY_CENTROID, signature);
      const title = joined?.title ?? titleOf({ subject: conversation.subject, text });
      if (!joined) {
        countTerms(counts, signature.countedTerms);
        started.push(signature.countedTerms);
      }
      await storage.patterns.saveCandidate(
        organizationId,
        integrationId,
        { patternId, title, centroid, indexTerms: indexTermsOf(centroid) },
        { category: insight.category, reportedAt: insight.reportedAt },
      );
      return patternId;
    },

    /** Notes that a pattern has (or had) an insight of this batch. */
    touch(patternId: string): void {
      touched.add(patternId);
    },

    /** Recounts the touched patterns from their insights, makes records where they are due, and saves term counts. */
    async close(): Promise<void> {
      await saveTermCounts();
      const rows = (await storage.insights.patternCounts(organizationId, [...touched])).flatMap((row) => {
        const category = majorityCategory(row.byCategory);
        return category ? [{ ...row, category }] : [];
      });
      await storage.patterns.saveCounts(organizationId, rows);
      const due = rows.filter(({ customers }) => customers >= CUSTOMERS_FOR_RECORD);
      for (const pattern of await storage.patterns.getMany(
        organizationId,
        due.map(({ patternId }) => patternId),
      )) {
        if (pattern.category !== 'bug' && pattern.category !== 'feature') continue;
        await storage.issueRecords.createForPattern(organizationId, pattern, pattern.category);
      }
    },
  };

  /** Another batch may have saved meanwhile: then our new terms are added to its counts. */
  async function saveTermCounts(): Promise<void> {
    if (started.length === 0) return;
    let mine = { ...counts, version: stored?.version ?? 0 };
    while (!(await storage.termCounts.save(organizationId, integrationId, mine))) {
      mine = (await storage.termCounts.get(organizationId, integrationId)) ?? { ...emptyTermCounts(), version: 0 };
      for (const terms of started) countTerms(mine, terms);
    }
  }
}
