import type { OrganizationSettings } from '../domain/organization-settings.ts';
import type { Classifier } from './classifier.ts';
import { createClaudeClassifier } from './claude-classifier.ts';
import type { ClaudeOptions } from './claude-client.ts';
import { createOfflineClassifier } from './offline-classifier.ts';
import { readingOnlyTheReadable } from './readable-input.ts';
import { loadWeights, type Weights } from './weights.ts';

/** Whether the installation has a key for Claude, and what holds where an organization says nothing. */
export type Installation = { anthropic: { apiKey: string; baseUrl: string | null; model: string } | null };

type InsightSettings = Pick<
  OrganizationSettings['insights'],
  'classifier' | 'model' | 'effort' | 'temperature' | 'includeNotes'
>;

/**
 * Who classifies for an organization: Claude where the installation has a key and the organization does not want the
 * offline model. `weights` are the organization's own, where it has some. Throws when the shipped ones cannot be read.
 */
export function createClassifier({
  settings,
  installation,
  weights,
}: {
  settings: InsightSettings;
  installation: Installation;
  weights?: Weights;
}): Classifier {
  const claude = claudeOptionsOf(settings, installation);
  if (claude !== null) return createClaudeClassifier(claude);
  return readingOnlyTheReadable(createOfflineClassifier(weights ?? loadWeights()), settings);
}

/** How Claude is asked for an organization (also for `createMessageBatches`); null where it is not. */
export function claudeOptionsOf(settings: InsightSettings, { anthropic }: Installation): ClaudeOptions | null {
  if (anthropic === null || settings.classifier === 'offline') return null;
  const { apiKey, baseUrl, model } = anthropic;
  const { effort, temperature, includeNotes } = settings;
  return {
    apiKey,
    ...(baseUrl !== null && { baseURL: baseUrl }),
    model: settings.model ?? model,
    effort,
    temperature,
    includeNotes,
  };
}

/** What the installation itself would use; see `createClassifier`. */
export function chooseClassifier(anthropic: Installation['anthropic']): Classifier {
  const settings = { classifier: 'auto', model: null, effort: null, temperature: null, includeNotes: false } as const;
  return createClassifier({ settings, installation: { anthropic } });
}
