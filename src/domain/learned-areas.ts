import type { Integration } from './integration.ts';
import type { ProductArea } from './taxonomy.ts';

/** The product areas that the mapped help collections of connected accounts name; of two with one name, the first. */
export function learnedAreas(integrations: readonly Pick<Integration, 'state' | 'docs'>[]): ProductArea[] {
  const areas = new Map<string, ProductArea>();
  for (const { state, docs } of integrations) {
    if (state === 'disconnected') continue;
    for (const { collectionId, name } of docs.collections) {
      const key = name.trim().toLowerCase();
      if (key === '' || areas.has(key) || !docs.mappedCollectionIds.includes(collectionId)) continue;
      areas.set(key, { name: name.trim().slice(0, 80), keywords: [], collectionId });
    }
  }
  return [...areas.values()];
}
