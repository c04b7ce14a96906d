import { beginningOf } from './beginning-of.ts';
import type { ClassifyInput, DocsExcerpt } from './classifier.ts';
import { cutConversation } from './conversation-cut.ts';

/** Characters of conversation sent at most: about 6,000 tokens. */
const CONVERSATION_BUDGET = 24_000;
/** Each message costs a few tokens besides its text. */
const MOST_MESSAGES = 25;
const DOCS_EXCERPTS = 5;
const DOCS_EXCERPT_LENGTH = 1_500;
const TITLE_LENGTH = 200;
const AUTHOR = { customer: 'c', agent: 'a', note: 'n' } as const;
const SUBJECT_LENGTH = 500;

/** The help article passages that are sent, each with the label that an answer names it by. */
export function labelledExcerpts(excerpts: readonly DocsExcerpt[]): { label: string; excerpt: DocsExcerpt }[] {
  return excerpts.slice(0, DOCS_EXCERPTS).map((excerpt, index) => ({ label: `d${index + 1}`, excerpt }));
}

/**
 * The conversation itself, as a delimited block that its own text cannot close. Rows instead of objects with named
 * fields: what is sent besides the texts stays below 300 tokens.
 */
export function conversationPrompt({ subject, threads, docsExcerpts }: ClassifyInput): string {
  const { threads: kept, omittedThreads } = cutConversation(threads, CONVERSATION_BUDGET, MOST_MESSAGES);
  const passages = labelledExcerpts(docsExcerpts).map(({ label, excerpt: { title, text } }) => [
    label,
    beginningOf(title, TITLE_LENGTH),
    beginningOf(text, DOCS_EXCERPT_LENGTH),
  ]);
  const data = {
    ...(passages.length > 0 && { passages }),
    subject: beginningOf(subject, SUBJECT_LENGTH),
    messages: kept.map(({ threadId, author, text }) => [threadId, AUTHOR[author], text]),
    ...(omittedThreads > 0 && { messagesLeftOut: omittedThreads }),
  };
  return `<conversation>\n${JSON.stringify(data).replaceAll('<', '\\u003c')}\n</conversation>`;
}
