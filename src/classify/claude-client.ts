import Anthropic from '@anthropic-ai/sdk';

/** An answer with thinking takes longer than one without. */
const DEFAULT_TIMEOUT_MS = 120_000;

export type ClaudeOptions = {
  apiKey: string;
  /** Where the Messages API is; the SDK's own address without it. */
  baseURL?: string;
  /** Must be a model that can hold its answer to a JSON schema. */
  model: string;
  /** Sent only to models that have it. Null: the model's own. */
  effort?: 'low' | 'medium' | 'high' | null;
  /** Sent only to models that have it. Null: the model's own. */
  temperature?: number | null;
  /** Whether private notes are read; without it they are left out, whatever a caller passes. */
  includeNotes?: boolean;
  timeoutMs?: number;
};

/** The SDK's client, which asks once: whoever calls decides about asking again. */
export function createClaudeClient({ apiKey, baseURL, timeoutMs = DEFAULT_TIMEOUT_MS }: ClaudeOptions): Anthropic {
  // What the SDK would otherwise take from the environment is given. Its log and traces could hold message text.
  return new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseURL ?? 'https://api.anthropic.com',
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
  });
}
