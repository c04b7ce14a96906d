import type { Conversation } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import { memberKey } from '../domain/pattern-links.ts';
import { addToCentroid, EMPTY_CENTROID, indexTermsOf } from '../patterns/centroid.ts';
import { addToLevel, NEW_INBOX } from '../patterns/inbox-level.ts';
import { describe, type Signature } from '../patterns/signature.ts';
import { countTerms, emptyTermCounts, frequenciesOf } from '../patterns/term-counts.ts';
import { titleOf } from '../patterns/title.ts';
import type { StoredCandidate } from '../storage/pattern-candidates.ts';
import { sweepPatterns } from '../storage/settle-patterns.ts';
import type { Storage } from '../storage/storage.ts';
import { updatePatterns } from '../storage/update-patterns.ts';
import type { Scope } from '../workflows/contract.ts';
import { openBatchPatterns } from './batch-patterns.ts';
import { findPattern, groupedText } from './pattern-finder.ts';
import { describeStalePatterns } from './pattern-texts.ts';

/** A batch that is repeated has been repeated with these among the last that joined: it holds no more issues. */
const LAST_JOINED = 100;

/** An issue that needs its pattern; `known` is the one it has. */
export interface Unplaced {
  conversation: Conversation;
  insight: Pick<Insight, 'issue' | 'category' | 'reportedAt' | 'summary' | 'evidence'>;
  known: string | null;
}

/** Finds or starts the patterns of new insights, and brings counts and records up to date after it. */
export async function openPatternAssignment(storage: Storage, scope: Scope) {
  const { organizationId, integrationId } = scope;
  const touched = new Set(await describeStalePatterns(storage, scope));
  const stored = await storage.termCounts.get(organizationId, integrationId);
  const inbox = { counts: stored ?? emptyTermCounts(), level: stored?.level ?? NEW_INBOX };
  const seen: { signature: Signature; started: boolean }[] = [];
  const conversationIds = new Set<number>();

  /** Where people put issues, or where they are already; null where a pattern has to be found. */
  const placesOf = async (issues: readonly Unplaced[]): Promise<(string | null)[]> => {
    const ids = issues.map(({ conversation }) => conversation.conversationId);
    const pins = await storage.patternLinks.pins(organizationId, integrationId, [...new Set(ids)]);
    const has = issues.flatMap(({ known }) => known ?? []);
    const roots = await storage.patternLinks.resolve(organizationId, [...new Set(has)]);
    return issues.map(({ conversation: { conversationId }, insight: { issue }, known }) => {
      const pinned = pins.get(memberKey({ conversationId, issue }));
      return pinned ?? (known ? (roots.get(known) ?? known) : null);
    });
  };

  return {
    /**
     * The patterns that some issues belong to, one after another; null for those without a category. Where a person put
     * one, it stays; and an issue that had a pattern keeps it: what was said first decides, and people rely on it staying
     * where it is. The patterns are stored when this resolves; repeated, it leaves them as they are then.
     */
    async assign(issues: readonly Unplaced[]): Promise<(string | null)[]> {
      for (const { conversation } of issues) conversationIds.add(conversation.conversationId);
      const places = await placesOf(issues);
      const isNew = ({ insight }: Unplaced, at: number) => !places[at] && insight.category !== null;
      const patterns = openBatchPatterns(storage, scope);
      const frequencies = frequenciesOf(inbox.counts);
      const keys = issues.filter(isNew).map(({ conversation, insight }) => {
        const { subject, text } = groupedText(conversation, insight);
        return describe(`${subject}\n${text}`, frequencies).keys;
      });
      if (keys.length === 0) return places;
      await patterns.prepare(keys);
      for (const [at, issue] of issues.entries()) if (isNew(issue, at)) places[at] = await find(patterns, issue);
      await patterns.save();
      return places;
    },

    /** Notes that a pattern has (or had) an insight of this batch. */
    touch(patternId: string): void {
      touched.add(patternId);
    },

    /** Recounts the touched patterns from their insights, brings records up to date, and saves how the inbox is. */
    async close(): Promise<void> {
      await saveInbox();
      const swept = await sweepPatterns(storage, organizationId, integrationId, [...conversationIds]);
      await updatePatterns(storage, organizationId, [...new Set([...touched, ...swept])]);
    },
  };

  async function find(
    patterns: ReturnType<typeof openBatchPatterns>,
    { conversation, insight }: Unplaced,
  ): Promise<string> {
    const { conversationId } = conversation;
    const { issue, category, reportedAt } = insight;
    const text = groupedText(conversation, insight);
    const { signature, joined } = await findPattern(patterns.stores, scope, inbox, text);
    // Derived from its first conversation: when the batch is repeated after a crash, it meets its own pattern.
    const own = issue === 0 ? conversationId : `${conversationId}-${issue}`;
    const patternId = joined?.patternId ?? `${integrationId}-${own}`;
    seen.push({ signature, started: !joined });
    inbox.level = addToLevel(inbox.level, signature);
    if (!joined) countTerms(inbox.counts, signature.countedTerms);
    const key = memberKey({ conversationId, issue });
    if (joined?.joined.includes(key)) return patternId;
    const centroid = addToCentroid(joined?.centroid ?? EMPTY_CENTROID, signature);
    patterns.put({
      ...{ patternId, centroid, title: joined?.title ?? titleOf(text), indexTerms: indexTermsOf(centroid) },
      joined: lastJoined(joined, key),
      first: { category: category ?? 'question', reportedAt },
    });
    return patternId;
  }

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

const lastJoined = (pattern: StoredCandidate | null, key: string): string[] =>
  [...(pattern?.joined ?? []), key].slice(-LAST_JOINED);
