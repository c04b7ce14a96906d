import assert from 'node:assert/strict';
import fc from 'fast-check';
import { highlight } from '../../src/ui/highlight.ts';
import { ConversationPage, renderPage } from '../../src/ui/index.ts';
import { elementsOf } from './markup.ts';
import { conversationPage, INSIGHT } from './samples.ts';

const TEXT = 'abcdefghij';
const marked = (spans: [number, number][], text = TEXT) =>
  highlight(
    text,
    spans.map(([start, end]) => ({ start, end })),
  )
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

describe('highlight', () => {
  it('marks spans at the start, in the middle and at the end', () => {
    assert.equal(
      marked([
        [0, 2],
        [4, 6],
        [8, 10],
      ]),
      '[ab]cd[ef]gh[ij]',
    );
  });

  it('marks the whole text, and nothing of an empty one', () => {
    assert.equal(marked([[0, 10]]), '[abcdefghij]');
    assert.equal(marked([[0, 3]], ''), '');
  });

  it('merges spans that overlap, nest or touch, in whatever order they come', () => {
    assert.equal(
      marked([
        [3, 7],
        [1, 5],
      ]),
      'a[bcdefg]hij',
    );
    assert.equal(
      marked([
        [1, 8],
        [3, 4],
      ]),
      'a[bcdefgh]ij',
    );
    assert.equal(
      marked([
        [1, 3],
        [3, 5],
      ]),
      'a[bcde]fghij',
    );
  });

  it('clamps what reaches outside and drops what is empty', () => {
    assert.equal(
      marked([
        [8, 99],
        [4, 4],
        [40, 50],
      ]),
      'abcdefgh[ij]',
    );
  });

  it('never changes the text, and marks exactly the characters that some span covers', () => {
    const span = fc.record({ start: fc.integer({ min: -2, max: 24 }), end: fc.integer({ min: -2, max: 24 }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(span, { maxLength: 6 }), (text, spans) => {
        const pieces = highlight(text, spans);
        assert.equal(pieces.map((piece) => piece.text).join(''), text);
        const covered = pieces.flatMap((piece) => Array.from({ length: piece.text.length }, () => piece.marked));
        covered.forEach((isMarked, at) => {
          assert.equal(
            isMarked,
            spans.some(({ start, end }) => start <= at && at < end),
          );
        });
      }),
    );
  });

  it('keeps HTML characters as text in the page', () => {
    const base = conversationPage();
    const [first] = base.conversation.threads;
    assert.ok(first);
    const text = 'Use <b>bold</b> & "quotes" here';
    const quote = '<b>bold</b> & "quotes"';
    const start = text.indexOf(quote);
    const page = conversationPage({
      conversation: { ...base.conversation, threads: [{ ...first, text }] },
      insight: { ...INSIGHT, evidence: [{ threadId: first.threadId, start, end: start + quote.length, quote }] },
    });
    const elements = elementsOf(renderPage(ConversationPage(page)));
    assert.deepEqual(
      elements.filter(({ name }) => name === 'mark').map((mark) => mark.text),
      [quote],
    );
    assert.equal(elements.find(({ attributes }) => attributes.class === 'thread-text')?.text, text);
    assert.equal(elements.filter(({ name }) => name === 'b').length, 0);
  });
});
