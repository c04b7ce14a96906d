import type { Tokens } from '../domain/decision.ts';
import type { Classification, Classifier, ClassifyInput } from './classifier.ts';
import { readAnswer } from './claude-answer.ts';
import { type ClaudeOptions, createClaudeClient } from './claude-client.ts';
import { classifierErrorOf } from './claude-errors.ts';
import { claudeRequest, OUTPUT_LIMITS, sentSettings } from './claude-request.ts';
import { PROMPT_VERSION } from './prompt.ts';
import { readableInput, unasked } from './readable-input.ts';
import { SECOND_TRY } from './retry-rules.ts';

/**
 * A classifier that asks Claude: once, and a second time only where SECOND_TRY says so. Whoever calls decides about
 * asking again after an error (`retryRuleOf`).
 * Throws ClassifierRateLimited, ClassifierOverloaded, ClassifierUnavailable, ClassifierUnreachable,
 * ClassifierUnauthorized or ClassifierRejected when there was no answer, and the reason of `signal` when the caller gave
 * up. An error of the second request carries what the first one used (`spent`).
 */
export function createClaudeClassifier(options: ClaudeOptions): Classifier {
  const client = createClaudeClient(options);

  return {
    identity: { kind: 'claude', model: options.model },
    promptVersion: PROMPT_VERSION,
    ...sentSettings(options),
    async classify(input, { signal, after } = {}) {
      const nothing = unasked(input);
      if (nothing !== null) return nothing;
      const first = after ?? (await ask(input, OUTPUT_LIMITS.first, signal));
      const change = SECOND_TRY[first.kind];
      if (change === 'never') return first;
      const spent = after === undefined ? first.tokens : null;
      const limit = change === 'largerLimit' ? OUTPUT_LIMITS.larger : OUTPUT_LIMITS.first;
      const second = await ask(input, limit, signal, spent);
      return { ...second, tokens: sum(spent, second.tokens) };
    },
  };

  async function ask(
    input: ClassifyInput,
    outputLimit: number,
    signal: AbortSignal | undefined,
    spent: Tokens | null = null,
  ): Promise<Classification> {
    try {
      const message: unknown = await client.messages.create(
        claudeRequest(options, readableInput(input, options), outputLimit),
        { signal },
      );
      return readAnswer(message, input);
    } catch (error) {
      signal?.throwIfAborted();
      const failure = classifierErrorOf(error);
      failure.spent = spent;
      throw failure;
    }
  }
}

function sum(one: Tokens | null, other: Tokens | null): Tokens | null {
  if (one === null || other === null) return one ?? other;
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    cachedInputTokens: one.cachedInputTokens + other.cachedInputTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    outputTokens: one.outputTokens + other.outputTokens,
  };
}
