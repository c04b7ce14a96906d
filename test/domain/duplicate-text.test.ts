import assert from 'node:assert/strict';
import fc from 'fast-check';
import { duplicateText, normalizedText } from '../../src/domain/duplicate-text.ts';

const submission = {
  formId: 'form-1',
  customerEmail: 'kim@client.example',
  subject: 'Export',
  message: 'The export fails.',
  answers: [{ label: 'Order', value: '17' }],
};
const text = fc.string({ unit: 'binary' });

describe('text of a suspected duplicate', () => {
  it('is the same whatever case, spaces and line breaks', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(' ', '\n', '\r\n', '\t', '\u00a0', '\u3000'), (words, space) => {
        const plain = normalizedText(words);
        assert.equal(normalizedText(`${space}${words}${space}`), plain);
        assert.equal(normalizedText(words.replaceAll(' ', space + space)), plain);
      }),
    );
    assert.equal(normalizedText('The\u200b EXPORT\r\n\r\n fails.'), 'the export fails.');
    assert.equal(normalizedText('cafe\u0301 ﬁne'), normalizedText('CAFÉ FINE'));
  });

  it('changes nothing more when it is applied twice', () => {
    fc.assert(fc.property(text, (words) => assert.equal(normalizedText(normalizedText(words)), normalizedText(words))));
  });

  it('keeps letters, digits and marks: what says something else is something else', () => {
    for (const [a, b] of [
      ['version 1.5', 'version 15'],
      ['naïve', 'naive'],
      ['ab c', 'a bc'],
      ['👍', '👎'],
    ] as const) {
      assert.notEqual(normalizedText(a), normalizedText(b));
    }
  });

  it('tells forms, customers and answers apart', () => {
    const base = duplicateText(submission);
    assert.equal(
      duplicateText({ ...submission, customerEmail: ' KIM@client.example', message: 'the  export FAILS.' }),
      base,
    );
    for (const other of [
      { formId: 'form-2' },
      { formId: null },
      { customerEmail: 'ada@client.example' },
      { subject: 'Import' },
      { message: 'The import fails.' },
      { answers: [{ label: 'Order', value: '18' }] },
    ]) {
      assert.notEqual(duplicateText({ ...submission, ...other }), base);
    }
  });

  it('cannot be made equal by moving words from one part to the next', () => {
    fc.assert(
      fc.property(text, text, text, text, (subject, message, otherSubject, otherMessage) => {
        const same =
          normalizedText(subject) === normalizedText(otherSubject) &&
          normalizedText(message) === normalizedText(otherMessage);
        const one = duplicateText({ ...submission, subject, message });
        const other = duplicateText({ ...submission, subject: otherSubject, message: otherMessage });
        assert.equal(one === other, same);
      }),
    );
  });
});
