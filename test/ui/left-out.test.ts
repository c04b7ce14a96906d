import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Thread } from '../../src/domain/conversation.ts';
import { highlight, passages } from '../../src/ui/highlight.ts';
import { ConversationPage, renderPage } from '../../src/ui/index.ts';
import { elementsOf } from './markup.ts';
import { conversationPage, INSIGHT } from './samples.ts';

/** The page's elements inside of its only message, which has these fields. */
function messageOf(changes: Partial<Thread>, quote = '') {
  const base = conversationPage();
  const [first] = base.conversation.threads;
  assert.ok(first);
  const thread = { ...first, ...changes };
  const start = thread.text.indexOf(quote);
  const evidence = [{ threadId: thread.threadId, start, end: start + quote.length, quote }];
  const page = conversationPage({
    conversation: { ...base.conversation, threads: [thread] },
    insight: { ...INSIGHT, evidence: quote ? evidence : [] },
  });
  const elements = elementsOf(renderPage(ConversationPage(page)));
  const from = elements.findIndex(({ attributes }) => attributes.id === `thread-${thread.threadId}`);
  return elements.slice(
    from,
    elements.findIndex(({ attributes }, at) => at > from && attributes.class === 'aside'),
  );
}

describe('parts of a message that are left out', () => {
  it('are noted where they were, and evidence around them stays marked', () => {
    const elements = messageOf(
      {
        text: 'Firefox fails.\nPro.',
        removed: [
          { at: 0, kind: 'quote', characters: 312 },
          { at: 14, kind: 'hidden', characters: 1 },
          { at: 19, kind: 'signature', characters: 20 },
        ],
      },
      'fails.\nPro',
    );
    assert.deepEqual(
      elements.filter(({ name }) => name === 'p').map(({ text }) => text),
      [
        '312 characters of quoted history left out',
        'Firefox fails.',
        '1 character of hidden text left out',
        'Pro.',
        'Signature of 20 characters left out',
      ],
    );
    assert.deepEqual(
      elements.filter(({ name }) => name === 'mark').map(({ text }) => text),
      ['fails.', 'Pro'],
    );
  });

  it('never change the text, whatever the offsets are', () => {
    const part = fc.record({ at: fc.nat(30), kind: fc.constant('quote' as const), characters: fc.nat(9) });
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(part, { maxLength: 5 }), (text, parts) => {
        const removed = parts.sort((one, other) => one.at - other.at);
        const found = passages(highlight(text, [{ start: 3, end: 8 }]), removed);
        const shown = found.flatMap((passage) => (passage.kind === 'text' ? passage.pieces : []));
        assert.equal(shown.map((piece) => piece.text).join(''), text);
        assert.equal(found.filter(({ kind }) => kind === 'left-out').length, parts.length);
      }),
    );
  });

  it('are not mentioned where there are none', () => {
    assert.equal(messageOf({ text: 'All of it' }).filter(({ name }) => name === 'p').length, 1);
  });

  it('and attachments are named as text', () => {
    const attachments = [
      { name: '<b>a.png</b>', mimeType: 'image/png', size: 20_110 },
      { name: 'b.txt', mimeType: 'text/plain' },
    ];
    const elements = messageOf({ attachments });
    const named = elements.filter(({ name }) => name === 'p').at(-1);
    assert.equal(named?.text, 'Attachments, not read: <b>a.png</b> (20.1 kB), b.txt');
    assert.equal(elements.filter(({ name }) => name === 'b').length, 0);
  });
});
