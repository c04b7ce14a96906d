import type { Classifier } from '../classify/classifier.ts';
import type { FoundExcerpt } from '../docs-search/excerpts.ts';
import type { AskedConversation } from '../docs-search/question.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import type { Taxonomy } from '../domain/taxonomy.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { createDocsContext } from './docs-context.ts';

/** How an organization's conversations are classified at this moment. */
export interface InsightsWay {
  settings: OrganizationSettings['insights'];
  taxonomy: Taxonomy;
  classifier: Classifier;
  /** Who answers in its place once the day's cap is reached. */
  offline: Classifier;
  /** Finds help articles; null where none are known at all. */
  docs: (conversation: AskedConversation) => Promise<FoundExcerpt[] | null>;
}

/** Reads an organization's way of classifying: settings, taxonomy, and the offline model it trained, if it did. */
export async function insightsWay(
  { storage, classifierOf }: Pick<ActivityDeps, 'storage' | 'classifierOf'>,
  scope: Scope,
): Promise<InsightsWay> {
  const { organizationId } = scope;
  const context = createDocsContext(storage);
  const [{ insights: settings }, taxonomy, own] = await Promise.all([
    storage.settings.get(organizationId),
    storage.taxonomies.current(organizationId),
    storage.organizationModels.current(organizationId),
  ]);
  const classifier = classifierOf(settings, own);
  // One with a model of its own takes some 100 ms to make.
  const offline = isPaid(classifier) ? classifierOf({ ...settings, classifier: 'offline' }, own) : classifier;
  const docs = (conversation: AskedConversation) => context(scope, conversation);
  return { settings, taxonomy, classifier, offline, docs };
}

/** Whether asking costs money. */
export const isPaid = ({ identity }: Classifier): boolean => identity.kind === 'claude';
