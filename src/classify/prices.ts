import type { Tokens } from '../domain/decision.ts';

/** US dollars for a million tokens. */
interface Price {
  input: number;
  output: number;
}

const MILLION = 1_000_000;
/** A call of its own that writes five minutes' cache, or reads it, pays so much of the price of input. */
const CACHE_WRITE = 1.25;
const CACHE_READ = 0.1;
/** Message Batches cost half, the cache included. */
const BATCH = 0.5;

/**
 * List prices as they were published, by the day from which we know them: an organization's own contract may say
 * otherwise. A model that is not here has no known price: its cost is shown as unknown, never as nothing.
 */
export const PRICES_AS_OF = '2026-03-21';
const PRICES: readonly (readonly [model: string, price: Price])[] = [
  ['claude-opus-4-6', { input: 5, output: 25 }],
  ['claude-opus-4-5', { input: 5, output: 25 }],
  ['claude-sonnet-4-6', { input: 3, output: 15 }],
  ['claude-sonnet-4-5', { input: 3, output: 15 }],
  ['claude-haiku-4-5', { input: 1, output: 5 }],
];

/** A model's price by its name, or by its name with the day of its release; null when it is not known. */
function priceOf(model: string): Price | null {
  const name = model.replace(/-\d{8}$/, '');
  return PRICES.find(([known]) => known === name)?.[1] ?? null;
}

/** Whether the price of a model is known. */
export const isPriced = (model: string): boolean => priceOf(model) !== null;

/** What a call cost, in US dollars; null when the model's price or its tokens are not known. */
export function costOf(model: string, tokens: Tokens | null, { batch }: { batch: boolean }): number | null {
  const price = priceOf(model);
  if (price === null || tokens === null) return null;
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens } = tokens;
  const plain = inputTokens - cachedInputTokens - cacheWriteTokens;
  const input = plain + cachedInputTokens * CACHE_READ + cacheWriteTokens * CACHE_WRITE;
  return ((input * price.input + outputTokens * price.output) / MILLION) * (batch ? BATCH : 1);
}
