import { type Conversation, customerThreads } from '../domain/conversation.ts';
import type { Insight } from '../domain/insight.ts';
import { centroidOf } from '../patterns/centroid.ts';
import { choosePattern } from '../patterns/choose-pattern.ts';
import { type InboxLevel, inboxThreshold } from '../patterns/inbox-level.ts';
import { describe, type Signature } from '../patterns/signature.ts';
import { frequenciesOf, type TermCounts } from '../patterns/term-counts.ts';
import type { StoredCandidate } from '../storage/pattern-candidates.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';

/** Where patterns are looked for: storage, or what one batch sees of it. */
interface FoundIn {
  patterns: Pick<Storage['patterns'], 'candidates' | 'candidatesById'>;
  patternLinks: Pick<Storage['patternLinks'], 'resolve'>;
}

type GroupedInsight = Pick<Insight, 'issue' | 'summary' | 'evidence'>;

/** What an insight is grouped by. What a conversation is mainly about is in its first message; further issues are not. */
export function groupedText(conversation: Conversation, { issue, summary, evidence }: GroupedInsight) {
  if (issue > 0) return { subject: summary, text: evidence.map(({ quote }) => quote).join('\n') };
  return { subject: conversation.subject, text: customerThreads(conversation.threads)[0]?.text ?? '' };
}

/**
 * Where a text belongs, by the patterns as they are. It reads only, so that a run that must change nothing can use it too.
 * @returns the signature to remember, and the pattern to join (a merged one stands for what it was merged into) or null
 */
export async function findPattern(
  storage: FoundIn,
  { organizationId, integrationId }: Scope,
  inbox: { counts: TermCounts; level: InboxLevel },
  { subject, text }: { subject: string; text: string },
): Promise<{ signature: Signature; joined: StoredCandidate | null }> {
  const signature = describe(`${subject}\n${text}`, frequenciesOf(inbox.counts));
  const candidates = await storage.patterns.candidates(organizationId, integrationId, signature.keys);
  const choice = choosePattern(centroidOf(signature), candidates, inboxThreshold(inbox.level));
  if (choice.kind === 'new') return { signature, joined: null };
  const roots = await storage.patternLinks.resolve(organizationId, [choice.patternId]);
  const root = roots.get(choice.patternId) ?? choice.patternId;
  const near = candidates.find(({ patternId }) => patternId === root);
  const [joined] = near ? [near] : await storage.patterns.candidatesById(organizationId, [root]);
  return { signature, joined: joined ?? null };
}
