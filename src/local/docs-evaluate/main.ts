import { createOfflineClassifier } from '../../classify/offline-classifier.ts';
import { loadWeights } from '../../classify/weights.ts';
import { foyer, sandboxInbox } from './corpora.ts';
import { classificationOf, needsOf, readAll, WAYS, type Way } from './measure.ts';

/** What help articles are worth: classification with and without them, and documentation needs matched to the article. */

const WAY_TEXT: Record<Way, string> = {
  without: 'without Docs',
  wordsAlone: 'what is said about help, no article',
  withDocs: 'with Docs context',
};
const figure = (value: number) => value.toFixed(3);
const percent = (value: number) => `${(100 * value).toFixed(0).padStart(3)} %`;

const classifier = createOfflineClassifier(loadWeights());
const { chosenOn, heldOut } = await foyer();
console.log(`Classifier: ${classifier.identity.model} (offline)\n`);
for (const corpus of [chosenOn, heldOut, await sandboxInbox()]) {
  const read = await readAll(corpus, classifier);
  const { articles } = corpus.library.statistics;
  console.log(`${corpus.name}: ${read.length} conversations, ${articles} articles`);
  for (const way of WAYS) {
    const { macroF1, accuracy, documentation } = classificationOf(read, way);
    const { precision = 0, recall = 0, f1 = 0 } = documentation ?? {};
    console.log(
      `  ${WAY_TEXT[way].padEnd(36)} macro-F1 ${figure(macroF1)}  accuracy ${figure(accuracy)}  documentation P ${figure(precision)} R ${figure(recall)} F1 ${figure(f1)}`,
    );
  }
  const needs = needsOf(read);
  console.log(
    `  ${needs.needs} documentation needs with Docs context (without: ${percent(needs.articleWithout)} right article)`,
  );
  console.log(
    `    right article, or rightly none        ${percent(needs.article)}  (of those without any: ${percent(needs.none)})`,
  );
  console.log(`    right kind of problem                 ${percent(needs.problem)}`);
  console.log(`    both                                  ${percent(needs.both)}`);
  console.log(`    right article and classified as such  ${percent(needs.classifiedToo)}`);
  console.log(`    right article first / among five      ${percent(needs.recallAt1)} / ${percent(needs.recallAt5)}`);
}
