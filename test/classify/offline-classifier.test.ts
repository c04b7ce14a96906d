import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Classified, ClassifyInput } from '../../src/classify/classifier.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import type { Category } from '../../src/domain/category.ts';
import { conversation, taxonomyOf, thread } from './conversations.ts';

const classifier = createOfflineClassifier(loadWeights());

async function classified(input: ClassifyInput): Promise<Classified> {
  const result = await classifier.classify(input);
  assert.ok(result.kind === 'classified');
  return result;
}

describe('the offline classifier', () => {
  const voices: [string, Category][] = [
    ['Hello,\n\nour stock report has crashed three times today with an error about memory.\n\nBest,\nJo', 'bug'],
    ['The newsletter preview is broken since your last update, it only shows a white page.', 'bug'],
    ['It would be great to have a way to pin a message. Please add that!', 'feature'],
    ['Could you add support for passkeys? Our security people would love it.', 'feature'],
    ['The guide says to press Publish, but the screenshots are outdated and there is no such button.', 'documentation'],
    ["I can't find in your docs how the nightly archive is configured.", 'documentation'],
    ['Your help article is outdated: it still describes the old editor.', 'documentation'],
    ['Hi! How do I change the card that we pay with?\n\nThanks\nMia', 'question'],
    ['What happens to my files when I cancel?', 'question'],
  ];
  for (const [text, category] of voices) {
    it(`hears ${category} in “${text.replace(/\s+/g, ' ').slice(0, 60)}”`, async () => {
      assert.equal((await classified(conversation(text))).category, category);
    });
  }

  it('judges by what customers wrote, not by the replies of agents', async () => {
    const question = thread(1, 'How do I invite a colleague?');
    const reply = thread(2, 'There was an error, a crash and a bug. It is broken and fails.', 'agent');
    const alone = await classified(conversation([question]));
    assert.deepEqual(await classified(conversation([question, reply])), alone);
  });

  it('quotes the customer sentences that speak for the category and sums up with the first of them', async () => {
    const text =
      'Hello team,\nwe are a bakery with two shops. The export crashes with an error every time.\nThanks, Ole';
    const result = await classified(conversation([thread(8, 'Noted.', 'agent'), thread(9, text)]));
    const sentence = 'The export crashes with an error every time.';
    const start = text.indexOf(sentence);
    assert.deepEqual(result.evidence[0], { threadId: 9, start, end: start + sentence.length, quote: sentence });
    assert.equal(result.summary, sentence);
  });

  it('cuts a long summary after a whole word', async () => {
    const { summary } = await classified(
      conversation(`The import fails with an error ${'when we try it again '.repeat(20)}.`),
    );
    assert.ok(summary.length <= 161);
    assert.match(summary, /^The import fails .*(?:when|we|try|it|again)…$/);
  });

  it('rates the severity of bugs, and of nothing else', async () => {
    const severity = async (text: string) => (await classified(conversation(text))).severity;
    assert.equal(
      await severity('Since the update the sync is broken and all our data was deleted, an error each time.'),
      'critical',
    );
    assert.equal(await severity('The app crashes with an error and I cannot log in any more.'), 'high');
    assert.equal(await severity('The total is broken and shows an error after saving.'), 'medium');
    assert.equal(await severity('Minor bug: the icon is broken and misaligned after the update.'), 'low');
    assert.equal(await severity('How do I change my password?'), null);
  });

  it('names the product area that is spoken of, or none', async () => {
    const productAreas = ['Billing and invoices', 'Mobile app', 'Reports'];
    const area = async (text: string) =>
      (await classified(conversation(text, { taxonomy: taxonomyOf(...productAreas) }))).productArea;
    assert.equal(await area('Your invoicing shows the wrong address on every invoice.'), 'Billing and invoices');
    assert.equal(await area('The app on my phone freezes.'), 'Mobile app');
    assert.equal(await area('How do I invite a colleague?'), null);
  });

  it('says "empty" when no customer wrote', async () => {
    assert.equal(
      (await classifier.classify(conversation([thread(1, 'Any news?', 'agent')], { subject: 'Hello' }))).kind,
      'empty',
    );
    assert.equal((await classifier.classify(conversation(' \n'))).kind, 'empty');
  });

  it('reads the subject of a customer who wrote nothing else', async () => {
    const result = await classified(conversation('', { subject: 'Export crashes with an error' }));
    assert.deepEqual([result.category, result.evidence, result.summary], ['bug', [], 'Export crashes with an error']);
  });

  it('quotes verbatim and stays between 0 and 1, whatever is written', async () => {
    const words = fc.constantFrom(
      'Hi,',
      'error',
      'please add',
      '?',
      '.\n',
      '> quoted',
      'Thanks',
      '--',
      '😀',
      'docs',
      'ﬁn',
      '\t',
    );
    const text = fc
      .array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 20 })
      .map((parts) => parts.join(' '));
    const threads = fc
      .array(fc.record({ text, agent: fc.boolean() }), { maxLength: 4 })
      .map((drawn) => drawn.map((one, index) => thread(index, one.text, one.agent ? 'agent' : 'customer')));
    await fc.assert(
      fc.asyncProperty(threads, text, async (given, subject) => {
        const result = await classifier.classify(conversation(given, { subject }));
        if (result.kind !== 'classified') return;
        assert.ok(result.confidence >= 0.25 && result.confidence <= 1 && result.summary.length <= 161);
        for (const { threadId, start, end, quote } of result.evidence) {
          assert.equal(given[threadId]?.author, 'customer');
          assert.equal(given[threadId]?.text.slice(start, end), quote);
          assert.notEqual(quote, '');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('classifies 2,000 conversations in a few seconds', async () => {
    const text = 'Hello,\nwhen I export the report of last month, the last rows are missing. It worked in May! '.repeat(
      6,
    );
    const before = process.cpuUsage();
    for (let n = 0; n < 2_000; n += 1)
      await classifier.classify(conversation(`${text} Order ${n}.`, { subject: `Export ${n}` }));
    const { user, system } = process.cpuUsage(before);
    assert.ok((user + system) / 1e6 < 10);
  });

  it('is not held up by a hostile message, and quotes the beginning of a text without end', async () => {
    const hostile = ['Thanks\n', 'please add ', 'lost all ', 'hi ', '? ', 'a', '> ', 'the docs ', '('].map((piece) =>
      piece.repeat(100_000),
    );
    const startedAt = performance.now();
    for (const text of hostile) {
      const result = await classifier.classify(conversation(text, { subject: text }));
      if (result.kind === 'classified') assert.ok(result.evidence.every(({ quote }) => quote.length <= 400));
    }
    assert.ok(performance.now() - startedAt < 3_000);
  });

  it('is named after its weights', () => {
    assert.equal(classifier.identity.kind, 'offline');
    assert.match(classifier.identity.model, /^n-grams [0-9a-f]{8}$/);
  });
});
