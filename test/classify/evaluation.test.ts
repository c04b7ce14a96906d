import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bucketOf, isValidation, readRows } from '../../src/classify/training/dataset.ts';
import {
  answerable,
  expectedCalibrationError,
  type Judged,
  metricsOf,
  reliability,
} from '../../src/classify/training/metrics.ts';

const judged = (actual: Judged['actual'], predicted: Judged['predicted'], confidence = 1): Judged => ({
  actual,
  predicted,
  confidence,
  source: 'test',
});

describe('the validation split', () => {
  it('puts copies of a text on the same side, whatever their case and punctuation', () => {
    assert.equal(bucketOf('It crashes!'), bucketOf(' it - CRASHES'));
  });

  it('is a fifth of the texts', () => {
    const held = Array.from({ length: 5_000 }, (_, n) => ({ bucket: bucketOf(`text ${n}`) })).filter(isValidation);
    assert.ok(held.length > 900 && held.length < 1_100);
  });
});

describe('reading labelled texts', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'labelled-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes "docs" for documentation and names a line that is not a labelled text', () => {
    const file = join(folder, 'rows.jsonl');
    writeFileSync(
      file,
      '{"text":"a","label":"docs","source":"s"}\n\n{"text":"b","label":"bug","source":"s","subject":"t"}\n',
    );
    assert.deepEqual(
      readRows(file).map(({ subject, label }) => [subject, label]),
      [
        ['', 'documentation'],
        ['t', 'bug'],
      ],
    );
    writeFileSync(file, '{"text":"a","label":"spam","source":"s"}\n');
    assert.throws(() => readRows(file), /Line 1/);
  });
});

describe('metrics', () => {
  it('count an answer without a category as wrong', () => {
    const { macroF1, accuracy, perCategory } = metricsOf([
      judged('bug', 'bug'),
      judged('bug', null),
      judged('feature', 'feature'),
      judged('feature', 'bug'),
    ]);
    assert.equal(accuracy, 0.5);
    assert.deepEqual(perCategory[0], { category: 'bug', rows: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
    assert.ok(Math.abs(macroF1 - (0.5 + 2 / 3) / 2) < 1e-12);
  });

  it('see confidence that is not earned', () => {
    assert.equal(expectedCalibrationError([judged('bug', 'bug'), judged('bug', 'bug')]), 0);
    assert.equal(expectedCalibrationError([judged('bug', 'bug'), judged('bug', 'feature')]), 0.5);
  });

  it('show how right answers of each confidence are', () => {
    const bins = reliability([judged('bug', 'bug', 0.95), judged('bug', 'feature', 0.95), judged('bug', 'bug', 0.42)]);
    assert.deepEqual(
      bins.map(({ from, rows, accuracy }) => [from, rows, accuracy]),
      [
        [0.4, 1, 1],
        [0.9, 2, 0.5],
      ],
    );
  });

  it('say how many of the surest answers can be given at an accuracy, equals together', () => {
    const right = (confidence: number) => judged('bug', 'bug', confidence);
    const wrong = (confidence: number) => judged('bug', 'feature', confidence);
    assert.deepEqual(answerable([wrong(0.4), right(0.9), right(0.8), wrong(0.3)], 0.9), {
      share: 0.5,
      confidence: 0.8,
    });
    assert.deepEqual(answerable([right(0.9), wrong(0.9)], 0.9), { share: 0, confidence: 1 });
    assert.deepEqual(answerable([], 0.9), { share: 0, confidence: 1 });
  });
});
