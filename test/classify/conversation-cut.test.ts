import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutConversation } from '../../src/classify/conversation-cut.ts';
import { thread } from './conversations.ts';

const ids = (cut: ReturnType<typeof cutConversation>) => cut.threads.map(({ threadId }) => threadId);

describe('cutting a conversation', () => {
  it('changes nothing that fits', () => {
    const cut = cutConversation([thread(1, 'a'), thread(2, 'b', 'agent'), thread(3, 'c')], 100);
    assert.deepEqual(ids(cut), [1, 2, 3]);
    assert.equal(cut.omittedThreads, 0);
  });

  it('keeps the first and the last customer thread, then the densest, then agents, then notes', () => {
    const log = 'at run (main.js:10) '.repeat(15);
    const telling = 'Since the update on Monday every second invoice shows the address of another client. '.repeat(2);
    const threads = [
      thread(1, 'First words.'),
      thread(2, telling),
      thread(3, log),
      thread(4, 'ok thanks'),
      thread(5, 'We will look.', 'agent'),
      thread(6, 'A private word.', 'note'),
      thread(7, 'Last words.'),
    ];
    assert.deepEqual(ids(cutConversation(threads, 210)), [1, 2, 4, 7]);
    assert.deepEqual(ids(cutConversation(threads, 10_000, 3)), [1, 2, 7]);
    assert.deepEqual(ids(cutConversation(threads, 10_000, 6)), [1, 2, 3, 4, 5, 7]);
  });

  it('takes the newer of customer threads that are equally dense', () => {
    const threads = [
      thread(1, 'x'.repeat(30)),
      thread(2, 'x'.repeat(30), 'agent'),
      thread(3, 'x'.repeat(30)),
      thread(4, 'x'.repeat(30)),
      thread(5, 'x'.repeat(30)),
    ];
    const cut = cutConversation(threads, 100);
    assert.deepEqual(ids(cut), [1, 4, 5]);
    assert.equal(cut.omittedThreads, 2);
  });

  it('shortens two long ends to half of the budget each, and never tears a character', () => {
    const cut = cutConversation([thread(1, '😀'.repeat(50)), thread(2, 'y'.repeat(100))], 42);
    assert.deepEqual(
      cut.threads.map(({ text }) => text),
      ['😀'.repeat(10), 'y'.repeat(22)],
    );
  });

  it('leaves to one end what the other does not need', () => {
    const cut = cutConversation([thread(1, 'x'.repeat(90)), thread(2, 'y'.repeat(20))], 100);
    assert.deepEqual(
      cut.threads.map(({ text }) => text.length),
      [80, 20],
    );
  });

  it('stays within the budget and keeps the order and beginnings of texts', () => {
    const threads = fc
      .array(fc.record({ text: fc.string({ maxLength: 80 }), agent: fc.boolean() }), { maxLength: 12 })
      .map((drawn) => drawn.map(({ text, agent }, index) => thread(index, text, agent ? 'agent' : 'customer')));
    fc.assert(
      fc.property(threads, fc.integer({ min: 2, max: 200 }), (given, budget) => {
        const cut = cutConversation(given, budget);
        assert.ok(cut.threads.reduce((sum, { text }) => sum + text.length, 0) <= budget);
        assert.deepEqual(
          ids(cut),
          ids(cut).toSorted((left, right) => left - right),
        );
        assert.ok(cut.threads.every(({ threadId, text }) => given[threadId]?.text.startsWith(text)));
        assert.equal(cut.threads.length + cut.omittedThreads, given.length);
      }),
    );
  });
});
