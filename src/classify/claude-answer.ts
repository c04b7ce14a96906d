import { z } from 'zod';
import type { Tokens } from '../domain/decision.ts';
import { type AnsweredIssue, parseAnswer } from './answer-schema.ts';
import { beginningOf } from './beginning-of.ts';
import type { Answered, Classification, ClassifiedIssue, ClassifyInput } from './classifier.ts';
import { labelledExcerpts } from './conversation-prompt.ts';
import { isVerbatimIn, locateEvidence } from './evidence.ts';
import { readableInput } from './readable-input.ts';

const SUMMARY_LENGTH = 240;
const MOST_FURTHER_ISSUES = 4;

/** What is read of the API's message: the SDK types it without looking. */
const messageSchema = z.object({
  _request_id: z.string().nullish(),
  id: z.string().nullish(),
  stop_reason: z.string().nullable(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  usage: z.object({
    input_tokens: z.number(),
    cache_creation_input_tokens: z.number().nullish(),
    cache_read_input_tokens: z.number().nullish(),
    output_tokens: z.number(),
  }),
});

/**
 * What a message of the API comes to. `input` is the conversation as it was written: whatever the answer names
 * (threads, quotes, product areas, articles) is kept only where it is found there.
 */
export function readAnswer(reply: unknown, input: ClassifyInput): Classification {
  const message = messageSchema.safeParse(reply).data;
  if (message === undefined) {
    const rawAnswer = JSON.stringify(reply) ?? '';
    const reason = 'The API’s answer is not a message.';
    return { kind: 'malformed', reason, rawAnswer, requestId: null, tokens: null };
  }
  const text = message.content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
  const answered: Answered = {
    rawAnswer: text,
    requestId: message._request_id ?? message.id ?? null,
    tokens: tokensOf(message.usage),
  };
  // The reason for stopping comes first: a refused or cut answer need not follow the schema.
  if (message.stop_reason === 'refusal') return { kind: 'refused', reason: 'Claude declined to answer.', ...answered };
  if (message.stop_reason === 'max_tokens' || message.stop_reason === 'model_context_window_exceeded') {
    return { kind: 'truncated', reason: 'Claude’s answer was cut off.', ...answered };
  }
  if (text.trim() === '') return { kind: 'empty', reason: 'Claude’s answer was empty.', ...answered };
  return readAnswerText(text, input, answered);
}

/** Text, request and use of an answer in a shape of its own; the text is null unless it came to its end. */
export function answeredText(reply: unknown): { text: string | null; requestId: string | null; tokens: Tokens | null } {
  const message = messageSchema.safeParse(reply).data;
  if (message === undefined) return { text: null, requestId: null, tokens: null };
  const text = message.content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
  const requestId = message._request_id ?? message.id ?? null;
  return { text: message.stop_reason === 'end_turn' ? text : null, requestId, tokens: tokensOf(message.usage) };
}

/** The checks alone, for an answer that is kept: builds the same classification again without asking anybody. */
export function readAnswerText(text: string, input: ClassifyInput, answered: Answered): Classification {
  const answer = parseAnswer(text);
  if (answer === null) {
    return { kind: 'malformed', reason: 'Claude’s answer has another shape than asked for.', ...answered };
  }
  const { threads } = readableInput(input);
  const wasWritten = isVerbatimIn(input.threads);
  const quotesOf = (issue: AnsweredIssue) => locateEvidence(issue.evidence, threads).filter(wasWritten);
  const issueOf = (issue: AnsweredIssue): ClassifiedIssue => ({
    ...checkedFields(issue, input),
    evidence: quotesOf(issue),
  });
  const main = issueOf(answer);
  return { kind: 'classified', ...main, further: withOwnQuotes(main, answer.further.map(issueOf)), ...answered };
}

function checkedFields(
  answer: AnsweredIssue,
  { taxonomy, docsExcerpts }: ClassifyInput,
): Omit<ClassifiedIssue, 'evidence'> {
  const area = answer.productArea?.trim().toLowerCase();
  const label = answer.documentation?.articleId;
  const excerpt = labelledExcerpts(docsExcerpts).find(
    (candidate) => candidate.label === label || candidate.excerpt.articleId === label,
  )?.excerpt;
  return {
    category: answer.category,
    confidence: Math.min(Math.max(answer.confidence, 0), 1),
    summary: beginningOf(plainLine(answer.summary), SUMMARY_LENGTH),
    productArea: taxonomy.productAreas.find(({ name }) => name.toLowerCase() === area)?.name ?? null,
    severity: answer.category === 'bug' ? answer.severity : null,
    documentation:
      answer.category === 'documentation' && answer.documentation
        ? {
            problem: answer.documentation.problem,
            article: excerpt ? { articleId: excerpt.articleId, title: excerpt.title, url: excerpt.url } : null,
          }
        : null,
  };
}

/** A further issue counts only with a quote that no issue before it has. */
function withOwnQuotes(main: ClassifiedIssue, further: readonly ClassifiedIssue[]): ClassifiedIssue[] {
  const kept: ClassifiedIssue[] = [];
  const quoted = new Set(main.evidence.map(placeOf));
  for (const issue of further) {
    if (kept.length === MOST_FURTHER_ISSUES || issue.evidence.every((quote) => quoted.has(placeOf(quote)))) continue;
    kept.push(issue);
    for (const quote of issue.evidence) quoted.add(placeOf(quote));
  }
  return kept;
}

const placeOf = ({ threadId, start, end }: ClassifiedIssue['evidence'][number]) => `${threadId}:${start}:${end}`;

/** One line, without control characters and marks that turn the direction of writing. */
const plainLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .trim();

/** The API counts what was read from and written to the cache apart from the rest of the input. */
function tokensOf(usage: z.infer<typeof messageSchema>['usage']): Tokens {
  const cachedInputTokens = usage.cache_read_input_tokens ?? 0;
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens + cachedInputTokens + cacheWriteTokens,
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens: usage.output_tokens,
  };
}
