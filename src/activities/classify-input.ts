import type { Classification, ClassifyInput } from '../classify/classifier.ts';
import { documentationNeed } from '../docs-search/documentation-need.ts';
import type { FoundExcerpt } from '../docs-search/excerpts.ts';
import type { AskedConversation } from '../docs-search/question.ts';
import type { Conversation, Thread } from '../domain/conversation.ts';
import type { InsightsWay } from './insights-way.ts';

/** What a classifier is told, and what was found for it. */
export interface Question {
  input: ClassifyInput;
  asked: AskedConversation;
  /** Null where no help articles are known at all. */
  excerpts: FoundExcerpt[] | null;
}

/**
 * The question about a conversation, with the help articles that may concern it. Private notes are left out unless the
 * organization wants them read; articles are never looked for by what they say.
 */
export async function questionAbout(
  { subject, threads }: Pick<Conversation, 'subject' | 'threads'>,
  { settings, taxonomy, docs }: Pick<InsightsWay, 'settings' | 'taxonomy' | 'docs'>,
): Promise<Question> {
  const read = threads.filter(({ type }) => settings.includeNotes || type !== 'note');
  const asked: AskedConversation = {
    subject,
    threads: threads.flatMap((thread) => {
      const author = authorOf(thread);
      return author === 'note' ? [] : [{ author, text: thread.text }];
    }),
  };
  const excerpts = await docs(asked);
  const input: ClassifyInput = {
    subject,
    threads: read.map((thread) => {
      const { threadId, text, createdAt } = thread;
      return { threadId, author: authorOf(thread), text, createdAt };
    }),
    taxonomy,
    docsExcerpts: (excerpts ?? []).map(({ articleId, title, url, text }) => ({ articleId, title, url, text })),
  };
  return { input, asked, excerpts };
}

/** What is wrong with the help, where the one who answered cannot say so: the offline model reads no articles. */
export function withDocumentationNeeds(result: Classification, { asked, excerpts }: Question): Classification {
  if (result.kind !== 'classified') return result;
  const withNeed = <T extends { category: Parameters<typeof documentationNeed>[2] }>(issue: T) => ({
    ...issue,
    documentation: documentationNeed(excerpts, asked, issue.category),
  });
  return { ...withNeed(result), further: result.further.map(withNeed) };
}

function authorOf({ type, author }: Thread): 'customer' | 'agent' | 'note' {
  if (type === 'note') return 'note';
  return author.kind === 'customer' ? 'customer' : 'agent';
}
