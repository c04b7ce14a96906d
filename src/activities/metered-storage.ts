import type { Decision } from '../domain/decision.ts';
import type { Storage } from '../storage/storage.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** The storage, counting what is decided and what it costs as it is written. A repeated write may count twice. */
export function meteredStorage(storage: Storage, metrics: Metrics): Storage {
  return {
    ...storage,
    decisions: {
      ...storage.decisions,
      async add(decision) {
        const stored = await storage.decisions.add(decision);
        metrics.classifications.inc(labelsOf(decision));
        return stored;
      },
      async addMany(decisions) {
        const stored = await storage.decisions.addMany(decisions);
        for (const decision of decisions) metrics.classifications.inc(labelsOf(decision));
        return stored;
      },
    },
    costs: {
      ...storage.costs,
      async note(organizationId, entry) {
        await storage.costs.note(organizationId, entry);
        const { purpose, tokens, costUsd } = entry;
        metrics.tokens.inc({ kind: 'input', purpose }, tokens.inputTokens);
        metrics.tokens.inc({ kind: 'cachedInput', purpose }, tokens.cachedInputTokens);
        metrics.tokens.inc({ kind: 'cacheWrite', purpose }, tokens.cacheWriteTokens);
        metrics.tokens.inc({ kind: 'output', purpose }, tokens.outputTokens);
        metrics.cost.inc({ purpose }, costUsd ?? 0);
      },
    },
  };
}

function labelsOf({ answer, reviewBelow, classifier }: Decision) {
  const [main] = answer.kind === 'classified' ? answer.issues : [];
  if (!main) return { category: 'none', outcome: answer.kind, classifier: classifier.kind };
  const outcome = main.confidence < reviewBelow ? 'unsure' : 'classified';
  return { category: main.category, outcome, classifier: classifier.kind };
}
