import { type Estimate, estimate } from '../classify/estimate.ts';
import { textHash } from '../classify/text-hash.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';
import { questionAbout } from './classify-input.ts';
import { createDocsContext } from './docs-context.ts';

/** Conversations that are looked at for an estimate, out of the newest ones. */
const SAMPLE = 100;
const NEWEST = 5_000;
/** Calls that say how long answers are. */
const PAST_CALLS = 200;

/**
 * What classifying a connection's conversations anew would use, judged by those that are stored, the help articles they
 * would be given, and the answers to earlier calls. `conversations`: how many there are, where Help Scout has said so;
 * else those that are stored. Nothing is asked of anybody.
 * @returns null while nothing is stored: there is nothing to judge by
 */
export async function estimateScan(
  storage: Storage,
  scope: Scope,
  wish: { settings: OrganizationSettings['insights']; model: string; conversations?: number | undefined },
): Promise<Estimate | null> {
  const { organizationId, integrationId } = scope;
  const { settings, model, conversations } = wish;
  const { count, conversationIds } = await storage.conversations.idsOf(organizationId, integrationId, NEWEST);
  if (count === 0) return null;
  // By a hash: without regard to anything about them, and the same ones whenever somebody looks.
  const byHash = conversationIds.map((conversationId) => ({ conversationId, hash: textHash(String(conversationId)) }));
  byHash.sort((a, b) => a.hash.localeCompare(b.hash));
  const chosen = byHash.slice(0, SAMPLE).map(({ conversationId }) => conversationId);
  const [taxonomy, past, stored] = await Promise.all([
    storage.taxonomies.current(organizationId),
    storage.costs.latest(organizationId, { purpose: 'classify', model }, PAST_CALLS),
    storage.conversations.getMany(organizationId, integrationId, chosen),
  ]);
  const context = createDocsContext(storage);
  const way = { settings, taxonomy, docs: (asked: Parameters<typeof context>[1]) => context(scope, asked) };
  const sample = [];
  for (const conversation of stored) sample.push((await questionAbout(conversation, way)).input);
  return estimate({ sample, conversations: conversations ?? count, model, batch: settings.batches, past });
}
