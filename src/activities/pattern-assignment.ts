import type { Conversation } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import { addToCentroid, EMPTY_CENTROID, indexTermsOf } from '../patterns/centroid.ts';
import { addToLevel, NEW_INBOX } from '../patterns/inbox-level.ts';
import type { Signature } from '../patterns/signature.ts';
import { countTerms, emptyTermCounts } from '../patterns/term-counts.ts';
import { titleOf } from '../patterns/title.ts';
import { createOrUpdateRecords } from '../storage/record-updates.ts';
import { recountPatterns } from '../storage/recount-patterns.ts';
import { sweepPatterns } from '../storage/settle-patterns.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import { findPattern, groupedText } from './pattern-finder.ts';
import { describeStalePatterns } from './pattern-texts.ts';

type Placed = Pick<Insight, 'issue' | 'category' | 'reportedAt' | 'summary' | 'evidence'>;

/** Finds or starts the pattern of each new insight of a batch, and brings counts and records up to date after it. */
export async function openPatternAssignment(storage: Storage, scope: Scope) {
  const { organizationId, integrationId } = scope;
  await describeStalePatterns(storage, scope);
  const stored = await storage.termCounts.get(organizationId, integrationId);
  const inbox = { counts: stored ?? emptyTermCounts(), level: stored?.level ?? NEW_INBOX };
  const seen: { signature: Signature; started: boolean }[] = [];
  const touched = new Set<string>();
  const conversationIds = new Set<number>();

  /** What people decided about an issue, or where it is already. */
  const placeOf = async ({ conversationId }: Conversation, issue: number, known: string | null) => {
    const pins = await storage.patternLinks.pins(organizationId, integrationId, [conversationId], issue);
    const pinned = pins.get(conversationId);
    if (pinned || !known) return pinned ?? null;
    return (await storage.patternLinks.resolve(organizationId, [known])).get(known) ?? known;
  };

  return {
    /**
     * The pattern that an insight belongs to. Where a person put it, it stays; and a conversation that had a pattern
     * keeps it: what was said first decides, and people rely on it staying where it is.
     */
    async assign(conversation: Conversation, insight: Placed, known: string | null): Promise<string | null> {
      const { conversationId } = conversation;
      conversationIds.add(conversationId);
      const place = await placeOf(conversation, insight.issue, known);
      if (place || !insight.category) return place;
      const text = groupedText(conversation, insight);
      const { signature, joined } = await findPattern(storage, scope, inbox, text);
      // Derived from its first conversation: when the batch is repeated after a crash, it meets its own pattern.
      const own = insight.issue === 0 ? conversationId : `${conversationId}-${insight.issue}`;
      const patternId = joined?.patternId ?? `${integrationId}-${own}`;
      seen.push({ signature, started: !joined });
      inbox.level = addToLevel(inbox.level, signature);
      if (!joined) countTerms(inbox.counts, signature.countedTerms);
      const centroid = addToCentroid(joined?.centroid ?? EMPTY_CENTROID, signature);
      const { category, reportedAt } = insight;
      const candidate = {
        patternId,
        title: joined?.title ?? titleOf(text),
        centroid,
        indexTerms: indexTermsOf(centroid),
      };
      await storage.patterns.saveCandidate(organizationId, integrationId, candidate, { category, reportedAt });
      return patternId;
    },

    /** Notes that a pattern has (or had) an insight of this batch. */
    touch(patternId: string): void {
      touched.add(patternId);
    },

    /** Recounts the touched patterns from their insights, brings records up to date, and saves how the inbox is. */
    async close(): Promise<void> {
      await saveInbox();
      const swept = await sweepPatterns(storage, organizationId, integrationId, [...conversationIds]);
      const changed = [...new Set([...touched, ...swept])];
      await recountPatterns(storage, organizationId, changed);
      const { insights } = await storage.settings.get(organizationId);
      await createOrUpdateRecords(storage, organizationId, changed, insights);
    },
  };

  /** Another batch may have saved meanwhile: then our new texts are added to what it knows. */
  async function saveInbox(): Promise<void> {
    if (seen.length === 0) return;
    let mine = { ...inbox.counts, level: inbox.level, version: stored?.version ?? 0 };
    while (!(await storage.termCounts.save(organizationId, integrationId, mine))) {
      const theirs = await storage.termCounts.get(organizationId, integrationId);
      mine = theirs ?? { ...emptyTermCounts(), level: NEW_INBOX, version: 0 };
      for (const { signature, started } of seen) {
        mine.level = addToLevel(mine.level, signature);
        if (started) countTerms(mine, signature.countedTerms);
      }
    }
  }
}
