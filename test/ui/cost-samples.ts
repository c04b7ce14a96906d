import type { CostSum } from '../../src/domain/cost.ts';
import type { ExplainedDecision } from '../../src/ui/props.ts';
import type { CostsPageProps } from '../../src/ui/views/insights/costs.tsx';
import * as sample from './samples.ts';

const sum = (calls: number, costUsd: number, unpriced = 0): CostSum => ({
  ...{ calls, costUsd, unpriced },
  inputTokens: calls * 2_130,
  cachedInputTokens: calls * 1_690,
  cacheWriteTokens: 1_690,
  outputTokens: calls * 281,
});

export const costsPage = (rest: Partial<CostsPageProps> = {}): CostsPageProps => ({
  shell: sample.shell('/insights/costs'),
  model: 'claude-sonnet-4-6',
  price: { known: true, asOf: '2026-03-21' },
  today: sum(212, 1.3172),
  promisedUsd: 0.42,
  cap: { usd: 5, atCap: 'wait' },
  days: [
    { day: '2026-11-12', sum: sum(212, 1.3172) },
    { day: '2026-11-11', sum: sum(804, 5.0001, 3) },
    { day: '2026-11-10', sum: sum(1, 0.00213) },
  ],
  purposes: [
    { purpose: 'classify', sum: sum(960, 6.1) },
    { purpose: 'pattern', sum: sum(57, 0.2) },
  ],
  conversations: [{ conversationId: 2_847_101, sum: sum(3, 0.0192) }],
  steps: [
    {
      ...{ day: '2026-11-11', step: 'waited', integrationId: 'integration-1' },
      ...{ at: sample.NOW, spentUsd: 5.0001, capUsd: 5 },
    },
  ],
  estimates: [
    { integrationId: 'integration-1', account: 'Acme', conversations: 18_350, tokens: 44_000_000, costUsd: 114.2 },
    { integrationId: 'integration-2', account: 'Acme EU', conversations: 12, tokens: 30_000, costUsd: null },
  ],
  maySet: true,
  ...rest,
});

/** Nothing was paid, as with the offline model. */
export const freeCostsPage = () =>
  costsPage({
    ...{ model: null, today: sum(0, 0), promisedUsd: 0, cap: { usd: null, atCap: 'wait' }, maySet: false },
    ...{ days: [], purposes: [], conversations: [], steps: [], estimates: [] },
  });

export const decision = (rest: Partial<ExplainedDecision> = {}): ExplainedDecision => ({
  classifier: { kind: 'claude', model: 'claude-sonnet-4-6' },
  ...{ effort: 'medium', temperature: null, promptVersion: 'claude-2', taxonomyVersion: 3, reviewBelow: 0.4 },
  ...{ atCap: false, requestId: 'req_011CQxK8', messageBatchId: null, workflowId: 'scan:integration-1:1' },
  tokens: { inputTokens: 2_130, cachedInputTokens: 1_690, cacheWriteTokens: 0, outputTokens: 281 },
  costUsd: 0.006042,
  durationMs: 2_480,
  decidedAt: sample.NOW,
  threads: [1, 2],
  articles: 2,
  rawAnswer: '{"category":"bug","confidence":0.93,"summary":"The export fails."}',
  workflowUrl: 'http://127.0.0.1:8233/namespaces/default/workflows/scan',
  rebuilt: 'same',
  ...rest,
});
