import type { ClassifyInput, ClassifyThread } from '../../src/classify/classifier.ts';
import { FIRST_TAXONOMY, type Taxonomy } from '../../src/domain/taxonomy.ts';

/** A thread; threads of one test are told apart by their id. */
export function thread(threadId: number, text: string, author: ClassifyThread['author'] = 'customer'): ClassifyThread {
  return { threadId, author, text, createdAt: new Date('2026-03-02T09:00:00Z') };
}

/** The first taxonomy, with product areas. */
export const taxonomyOf = (...areas: string[]): Taxonomy => ({
  ...FIRST_TAXONOMY,
  productAreas: areas.map((name) => ({ name, keywords: [], collectionId: null })),
});

/** A conversation of one customer thread with id 1, or of the threads given. */
export function conversation(text: string | ClassifyThread[], more: Partial<ClassifyInput> = {}): ClassifyInput {
  const threads = typeof text === 'string' ? [thread(1, text)] : text;
  return { subject: '', threads, taxonomy: FIRST_TAXONOMY, docsExcerpts: [], ...more };
}
