import type { Corpus } from '../corpus/corpus-line.ts';
import { isoSeconds } from '../http/time.ts';
import { articleText } from './article-text.ts';

const AGE_MS = 60 * 24 * 60 * 60 * 1000;
const STEP_MS = 60 * 60 * 1000;
const CREATED_BY = 501;

export interface Site {
  id: string;
  subDomain: string;
}

export interface Collection {
  id: string;
  number: number;
  slug: string;
  name: string;
  order: number;
}

export interface Category extends Collection {
  collectionId: string;
}

export interface Article {
  id: string;
  number: number;
  collectionId: string;
  categoryId: string;
  slug: string;
  name: string;
  html: string;
  /** The readable text of `html`. */
  text: string;
  keywords: string[];
  status: 'published' | 'notpublished';
  createdAt: string;
  /** Null until the first edit. */
  updatedAt: string | null;
}

/** What a test or a person at the control API may change of an article. */
export type ArticleEdit = Partial<Pick<Article, 'name' | 'html' | 'status'>>;

/**
 * The Docs site of a corpus. Ids, numbers and dates follow from the order of the articles. Edits are kept in memory: a
 * sandbox that is started anew has the corpus's articles again.
 */
export function createLibrary(corpus: Corpus, referenceMs: number) {
  const site: Site = { id: hexId('a', 1), subDomain: 'sandbox' };
  const collections = new Map<string, Collection>();
  const categories = new Map<string, Category>();

  function collectionOf(name: string): Collection {
    const number = collections.size + 1;
    return findOrAdd(collections, name, () => ({
      id: hexId('c', number),
      number,
      slug: slugOf(name),
      name,
      order: number,
    }));
  }
  function categoryOf(collectionId: string, name: string): Category {
    const number = 100 + categories.size + 1;
    return findOrAdd(categories, `${collectionId} ${name}`, () => ({
      id: hexId('d', number),
      number,
      slug: slugOf(name),
      name,
      order: number,
      collectionId,
    }));
  }

  const articles = corpus.articles.map((source, index): Article => {
    const collection = collectionOf(source.collection);
    return {
      id: hexId('0', index + 1),
      number: index + 1,
      collectionId: collection.id,
      categoryId: categoryOf(collection.id, source.category).id,
      slug: slugOf(source.name),
      name: source.name,
      html: source.html,
      text: articleText(source.html),
      keywords: source.keywords,
      status: 'published',
      updatedAt: null,
      createdAt: isoSeconds(referenceMs - AGE_MS + index * STEP_MS),
    };
  });

  return {
    site,
    collections: [...collections.values()],
    categories: [...categories.values()],
    articles,
    createdAt: isoSeconds(referenceMs - AGE_MS - STEP_MS),
    createdBy: CREATED_BY,

    /** @returns the article as it is then; undefined when there is none */
    edit(key: string, change: ArticleEdit, atMs: number): Article | undefined {
      const article = findByKey(articles, key);
      if (!article) return undefined;
      Object.assign(article, change, { updatedAt: isoSeconds(atMs) });
      article.text = articleText(article.html);
      return article;
    },

    /** @returns whether there was one */
    remove(key: string): boolean {
      const article = findByKey(articles, key);
      if (article) articles.splice(articles.indexOf(article), 1);
      return article !== undefined;
    },
  };
}

export type Library = ReturnType<typeof createLibrary>;

/** Objects are found by id or by number. */
export function findByKey<T extends { id: string; number: number }>(items: readonly T[], key: string): T | undefined {
  return items.find((item) => item.id === key || String(item.number) === key);
}

/** 24 hex digits like the original's ids; `kind` keeps the id spaces apart. */
function hexId(kind: string, number: number): string {
  return `65aa0000${kind}${number.toString(16).padStart(15, '0')}`;
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function findOrAdd<T>(items: Map<string, T>, key: string, make: () => T): T {
  const known = items.get(key);
  if (known) return known;
  const made = make();
  items.set(key, made);
  return made;
}
