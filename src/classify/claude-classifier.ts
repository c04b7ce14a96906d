import Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import { type Answer, answerFormat, parseAnswer } from './answer-schema.ts';
import { beginningOf } from './beginning-of.ts';
import {
  type Classification,
  type Classifier,
  type ClassifyInput,
  isFromCustomer,
  type TokenUsage,
} from './classifier.ts';
import { classifierErrorOf } from './claude-errors.ts';
import { locateEvidence } from './evidence.ts';
import { conversationPrompt, stablePrompt } from './prompt.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** An answer is about 300 tokens; quotes may be long. */
const MAX_OUTPUT_TOKENS = 2_000;
const SUMMARY_LENGTH = 240;

export type ClaudeOptions = {
  apiKey: string;
  /** Where the Messages API is; the SDK's own address without it. */
  baseURL?: string;
  /** Must be a model that can hold its answer to a JSON schema. */
  model: string;
  timeoutMs?: number;
};

/**
 * A classifier that asks Claude, once per call: whoever calls decides about asking again (`maxRetries` is 0).
 * Throws ClassifierRateLimited, ClassifierUnavailable, ClassifierUnauthorized or ClassifierRejected when there was no
 * answer, and the reason of `signal` when the caller gave up.
 */
export function createClaudeClassifier({
  apiKey,
  baseURL,
  model,
  timeoutMs = DEFAULT_TIMEOUT_MS,
}: ClaudeOptions): Classifier {
  // What the SDK would otherwise take from the environment is given. Its log and traces could hold message text.
  const client = new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseURL ?? 'https://api.anthropic.com',
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
  });

  return {
    identity: { kind: 'claude', model },
    async classify(input, { signal } = {}) {
      if (!input.threads.some((thread) => isFromCustomer(thread) && thread.text.trim() !== '')) {
        return { kind: 'empty', reason: 'No customer wrote any text.' };
      }
      const message = await ask(input, signal);
      return classificationOf(message, input);
    },
  };

  async function ask(input: ClassifyInput, signal: AbortSignal | undefined): Promise<unknown> {
    try {
      return await client.messages.create(
        {
          model,
          max_tokens: MAX_OUTPUT_TOKENS,
          system: [{ type: 'text', text: stablePrompt(input.productAreas), cache_control: { type: 'ephemeral' } }],
          messages: [{ role: 'user', content: conversationPrompt(input) }],
          output_config: { format: answerFormat },
        },
        { signal },
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw classifierErrorOf(error);
    }
  }
}

/** What is read of the API's answer: the SDK types it without looking. */
const messageSchema = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  usage: z.object({
    input_tokens: z.number(),
    cache_creation_input_tokens: z.number().nullish(),
    cache_read_input_tokens: z.number().nullish(),
    output_tokens: z.number(),
  }),
});

function classificationOf(reply: unknown, input: ClassifyInput): Classification {
  const message = messageSchema.safeParse(reply).data;
  if (message === undefined) return { kind: 'malformed', reason: 'The API’s answer is not a message.' };
  const usage = usageOf(message.usage);
  // The reason for stopping comes first: a refused or cut answer need not follow the schema.
  if (message.stop_reason === 'refusal') return { kind: 'refused', reason: 'Claude declined to answer.', usage };
  if (message.stop_reason === 'max_tokens' || message.stop_reason === 'model_context_window_exceeded') {
    return { kind: 'truncated', reason: 'Claude’s answer was cut off.', usage };
  }
  const text = message.content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
  if (text.trim() === '') return { kind: 'empty', reason: 'Claude’s answer was empty.', usage };
  const answer = parseAnswer(text);
  if (answer === null) return { kind: 'malformed', reason: 'Claude’s answer has another shape than asked for.', usage };
  return classified(answer, input, usage);
}

function classified(answer: Answer, { threads, productAreas }: ClassifyInput, usage: TokenUsage): Classification {
  const area = answer.productArea?.trim().toLowerCase();
  return {
    kind: 'classified',
    category: answer.category,
    confidence: Math.min(Math.max(answer.confidence, 0), 1),
    summary: beginningOf(answer.summary.trim(), SUMMARY_LENGTH),
    productArea: productAreas.find((known) => known.toLowerCase() === area) ?? null,
    severity: answer.category === 'bug' ? answer.severity : null,
    evidence: locateEvidence(answer.evidence, threads),
    usage,
  };
}

/** The API counts what was read from and written to the cache apart from the rest of the input. */
function usageOf(usage: z.infer<typeof messageSchema>['usage']): TokenUsage {
  const cachedInputTokens = usage.cache_read_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens + cachedInputTokens + (usage.cache_creation_input_tokens ?? 0),
    cachedInputTokens,
    outputTokens: usage.output_tokens,
  };
}
