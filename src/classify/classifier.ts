import type { Category, Severity } from '../domain/category.ts';
import type { ClassifierIdentity, Evidence } from '../domain/insight.ts';

/** One message of a conversation; only those of customers are classified and quoted. */
export type ClassifyThread = { threadId: number; author: 'customer' | 'agent'; text: string; createdAt: Date };

/** What there is to know about one conversation; threads are in the order they were written. */
export type ClassifyInput = {
  subject: string;
  threads: ClassifyThread[];
  /** The organization's own words for the parts of its product; an answer names one of these or none. */
  productAreas: string[];
  /** Passages of the organization's help articles that may concern the conversation. */
  docsExcerpts: { title: string; text: string }[];
};

/** `inputTokens` counts all of the input, `cachedInputTokens` the part of it that was read from the cache. */
export type TokenUsage = { inputTokens: number; cachedInputTokens: number; outputTokens: number };

export type Classified = {
  kind: 'classified';
  category: Category;
  /** 0 to 1. */
  confidence: number;
  /** One sentence; empty when the conversation has no text. */
  summary: string;
  productArea: string | null;
  severity: Severity | null;
  evidence: Evidence[];
  usage?: TokenUsage;
};

/** No category was given. `reason` is a fixed sentence without any text of the conversation. */
export type Unclassified = {
  kind: 'refused' | 'empty' | 'malformed' | 'truncated';
  reason: string;
  usage?: TokenUsage;
};

export type Classification = Classified | Unclassified;

/**
 * Finds out what a conversation is about. What the classifier answers is a value, whatever it is; only when it could not
 * be asked does it throw, and then a ClassifierError.
 */
export type Classifier = {
  identity: ClassifierIdentity;
  classify(input: ClassifyInput, options?: { signal?: AbortSignal }): Promise<Classification>;
};

export function isFromCustomer(thread: ClassifyThread): boolean {
  return thread.author === 'customer';
}
