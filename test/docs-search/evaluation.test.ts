import assert from 'node:assert/strict';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { foyer } from '../../src/local/docs-evaluate/corpora.ts';
import { classificationOf, needsOf, readAll } from '../../src/local/docs-evaluate/measure.ts';

describe('help articles, measured on conversations that nothing was chosen by', function () {
  this.timeout(30_000);

  it('name the right article, and do classification no harm', async () => {
    const { heldOut } = await foyer();
    const read = await readAll(heldOut, createOfflineClassifier(loadWeights()));
    const needs = needsOf(read);
    assert.equal(read.length, 60);
    assert(needs.recallAt1 >= 0.8, `right article first: ${needs.recallAt1}`);
    assert(needs.recallAt5 >= 0.95, `among five: ${needs.recallAt5}`);
    assert(needs.article >= 0.65 && needs.article > needs.articleWithout, `right article or none: ${needs.article}`);
    const [without, withDocs] = [classificationOf(read, 'without'), classificationOf(read, 'withDocs')];
    assert(withDocs.macroF1 >= without.macroF1 - 0.02, `${withDocs.macroF1} with, ${without.macroF1} without`);
  });
});
