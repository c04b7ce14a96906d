import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ArticleSource } from '../../docs-search/find-articles.ts';
import { createMemoryLibrary } from '../../docs-search/memory-library.ts';
import { type Category, categorySchema } from '../../domain/category.ts';
import { articleText } from '../../helpscout/docs/article-text.ts';
import { generateLabelledCorpus } from '../../sandbox/corpus/generate.ts';

const PROBLEMS = ['missing', 'hardToFind', 'wrong'] as const;
type Problem = (typeof PROBLEMS)[number];

/** A conversation with the truth about it. */
export interface LabelledConversation {
  subject: string;
  text: string;
  category: Category;
  /** Of a documentation need: what is wrong; null for the others, and where it was not labelled. */
  problem: Problem | null;
  /** The article that answers, or should have; null: none. */
  articleId: string | null;
  /** Whether `articleId` was looked into at all. */
  hasArticleLabel: boolean;
}

/** Conversations of one product with its help articles. */
export interface DocsCorpus {
  name: string;
  library: ArticleSource;
  conversations: LabelledConversation[];
}

const articleSchema = z.object({ articleId: z.string(), title: z.string(), html: z.string() });
const conversationSchema = z.object({
  conversationId: z.number(),
  subject: z.string(),
  text: z.string(),
  category: categorySchema,
  problem: z.enum(PROBLEMS).nullable(),
  articleId: z.string().nullable(),
});

const rowsOf = <Row>(file: string, schema: z.ZodType<Row>): Row[] =>
  readFileSync(new URL(`foyer/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => schema.parse(JSON.parse(line)));

/**
 * A made-up maker of ticketing software: 40 articles, 120 conversations. Those with odd numbers served to choose the
 * thresholds and phrases, those with even numbers did not.
 */
export async function foyer(): Promise<{ chosenOn: DocsCorpus; heldOut: DocsCorpus }> {
  const articles = rowsOf('articles.jsonl', articleSchema).map(({ html, ...rest }) => ({
    ...rest,
    text: articleText(html),
  }));
  const library = await createMemoryLibrary(articles);
  const rows = rowsOf('conversations.jsonl', conversationSchema);
  const part = (name: string, remainder: number): DocsCorpus => ({
    name,
    library,
    conversations: rows
      .filter(({ conversationId }) => conversationId % 2 === remainder)
      .map((row) => ({ ...row, hasArticleLabel: true })),
  });
  return { chosenOn: part('ticketing, chosen on', 1), heldOut: part('ticketing, held out', 0) };
}

/** The article that each of the sandbox's documentation issues is about, and what is wrong with it. */
const SANDBOX_NEEDS: Record<string, { title: string | null; problem: Problem }> = {
  'docs-api-paging': { title: 'API: authentication and paging', problem: 'wrong' },
  'docs-import-template': { title: 'Importing clients and jobs', problem: 'wrong' },
  'docs-quickbooks-outdated': { title: 'Connect QuickBooks', problem: 'wrong' },
  'docs-webhook-signature': { title: 'Webhooks', problem: 'missing' },
  'docs-roles-contradiction': { title: 'Roles: who sees what', problem: 'wrong' },
  'docs-reverse-charge': { title: 'Tax settings on invoices', problem: 'missing' },
  'docs-offline-what-works': { title: 'Working offline', problem: 'missing' },
  'docs-export-dead-link': { title: 'Export your data and close your account', problem: 'wrong' },
  'one-docs-sandbox': { title: 'API: authentication and paging', problem: 'missing' },
  'one-docs-german': { title: 'Absences and public holidays', problem: 'wrong' },
  'one-docs-video': { title: null, problem: 'wrong' },
  'one-docs-shortcuts': { title: null, problem: 'missing' },
  'one-docs-approval': { title: 'Approving timesheets', problem: 'missing' },
};

/** The sandbox's inbox: another product, written before any of this, with its own 20 articles. */
export async function sandboxInbox(): Promise<DocsCorpus> {
  const { corpus, labels } = generateLabelledCorpus({ now: new Date('2026-01-01T00:00:00Z') });
  const library = await createMemoryLibrary(
    corpus.articles.map(({ name, html, keywords }) => ({
      ...{ articleId: name, title: name, text: articleText(html), keywords },
    })),
  );
  const conversations = corpus.conversations.flatMap(({ id, subject = '', text, threads }) => {
    const label = labels.get(id);
    if (!label) return [];
    const need = SANDBOX_NEEDS[label.issue];
    return {
      ...{ subject, category: label.category, text: threads?.[0]?.text ?? text },
      ...{ problem: need?.problem ?? null, articleId: need?.title ?? null, hasArticleLabel: need !== undefined },
    };
  });
  return { name: 'sandbox', library, conversations };
}
