import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { answerFormat } from './answer-schema.ts';
import type { ClassifyInput } from './classifier.ts';
import type { ClaudeOptions } from './claude-client.ts';
import { takesEffort, takesTemperature } from './claude-models.ts';
import { conversationPrompt } from './conversation-prompt.ts';
import { stablePrompt } from './prompt.ts';

/**
 * Output tokens allowed at first, and to an answer that was cut there. An answer has about 300; the rest is for models
 * that think before they answer, whose thinking counts here.
 */
export const OUTPUT_LIMITS = { first: 6_000, larger: 18_000 } as const;

type Settings = Pick<ClaudeOptions, 'model' | 'effort' | 'temperature'>;

/** What is sent of the settings: null where the model has no such setting, or nobody set it. */
export function sentSettings({ model, effort, temperature }: Settings) {
  return {
    effort: takesEffort(model) ? (effort ?? null) : null,
    temperature: takesTemperature(model) ? (temperature ?? null) : null,
  };
}

/**
 * The request for one conversation. What is the same for all conversations of an organization comes first and is marked
 * for the cache: the schema (which the API puts before everything) and the system prompt.
 */
export function claudeRequest(
  settings: Settings,
  input: ClassifyInput,
  outputLimit: number,
): MessageCreateParamsNonStreaming {
  const { effort, temperature } = sentSettings(settings);
  return {
    model: settings.model,
    max_tokens: outputLimit,
    system: [{ type: 'text', text: stablePrompt(input.taxonomy), cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: conversationPrompt(input) }],
    output_config: {
      format: { type: 'json_schema', schema: answerFormat.schema },
      ...(effort !== null && { effort }),
    },
    ...(temperature !== null && { temperature }),
  };
}
