import type { Classifier } from './classifier.ts';
import { createClaudeClassifier } from './claude-classifier.ts';
import { createOfflineClassifier } from './offline-classifier.ts';
import { loadWeights } from './weights.ts';

/** Claude where there is a key for it, otherwise the offline model. Throws when the shipped weights cannot be read. */
export function chooseClassifier(
  anthropic: { apiKey: string; baseUrl: string | null; model: string } | null,
): Classifier {
  if (anthropic === null) return createOfflineClassifier(loadWeights());
  const { apiKey, baseUrl, model } = anthropic;
  return createClaudeClassifier({ apiKey, model, ...(baseUrl !== null && { baseURL: baseUrl }) });
}
