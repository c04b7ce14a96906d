import type { Category, Severity } from '../domain/category.ts';
import type { Tokens } from '../domain/decision.ts';
import type { ClassifierIdentity, Evidence, Insight } from '../domain/insight.ts';
import type { Taxonomy } from '../domain/taxonomy.ts';

/**
 * One message of a conversation; only those of customers are classified and quoted. A `note` is what agents write for
 * each other: a classifier reads it only where the organization wants that.
 */
export type ClassifyThread = { threadId: number; author: 'customer' | 'agent' | 'note'; text: string; createdAt: Date };

/** What there is to know about one conversation; threads are in the order they were written. */
export type ClassifyInput = {
  subject: string;
  threads: ClassifyThread[];
  /** The organization's categories and product areas, in its own words. */
  taxonomy: Taxonomy;
  /** Passages of the organization's help articles that may concern the conversation, the nearest first. */
  docsExcerpts: DocsExcerpt[];
};

export type DocsExcerpt = { articleId: string; title: string; url: string; text: string };

/** One issue of a conversation. */
export type ClassifiedIssue = {
  category: Category;
  /** 0 to 1. */
  confidence: number;
  /** One sentence; empty when the conversation has no text. */
  summary: string;
  productArea: string | null;
  severity: Severity | null;
  evidence: Evidence[];
  documentation: Insight['documentation'];
};

/** How the answer came about, for the record of the decision. */
export type Answered = {
  /** As it came, before any check. */
  rawAnswer: string;
  /** Of the last request; of an answer out of a batch, the message's own id. */
  requestId: string | null;
  /** Of all requests that were made for this answer, a first one that failed included. */
  tokens: Tokens | null;
};

export type Classified = ClassifiedIssue &
  Answered & {
    kind: 'classified';
    /** Other issues that the customer raised in the same conversation. */
    further: ClassifiedIssue[];
  };

/** No category was given. `reason` is a fixed sentence without any text of the conversation. */
export type Unclassified = Answered & {
  kind: 'refused' | 'empty' | 'malformed' | 'truncated';
  reason: string;
};

export type Classification = Classified | Unclassified;

export type ClassifyOptions = {
  signal?: AbortSignal;
  /** What an earlier request for this very conversation came to (in a batch): goes on from there by its retry rule. */
  after?: Classification;
};

/**
 * Finds out what a conversation is about. What the classifier answers is a value, whatever it is; only when it could not
 * be asked does it throw, and then a ClassifierError.
 */
export type Classifier = {
  identity: ClassifierIdentity;
  /** Names the words of the prompt, or the way the offline model reads: a new one when they change. */
  promptVersion: string;
  /** What is sent of these settings; absent or null where the model has no such setting. */
  effort?: string | null;
  temperature?: number | null;
  classify(input: ClassifyInput, options?: ClassifyOptions): Promise<Classification>;
};

export function isFromCustomer(thread: ClassifyThread): boolean {
  return thread.author === 'customer';
}
