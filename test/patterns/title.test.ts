import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addToCentroid, EMPTY_CENTROID } from '../../src/patterns/centroid.ts';
import { describe as describeText } from '../../src/patterns/signature.ts';
import { patternText, titleOf } from '../../src/patterns/title.ts';

describe('title', () => {
  it('takes no longer for texts made to be slow', () => {
    for (const piece of [' ', '.', 'hi ', 'thanks ', 'please help ', '-', '\n', 'hope you are ']) {
      const hostile = `hello${piece.repeat(100_000 / piece.length)}x`;
      const startedMs = performance.now();
      titleOf({ subject: hostile, text: hostile });
      assert.ok(performance.now() - startedMs < 2_000, JSON.stringify(piece));
    }
  });

  it('is the subject when that says what it is about, without reply marks', () => {
    assert.equal(
      titleOf({ subject: 'Re: FW: [Ticket 12] invoice export fails with timeout', text: 'Hi, see below.' }),
      'Invoice export fails with timeout',
    );
  });

  it('is a telling sentence when the subject is not', () => {
    const title = titleOf({
      subject: 'Help!!',
      text: 'Hello team,\n\nThe calendar widget duplicates recurring meetings. Can you look?\n\nBest,\nAnna',
    });
    assert.equal(title, 'The calendar widget duplicates recurring meetings');
  });

  it('is that of the message nearest to the centroid', () => {
    const messages = [
      { subject: 'Billing address typo', text: 'And the webhook retries forever.' },
      { subject: 'Webhook retries never stop', text: 'Webhook deliveries retry forever.' },
      { subject: 'Endless webhook retries', text: 'The webhook retries never stop.' },
    ];
    const centroid = messages.reduce(
      (sum, { subject, text }) => addToCentroid(sum, describeText(`${subject}\n${text}`)),
      EMPTY_CENTROID,
    );
    assert.match(patternText(centroid, messages).title, /webhook retries/i);
  });

  it('is never empty and never longer than 90 characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.lorem({ maxCount: 40 }), (subject, text) => {
        const title = titleOf({ subject, text });
        assert.ok(title.length > 0 && title.length <= 90);
      }),
    );
    assert.equal(titleOf({ subject: '', text: ' ' }), 'No text');
  });
});
