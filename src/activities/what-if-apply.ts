import { heartbeat } from '@temporalio/activity';
import type { DecidedInsight } from '../classify/rebuild-insight.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import { memberKey } from '../domain/pattern-links.ts';
import type { WhatIfItem, WhatIfPlace } from '../domain/what-if.ts';
import { addToCentroid, EMPTY_CENTROID, indexTermsOf } from '../patterns/centroid.ts';
import { NEW_INBOX } from '../patterns/inbox-level.ts';
import { emptyTermCounts } from '../patterns/term-counts.ts';
import { titleOf } from '../patterns/title.ts';
import { toInsightDocument } from '../storage/edition-documents.ts';
import { editionKey } from '../storage/editions.ts';
import { recountPatterns } from '../storage/recount-patterns.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope, WhatIfInput } from '../workflows/contract.ts';
import { findPattern, groupedText } from './pattern-finder.ts';
import { mayDiffer, type Placed, placedInsights } from './what-if-item.ts';

const AT_ONCE = 50;

/** Puts what a what-if came to into its own edition, which is not in force: a copy of the one that is. */
export async function applyWhatIf(storage: Storage, { organizationId, whatIfId }: WhatIfInput): Promise<void> {
  const edition = storage.edition(whatIfId);
  const key = editionKey(organizationId, whatIfId);
  const touched = new Set<string>();
  let after: WhatIfPlace | undefined;
  for (;;) {
    const page = { limit: AT_ONCE, ...(after && { after }) };
    const items = await storage.whatIfs.items(organizationId, whatIfId, { all: true }, page);
    if (items.length === 0) break;
    for (const integrationId of new Set(items.map((item) => item.integrationId))) {
      await applySome(
        { organizationId, integrationId },
        items.filter((item) => item.integrationId === integrationId),
      );
    }
    after = items.at(-1);
    heartbeat();
  }
  await recountPatterns(edition, organizationId, [...touched]);

  async function applySome(scope: Scope, items: readonly WhatIfItem[]): Promise<void> {
    const { integrationId } = scope;
    const ids = items.map(({ conversationId }) => conversationId);
    const conversations = await storage.conversations.getMany(organizationId, integrationId, ids);
    const insights = await edition.insights.getMany(organizationId, integrationId, ids);
    const place = await openPlacing(storage, edition, scope);
    for (const { conversationId, decision } of items) {
      const conversation = conversations.find((one) => one.conversationId === conversationId);
      const known = insights.filter((one) => one.conversationId === conversationId);
      if (!conversation || !mayDiffer(known, conversation)) continue;
      const placed = await place(conversation, decision, known);
      for (const { patternId } of [...known, ...placed]) if (patternId) touched.add(patternId);
      // The record first: of an insight that is there, the decision is.
      await storage.decisions.add(decision);
      const revision = (known[0]?.revision ?? 0) + 1;
      await storage.editionCopies.replace(key, [placed.map((one) => toInsightDocument({ ...one, revision }))]);
    }
  }
}

/** Finds patterns of an edition, and starts those that are missing there. */
async function openPlacing(storage: Storage, edition: ReturnType<Storage['edition']>, scope: Scope) {
  const { organizationId, integrationId } = scope;
  const stored = await storage.termCounts.get(organizationId, integrationId);
  const inbox = { counts: stored ?? emptyTermCounts(), level: stored?.level ?? NEW_INBOX };
  const stores = { patterns: edition.patterns, patternLinks: storage.patternLinks };

  const find = async (conversation: Conversation, insight: DecidedInsight): Promise<string> => {
    const text = groupedText(conversation, insight);
    const { signature, joined } = await findPattern(stores, scope, inbox, text);
    const own = insight.issue === 0 ? conversation.conversationId : `${conversation.conversationId}-${insight.issue}`;
    const patternId = joined?.patternId ?? `${integrationId}-${own}`;
    const centroid = addToCentroid(joined?.centroid ?? EMPTY_CENTROID, signature);
    const title = joined?.title ?? titleOf(text);
    await edition.patterns.saveCandidate(
      organizationId,
      integrationId,
      { patternId, title, centroid, indexTerms: indexTermsOf(centroid) },
      { category: insight.category ?? 'question', reportedAt: insight.reportedAt },
    );
    return patternId;
  };

  return (
    conversation: Conversation,
    decision: WhatIfItem['decision'],
    known: readonly Insight[],
  ): Promise<Placed[]> => {
    const { conversationId } = conversation;
    const pinned = async (issue: number) =>
      (await storage.patternLinks.pins(organizationId, integrationId, [conversationId])).get(
        memberKey({ conversationId, issue }),
      ) ?? null;
    return placedInsights(conversation, decision, known, pinned, (insight) => find(conversation, insight));
  };
}
