import { CATEGORIES, CATEGORY_TEXT, SEVERITIES } from './category.ts';
import type { ProductArea, TaxonomyDraft } from './taxonomy.ts';

/** What differs between two versions, as words: `definition of bug reports`, `product area “Export” added`. */
export function taxonomyChanges(before: TaxonomyDraft, after: TaxonomyDraft): string[] {
  const areas = (taxonomy: TaxonomyDraft) => new Map(taxonomy.productAreas.map((area) => [area.name, area]));
  const [former, current] = [areas(before), areas(after)];
  return [
    ...CATEGORIES.filter((name) => before.definitions[name] !== after.definitions[name]).map(
      (name) => `definition of ${CATEGORY_TEXT[name].many.toLowerCase()}`,
    ),
    ...SEVERITIES.filter((name) => before.severities[name] !== after.severities[name]).map(
      (name) => `severity ${name}`,
    ),
    ...[...current.keys()].filter((name) => !former.has(name)).map((name) => `product area “${name}” added`),
    ...[...former.keys()].filter((name) => !current.has(name)).map((name) => `product area “${name}” removed`),
    ...[...current.values()]
      .filter((area) => wordsDiffer(former.get(area.name), area))
      .map(({ name }) => `words for “${name}”`),
    ...(before.instructions === after.instructions ? [] : ['own instructions']),
  ];
}

function wordsDiffer(before: ProductArea | undefined, after: ProductArea): boolean {
  return before !== undefined && before.keywords.join('\n') !== after.keywords.join('\n');
}
