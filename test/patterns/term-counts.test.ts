import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countTerms, emptyTermCounts, frequenciesOf } from '../../src/patterns/term-counts.ts';

describe('term counts', () => {
  it('never count too little, and hardly ever too much', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(300).map(String)), { maxLength: 60 }), (texts) => {
        const counts = emptyTermCounts();
        for (const terms of texts) countTerms(counts, terms);
        const { documentFrequency, documents } = frequenciesOf(counts);
        assert.equal(documents, texts.length);
        const exact = (term: string) => texts.filter((terms) => terms.includes(term)).length;
        const all = Array.from({ length: 301 }, (_, n) => String(n));
        assert.ok(all.every((term) => documentFrequency(term) >= exact(term)));
        assert.ok(all.filter((term) => documentFrequency(term) > exact(term)).length <= 3);
      }),
      { numRuns: 20 },
    );
  });

  it('halve after 2,000 texts, so that recent mail counts more', () => {
    const counts = emptyTermCounts();
    for (let n = 0; n < 2_000; n++) countTerms(counts, ['form', 'footer']);
    assert.equal(counts.documents, 1_000);
    assert.equal(frequenciesOf(counts).documentFrequency('form'), 1_000);
    assert.equal(counts.counters.byteLength, 131_072);
  });
});
