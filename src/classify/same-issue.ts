import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import type { Tokens } from '../domain/decision.ts';
import { answeredText } from './claude-answer.ts';
import { type ClaudeOptions, createClaudeClient } from './claude-client.ts';
import { classifierErrorOf } from './claude-errors.ts';
import { sentSettings } from './claude-request.ts';
import { type IssueText, pairPrompt, SAME_ISSUE_PROMPT } from './same-issue-prompt.ts';

const answerSchema = z.object({ same: z.boolean() });
const format = zodOutputFormat(answerSchema);
/** The answer is a word; the rest is for models that think before they answer. */
const OUTPUT_LIMIT = 3_000;

export interface SameIssueAnswer {
  /** Null when the model did not say: it declined, was cut off, or answered in another shape. */
  same: boolean | null;
  tokens: Tokens | null;
  requestId: string | null;
}

/** Whoever can say whether two groups of messages are about the same issue. */
export interface SameIssueJudge {
  model: string;
  /** Asks once. @throws ClassifierError when there was no answer, and the reason of `signal` when the caller gave up */
  judge(one: IssueText, other: IssueText, options?: { signal?: AbortSignal }): Promise<SameIssueAnswer>;
}

/** Asks Claude. What customers wrote is data there: at worst it brings one unsure pair together, or keeps it apart. */
export function createSameIssueJudge(options: ClaudeOptions): SameIssueJudge {
  const client = createClaudeClient(options);
  const { effort, temperature } = sentSettings(options);
  return {
    model: options.model,
    async judge(one, other, { signal } = {}) {
      try {
        const message: unknown = await client.messages.create(
          {
            model: options.model,
            max_tokens: OUTPUT_LIMIT,
            system: [{ type: 'text', text: SAME_ISSUE_PROMPT, cache_control: { type: 'ephemeral' } }],
            messages: [{ role: 'user', content: pairPrompt(one, other) }],
            output_config: {
              format: { type: 'json_schema', schema: format.schema },
              ...(effort !== null && { effort }),
            },
            ...(temperature !== null && { temperature }),
          },
          { signal },
        );
        const { text, ...answered } = answeredText(message);
        return { ...answered, same: sameIn(text) };
      } catch (error) {
        signal?.throwIfAborted();
        throw classifierErrorOf(error);
      }
    },
  };
}

function sameIn(text: string | null): boolean | null {
  if (text === null) return null;
  try {
    return answerSchema.safeParse(JSON.parse(text)).data?.same ?? null;
  } catch {
    return null;
  }
}
