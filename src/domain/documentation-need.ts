import type { Insight } from './insight.ts';

/** What is wrong with the help of a documentation need, and which article should have answered; null: there is none. */
export type DocumentationNeed = NonNullable<Insight['documentation']>;
export type DocumentationProblem = DocumentationNeed['problem'];

export const DOCUMENTATION_PROBLEMS = [
  'missing',
  'hardToFind',
  'wrong',
] as const satisfies readonly DocumentationProblem[];

export const DOCUMENTATION_PROBLEM_TEXT: Record<DocumentationProblem, { short: string; sentence: string }> = {
  missing: { short: 'Missing', sentence: 'The help does not say it.' },
  hardToFind: { short: 'Hard to find', sentence: 'The help says it, and the customer did not come upon it.' },
  wrong: { short: 'Wrong', sentence: 'The help says it, and it is not so.' },
};

/** Documentation needs by problem. */
export type ProblemCounts = Record<DocumentationProblem, number>;

interface Counted {
  customers: number;
  conversations: number;
  lastReportedAt: Date;
}

/** An article that should have answered, and did not. */
export interface FailedArticle extends Counted {
  articleId: string;
  title: string;
  url: string;
  problems: ProblemCounts;
}

/** Something that no article is about: a pattern, or a conversation that is in none. */
export interface MissingTopic extends Counted {
  patternId: string | null;
  /** One of its conversations, the latest. */
  conversationId: number;
  summary: string;
}
