import type { VNode } from 'preact';
import { learnedAreas } from '../../domain/learned-areas.ts';
import type { TaxonomyDraft } from '../../domain/taxonomy.ts';
import { taxonomyChanges } from '../../domain/taxonomy-changes.ts';
import { TaxonomyPage } from '../../ui/index.ts';
import type { FieldErrors, Shell } from '../../ui/props.ts';
import type { Deps } from '../deps.ts';

/** The taxonomy's page; `refused` is a form that could not be saved. */
export async function taxonomyPage(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
  shell: Shell,
  refused?: { errors: FieldErrors; sent: Readonly<Record<string, string>> },
): Promise<VNode> {
  const [versions, integrations] = await Promise.all([
    storage.taxonomies.list(organizationId),
    storage.integrations.list(organizationId),
  ]);
  const current = versions[0] ?? (await storage.taxonomies.current(organizationId));
  const named = new Set(current.productAreas.map(({ name }) => name.toLowerCase()));
  const learned = learnedAreas(integrations).filter(({ name }) => !named.has(name.toLowerCase()));
  return TaxonomyPage({
    shell,
    taxonomy: current,
    learned,
    versions: versions.map((version, index) => {
      const before: TaxonomyDraft | undefined = versions[index + 1];
      const { savedAt, savedBy } = version;
      return { version: version.version, savedAt, savedBy, changes: before ? taxonomyChanges(before, version) : [] };
    }),
    ...refused,
  });
}
