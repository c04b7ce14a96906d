import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bodyText, sentences } from '../../src/classify/sentences.ts';

const quotes = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences of a message', () => {
  it('leave out greeting, sign-off, signature and quoted history', () => {
    const text = [
      'Hi there,',
      '',
      'The export hangs. It did not yesterday!',
      '',
      'Kind regards,',
      'Anna Berg',
      'Operations, Fjord AS',
      'On Mon, 2 Mar 2026 at 10:01, Support wrote:',
      '> Please try again',
    ].join('\n');
    assert.deepEqual(quotes(text), ['The export hangs.', 'It did not yesterday!']);
    assert.equal(bodyText(text), 'The export hangs.\nIt did not yesterday!');
  });

  it('keep what follows a greeting or precedes thanks on the same line', () => {
    assert.deepEqual(quotes('Hello team, how do I add a seat? Thanks!'), ['how do I add a seat?']);
  });

  it('keep a message that opens with thanks and goes on', () => {
    assert.deepEqual(quotes('Thanks for the fix.\nNow the import fails instead.'), ['Now the import fails instead.']);
    assert.match(bodyText('Thank you!\nThe import fails now.'), /import fails/);
  });

  it('leave out courtesies but not what is asked politely', () => {
    const text =
      'Hope you are well. The export hangs. Please let me know how to restart it. Looking forward to your answer.';
    assert.deepEqual(quotes(text), ['The export hangs.', 'Please let me know how to restart it.']);
  });

  it('keep a mark inside a word', () => {
    assert.deepEqual(quotes('The docs say to use ?page=2 for that. It fails.'), [
      'The docs say to use ?page=2 for that.',
      'It fails.',
    ]);
  });

  it('keep another question after thanks in the middle', () => {
    const text = 'That worked.\nThanks!\nOne more thing: how do I add a seat?\nCheers\nTom';
    assert.deepEqual(quotes(text), ['That worked.', 'One more thing: how do I add a seat?']);
  });

  it('are passages of the text, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        let last = 0;
        for (const { start, end } of sentences(text)) {
          assert.ok(start >= last && end > start && end <= text.length);
          assert.equal(text.slice(start, end), text.slice(start, end).trim());
          last = end;
        }
      }),
    );
  });
});
