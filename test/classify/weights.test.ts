import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { CLASS_COUNT, type LinearModel, textScores } from '../../src/classify/linear-model.ts';
import { fitModel, labelled } from '../../src/classify/training/fit-model.ts';
import { OWN_SOURCES } from '../../src/classify/training/shipped-sources.ts';
import { decodeModel, encodeModel, loadWeights, weightsSchema } from '../../src/classify/weights.ts';
import type { Category } from '../../src/domain/category.ts';

const row = (text: string, label: Category) => labelled({ text, subject: '', label, source: 'test', bucket: 0 });
const texts = [
  row('the export crashes with an error', 'bug'),
  row('the import crashes with an error', 'bug'),
  row('the upload crashes with an error', 'bug'),
  row('please add an export to the list', 'feature'),
  row('please add an import to the list', 'feature'),
  row('please add an upload to the list', 'feature'),
  row('the guide to the list is outdated', 'documentation'),
  row('the guide to the export is outdated', 'documentation'),
  row('the guide to the upload is outdated', 'documentation'),
  row('how do i change the list?', 'question'),
  row('how do i change the export?', 'question'),
  row('how do i change the upload?', 'question'),
];
const about = { trainedOn: [], temperature: 1 };

describe('fitting the offline model', () => {
  it('learns its texts and gives the same weights every time', () => {
    const model = fitModel(texts, 100);
    assert.equal(model.vocabulary.rowOf.size, 100);
    assert.deepEqual(encodeModel(fitModel(texts, 100), about), encodeModel(model, about));
    const highest = (text: string) =>
      textScores(model, text).reduce((best, score, index, all) => (score > (all[best] ?? 0) ? index : best), 0);
    assert.equal(highest('the list crashes'), 0);
    assert.equal(highest('please add a guide'), 1);
    assert.equal(highest('how do i change it?'), 3);
  });
});

describe('the weights file', () => {
  it('holds a model in bytes with little loss', () => {
    const model: LinearModel = fitModel(texts, 500);
    const restored = decodeModel(encodeModel(model, about));
    assert.deepEqual([...restored.vocabulary.rowOf], [...model.vocabulary.rowOf]);
    for (const text of ['the export crashes', 'please add a list', 'how do i upload?']) {
      const [before, after] = [textScores(model, text), textScores(restored, text)];
      before.forEach((score, label) => {
        assert.ok(Math.abs(score - (after[label] ?? Number.NaN)) < 0.02);
      });
    }
  });

  it('is refused when its parts do not belong together', () => {
    const file = encodeModel(fitModel(texts, 50), about);
    assert.throws(() => decodeModel({ ...file, weights: file.weights.slice(0, -8) }), RangeError);
    assert.throws(() => weightsSchema.parse({ ...file, model: 'm', format: 2 }));
  });

  it('ships with at most a megabyte, trained on rows of permitted sources only', () => {
    assert.ok(statSync(new URL('../../src/classify/weights.json', import.meta.url)).size <= 1_000_000);
    const weights = loadWeights();
    const permitted = ['docsissues', 'minibar', 'nlbse24', ...OWN_SOURCES];
    assert.deepEqual(weights.trainedOn.map(({ source }) => source).toSorted(), permitted.toSorted());
    assert.equal(weights.bias.length, CLASS_COUNT);
  });
});
