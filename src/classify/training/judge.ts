import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_TAXONOMY } from '../../domain/taxonomy.ts';
import type { Classification, Classifier, ClassifyInput } from '../classifier.ts';
import { ClassifierError } from '../errors/classifier-error.ts';
import { retryRuleOf } from '../retry-rules.ts';
import type { Row } from './dataset.ts';
import type { Judged } from './metrics.ts';

/** Requests for one row: a run must not be lost to a moment of overload, nor go on for ever. */
const MOST_TRIES = 6;

/** Classifies each text as a conversation of one customer thread, `atOnce` of them at a time, in the order given. */
export async function judge(classifier: Classifier, rows: readonly Row[], atOnce = 1): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (let start = 0; start < rows.length; start += atOnce) {
    const some = rows.slice(start, start + atOnce).map((row) => judgeOne(classifier, row));
    judged.push(...(await Promise.all(some)));
  }
  return judged;
}

async function judgeOne(classifier: Classifier, { subject, text, label, source }: Row): Promise<Judged> {
  const answer = await persistently(classifier, {
    subject,
    threads: [{ threadId: 1, author: 'customer', text, createdAt: new Date(0) }],
    taxonomy: FIRST_TAXONOMY,
    docsExcerpts: [],
  });
  if (answer.kind !== 'classified') return { actual: label, predicted: null, confidence: 0, source };
  return { actual: label, predicted: answer.category, confidence: answer.confidence, source };
}

async function persistently(classifier: Classifier, input: ClassifyInput): Promise<Classification> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await classifier.classify(input);
    } catch (error) {
      if (!(error instanceof ClassifierError) || tries === MOST_TRIES) throw error;
      const rule = retryRuleOf(error);
      if (rule.again !== 'until answered') throw error;
      await sleep(rule.waitMs);
    }
  }
}
