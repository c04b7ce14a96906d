import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addToCentroid, EMPTY_CENTROID } from '../../src/patterns/centroid.ts';
import { describe as describeText } from '../../src/patterns/signature.ts';
import { similarity } from '../../src/patterns/sparse-vector.ts';

const word = fc.constantFrom(
  ...'invoice export button crash login password report calendar sync printer slow webhook the my when'.split(' '),
);
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
const vectorOf = (value: string) => describeText(value).vector;

describe('similarity', () => {
  it('is the same in both directions and within [0, 1]', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const value = similarity(vectorOf(a), vectorOf(b));
        assert.equal(value, similarity(vectorOf(b), vectorOf(a)));
        assert.ok(value >= 0 && value <= 1);
      }),
    );
  });

  it('is 1 for a text and itself, 0 for a text that says nothing', () => {
    fc.assert(
      fc.property(text, (a) => {
        assert.ok(similarity(vectorOf(a), vectorOf(a)) > 1 - 1e-9);
        assert.equal(similarity(vectorOf(a), vectorOf('')), 0);
      }),
    );
  });

  it('describes any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        const { keys, vector } = describeText(value);
        assert.ok(keys.length <= 33 && vector.every(([, weight]) => weight > 0));
      }),
    );
  });
});

describe('centroid', () => {
  it('does not depend on the order in which members were added', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (texts, places) => {
        const other = texts
          .map((value) => ({ value, place: places.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ value }) => value);
        const build = (members: string[]) =>
          members.reduce((sum, member) => addToCentroid(sum, describeText(member)), EMPTY_CENTROID);
        const [a, b] = [build(texts), build(other)];
        assert.equal(a.members, b.members);
        assert.ok(similarity(a.terms, b.terms) > 0.99);
      }),
    );
  });

  it('stays small however many different messages join', () => {
    const messages = Array.from(
      { length: 60 },
      (_, n) =>
        `export ${'abcdefgh'
          .split('')
          .map((c) => `${c}topic${n}`)
          .join(' ')}`,
    );
    const centroid = messages.reduce((sum, message) => addToCentroid(sum, describeText(message)), EMPTY_CENTROID);
    assert.equal(centroid.members, 60);
    assert.equal(centroid.terms.length, 150);
    assert.equal(centroid.terms[0]?.[0], 'export');
  });
});
