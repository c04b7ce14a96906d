import type { Storage } from '../storage/storage.ts';
import { updatePatterns } from '../storage/update-patterns.ts';
import type { Scope } from '../workflows/contract.ts';

/** A conversation that Help Scout has no more; `mergedInto` when it went on in another one. */
export interface GoneConversation {
  conversationId: number;
  mergedInto: number | null;
}

/**
 * What deleted conversations, and those that were merged into others, were about counts no more: not in patterns, not in
 * numbers. Safe to repeat.
 */
export async function noteGone(
  storage: Storage,
  { organizationId, integrationId }: Scope,
  gone: readonly GoneConversation[],
  at: Date,
): Promise<void> {
  if (gone.length === 0) return;
  const patternIds = await storage.insights.setGone(organizationId, integrationId, gone, at);
  await updatePatterns(storage, organizationId, patternIds);
}

/** What was gone and is read again (taken out of the trash, say) counts again. Safe to repeat. */
export async function noteBack(
  storage: Storage,
  { organizationId, integrationId }: Scope,
  conversationIds: readonly number[],
): Promise<void> {
  if (conversationIds.length === 0) return;
  const patternIds = await storage.insights.goneIn(organizationId, integrationId, conversationIds);
  if (patternIds === null) return;
  // Counted by the next run if this one is stopped in between.
  await storage.patterns.markStale(organizationId, patternIds);
  await storage.insights.setBack(organizationId, integrationId, conversationIds);
  await updatePatterns(storage, organizationId, patternIds);
}
