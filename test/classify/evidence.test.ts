import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locateEvidence } from '../../src/classify/evidence.ts';
import { thread } from './conversations.ts';

const threadsArbitrary = fc
  .array(fc.record({ text: fc.string({ unit: 'binary', maxLength: 60 }), fromAgent: fc.boolean() }), { maxLength: 6 })
  .map((drawn) => drawn.map(({ text, fromAgent }, index) => thread(index, text, fromAgent ? 'agent' : 'customer')));

/** Claims as a model makes them: true ones, ones with a letter changed, ones from nowhere, each for any thread. */
const conversationArbitrary = threadsArbitrary.chain((threads) => {
  const texts = fc.constantFrom(...threads.map(({ text }) => text), '');
  const quote = fc
    .tuple(texts, fc.nat(60), fc.nat(60), fc.option(fc.tuple(fc.nat(60), fc.string({ maxLength: 2 }))))
    .map(([text, from, length, change]) => {
      const exact = text.slice(from, from + length);
      return change === null ? exact : exact.slice(0, change[0]) + change[1] + exact.slice(change[0] + 1);
    });
  const claims = fc.array(fc.record({ threadId: fc.integer({ min: -1, max: 7 }), quote }), { maxLength: 10 });
  return fc.record({ threads: fc.constant(threads), claims });
});

describe('locating evidence', () => {
  it('finds a quote where it stands', () => {
    const found = locateEvidence(
      [{ threadId: 7, quote: 'the export fails' }],
      [thread(7, 'Since Monday the export fails.')],
    );
    assert.deepEqual(found, [{ threadId: 7, start: 13, end: 29, quote: 'the export fails' }]);
  });

  it('drops a quote with a changed word, of an agent, of another thread, or of nothing', () => {
    const threads = [thread(1, 'The export fails.'), thread(2, 'We are looking into it.', 'agent')];
    const claims = [
      { threadId: 1, quote: 'The export failed.' },
      { threadId: 1, quote: 'the export fails.' },
      { threadId: 2, quote: 'We are looking into it.' },
      { threadId: 1, quote: 'We are looking into it.' },
      { threadId: 3, quote: 'The export fails.' },
      { threadId: 1, quote: '  ' },
    ];
    assert.deepEqual(locateEvidence(claims, threads), []);
  });

  it('ignores white space around a quote and keeps the same place only once', () => {
    const claims = [
      { threadId: 1, quote: ' It hangs.\n' },
      { threadId: 1, quote: 'It hangs.' },
    ];
    assert.deepEqual(locateEvidence(claims, [thread(1, 'It hangs. It hangs.')]), [
      { threadId: 1, start: 0, end: 9, quote: 'It hangs.' },
    ]);
  });

  it('returns nothing but verbatim passages of customer threads, whatever a model answers', () => {
    fc.assert(
      fc.property(conversationArbitrary, ({ threads, claims }) => {
        for (const { threadId, start, end, quote } of locateEvidence(claims, threads)) {
          const quoted = threads.find((candidate) => candidate.threadId === threadId);
          assert.equal(quoted?.author, 'customer');
          assert.equal(quote, quoted.text.slice(start, end));
          assert.ok(
            quote.trim() !== '' && claims.some((claim) => claim.threadId === threadId && claim.quote.includes(quote)),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('loses no quote that is verbatim', () => {
    fc.assert(
      fc.property(conversationArbitrary, ({ threads, claims }) => {
        const [claim] = claims;
        if (claim === undefined || claim.quote.trim() === '') return;
        const text = threads.find(({ threadId, author }) => threadId === claim.threadId && author === 'customer')?.text;
        const found = locateEvidence([claim], threads).length;
        assert.equal(found, text?.includes(claim.quote.trim()) ? 1 : 0);
      }),
    );
  });
});
