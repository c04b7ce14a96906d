import type { MessagesRequest } from './request-schema.ts';

/** Shorter prefixes are not cached; the API's own limit is 512 to 4,096 tokens, by model. */
const SHORTEST_PREFIX = 1_024;

export type Usage = {
  input_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
  output_tokens: number;
};

/** The rule that the server counts by: a token is four characters, begun ones count. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/**
 * Plays the prompt cache: what stands before the last cache mark (schema, model, system prompt) is read from it when
 * exactly the same characters were written to it before. Only texts count as tokens, not the JSON around them.
 */
export function createPromptCache() {
  const written = new Set<string>();
  return {
    usageOf(request: MessagesRequest, answer: string): Usage {
      const { prefix, rest } = splitAtCacheMark(request);
      const key = JSON.stringify([request.model, request.output_config, prefix]);
      const prefixTokens = countTokens(prefix);
      const output_tokens = countTokens(answer);
      if (prefixTokens < SHORTEST_PREFIX) {
        const input_tokens = prefixTokens + countTokens(rest);
        return { input_tokens, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens };
      }
      const hit = written.has(key);
      written.add(key);
      return {
        input_tokens: countTokens(rest),
        cache_creation_input_tokens: hit ? 0 : prefixTokens,
        cache_read_input_tokens: hit ? prefixTokens : 0,
        output_tokens,
      };
    },
  };
}

function splitAtCacheMark({ system, messages }: MessagesRequest): { prefix: string; rest: string } {
  const blocks = Array.isArray(system) ? system : [];
  const marked = blocks.findLastIndex((block) => block.cache_control !== undefined) + 1;
  const text = (part: readonly { text: string }[]) => part.map((block) => block.text).join('');
  const unmarked = typeof system === 'string' ? system : text(blocks.slice(marked));
  const said = messages.map(({ content }) => (typeof content === 'string' ? content : text(content))).join('');
  return { prefix: text(blocks.slice(0, marked)), rest: unmarked + said };
}
