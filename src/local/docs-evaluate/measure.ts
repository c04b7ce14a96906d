import { z } from 'zod';
import type { Classifier } from '../../classify/classifier.ts';
import { type Judged, metricsOf } from '../../classify/training/metrics.ts';
import { weighWithDocs } from '../../docs-search/docs-prior.ts';
import { documentationNeed } from '../../docs-search/documentation-need.ts';
import { findExcerpts } from '../../docs-search/excerpts.ts';
import { findArticles } from '../../docs-search/find-articles.ts';
import { CATEGORIES, type Category } from '../../domain/category.ts';
import { FIRST_TAXONOMY } from '../../domain/taxonomy.ts';
import type { DocsCorpus, LabelledConversation } from './corpora.ts';

const probabilitiesSchema = z.array(z.number()).length(CATEGORIES.length);

/** Ways to classify, from no knowledge of the articles to all of it. */
export const WAYS = ['without', 'wordsAlone', 'withDocs'] as const;
export type Way = (typeof WAYS)[number];

/** An article as near as any: what is left of the context is what the customer says about help texts. */
const ANY_ARTICLE = [{ similarity: 0.25 }];

interface Read {
  truth: LabelledConversation;
  answers: Record<Way, { category: Category; confidence: number }>;
  need: ReturnType<typeof documentationNeed>;
  /** Place of the right article among all that were found, from 0; -1: not found. */
  place: number;
}

/** Every conversation of a corpus, read in every way. */
export async function readAll(corpus: DocsCorpus, classifier: Classifier): Promise<Read[]> {
  const read: Read[] = [];
  for (const truth of corpus.conversations) {
    const threads = [{ threadId: 1, author: 'customer' as const, text: truth.text, createdAt: new Date(0) }];
    const conversation = { subject: truth.subject, threads };
    const excerpts = await findExcerpts(corpus.library, conversation);
    const ranked = await findArticles(corpus.library, conversation);
    const input = { ...conversation, taxonomy: FIRST_TAXONOMY, docsExcerpts: [] };
    const { rawAnswer } = await classifier.classify(input);
    const values = probabilitiesSchema.parse(JSON.parse(rawAnswer));
    const of = (category: Category) => values[CATEGORIES.indexOf(category)] ?? 0;
    const plain = {
      bug: of('bug'),
      feature: of('feature'),
      documentation: of('documentation'),
      question: of('question'),
    };
    read.push({
      truth,
      answers: {
        without: best(plain),
        wordsAlone: best(weighWithDocs(plain, ANY_ARTICLE, conversation)),
        withDocs: best(weighWithDocs(plain, excerpts, conversation)),
      },
      need: documentationNeed(excerpts, conversation, 'documentation'),
      place: ranked.findIndex(({ article }) => article.articleId === truth.articleId),
    });
  }
  return read;
}

const best = (probabilities: Record<Category, number>) =>
  CATEGORIES.map((category) => ({ category, confidence: probabilities[category] })).reduce((top, next) =>
    next.confidence > top.confidence ? next : top,
  );

/** Classification figures of one way. */
export function classificationOf(read: readonly Read[], way: Way) {
  const judged = read.map(
    ({ truth, answers }): Judged => ({
      ...{ actual: truth.category, predicted: answers[way].category, source: way },
      confidence: answers[way].confidence,
    }),
  );
  const { macroF1, accuracy, perCategory } = metricsOf(judged);
  return { macroF1, accuracy, documentation: perCategory.find(({ category }) => category === 'documentation') };
}

/** Of the documentation needs: how many are matched to the right article, or rightly to none, and to the right problem. */
export function needsOf(read: readonly Read[]) {
  const needs = read.filter(({ truth }) => truth.category === 'documentation' && truth.hasArticleLabel);
  const withArticle = needs.filter(({ truth }) => truth.articleId !== null);
  const isRight = ({ need, truth }: Read) => (need?.article?.articleId ?? null) === truth.articleId;
  const share = (rows: readonly Read[], test: (row: Read) => boolean) =>
    rows.filter(test).length / Math.max(1, rows.length);
  return {
    needs: needs.length,
    article: share(needs, isRight),
    /** Without articles the only answer there is: none exists. */
    articleWithout: share(needs, ({ truth }) => truth.articleId === null),
    problem: share(needs, ({ need, truth }) => need?.problem === truth.problem),
    both: share(needs, (row) => isRight(row) && row.need?.problem === row.truth.problem),
    classifiedToo: share(needs, (row) => isRight(row) && row.answers.withDocs.category === 'documentation'),
    none: share(
      needs.filter(({ truth }) => truth.articleId === null),
      isRight,
    ),
    recallAt1: share(withArticle, ({ place }) => place === 0),
    recallAt5: share(withArticle, ({ place }) => place >= 0 && place < 5),
  };
}
