import type { WhatIf } from '../domain/what-if.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { type InsightsWay, insightsWay } from './insights-way.ts';

/** The way of classifying that a what-if tries. A draft has the version that it gets when it is published. */
export async function whatIfWay(
  deps: Pick<ActivityDeps, 'storage' | 'classifierOf'>,
  scope: Scope,
  { draft, settings: tried, taxonomyVersion, createdAt, by }: WhatIf,
): Promise<InsightsWay> {
  const way = await insightsWay(deps, scope);
  const own = await deps.storage.organizationModels.current(scope.organizationId);
  // At the cap there is nothing to go on with: another classifier's answers would be no answer to the question.
  const settings = { ...way.settings, ...tried, atCap: 'wait' as const };
  const taxonomy = draft ? { ...draft, version: taxonomyVersion + 1, savedAt: createdAt, savedBy: by } : way.taxonomy;
  return { ...way, settings, taxonomy, classifier: deps.classifierOf(settings, own) };
}
