import { type Taxonomy, type TaxonomyDraft, taxonomyDraftSchema } from '../../domain/taxonomy.ts';
import { taxonomyChanges } from '../../domain/taxonomy-changes.ts';
import type { Deps } from '../deps.ts';

type Saved = { kind: 'saved'; taxonomy: Taxonomy; changes: string[] } | { kind: 'same' } | { kind: 'changedSince' };

/**
 * Adds a version of the taxonomy, with an entry in the audit trail; what is read from now on is classified by it.
 * `changedSince`: somebody saved another version than the one this draft was made from, and nothing was saved.
 * @param draft `version` is the one that the draft was made from
 */
export async function saveTaxonomy(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  organizationId: string,
  by: string,
  { version, ...draft }: TaxonomyDraft & { version: number },
): Promise<Saved> {
  const before = await storage.taxonomies.current(organizationId);
  if (before.version !== version) return { kind: 'changedSince' };
  const wanted = taxonomyDraftSchema.parse(draft);
  const changes = taxonomyChanges(before, wanted);
  if (changes.length === 0) return { kind: 'same' };
  const at = now();
  const taxonomy = await storage.taxonomies.save(organizationId, wanted, by, at);
  await storage.auditTrail.record(organizationId, {
    at,
    by,
    action: 'changed the taxonomy',
    target: `version ${taxonomy.version}`,
    details: changes.join(', ').slice(0, 1000),
  });
  return { kind: 'saved', taxonomy, changes };
}
