import type { CostSum } from '../domain/cost.ts';
import type { Tokens } from '../domain/decision.ts';
import type { ClassifyInput } from './classifier.ts';
import { conversationPrompt } from './conversation-prompt.ts';
import { costOf } from './prices.ts';
import { stablePrompt } from './prompt.ts';
import { unasked } from './readable-input.ts';

/** English text has about so many characters a token; other languages have fewer. */
const CHARACTERS_PER_TOKEN = 4;
/** An answer is about so long, until calls of the organization's own say how long its answers are. */
const USUAL_OUTPUT_TOKENS = 300;
/** Fewer calls say little. */
const ENOUGH_CALLS = 10;

export interface EstimateRequest {
  /** Some of the conversations, chosen without regard to their length. */
  sample: readonly ClassifyInput[];
  /** How many there are. */
  conversations: number;
  model: string;
  /** Whether they go in message batches. There, reading from the cache cannot be counted on: none is assumed. */
  batch: boolean;
  /** What the latest calls of this model used together. */
  past: Pick<CostSum, 'calls' | 'outputTokens'>;
}

export interface Estimate {
  conversations: number;
  /** Conversations that are asked about: those in which a customer wrote something. */
  calls: number;
  tokens: Tokens;
  /** By list price; null when the price of the model is not known. */
  costUsd: number | null;
}

/** What classifying some conversations will use: from the texts that would be sent, and from how long answers were. */
export function estimate({ sample, conversations, model, batch, past }: EstimateRequest): Estimate {
  const asked = sample.filter((input) => unasked(input) === null);
  const calls = sample.length === 0 ? conversations : Math.round((conversations * asked.length) / sample.length);
  const mean = (lengths: number[]) => lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const own = mean(asked.map((input) => tokensIn(JSON.stringify(conversationPrompt(input)))));
  const prefix = mean(asked.map(({ taxonomy }) => tokensIn(stablePrompt(taxonomy))));
  const output = past.calls >= ENOUGH_CALLS ? past.outputTokens / past.calls : USUAL_OUTPUT_TOKENS;
  // The first call writes the prefix into the cache, the others read it there.
  const written = batch ? calls : Math.min(1, calls);
  const tokens = {
    inputTokens: Math.round(calls * (prefix + own)),
    cachedInputTokens: Math.round((calls - written) * prefix),
    cacheWriteTokens: Math.round(written * prefix),
    outputTokens: Math.round(calls * output),
  };
  return { conversations, calls, tokens, costUsd: costOf(model, tokens, { batch }) };
}

const tokensIn = (text: string) => Math.ceil(text.length / CHARACTERS_PER_TOKEN);
