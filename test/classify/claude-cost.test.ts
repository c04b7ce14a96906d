import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClassifyInput } from '../../src/classify/classifier.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { claudeRequest } from '../../src/classify/claude-request.ts';
import { countTokens } from '../support/messages-api/prompt-cache.ts';
import { type MessagesApiServer, startMessagesApiServer } from '../support/messages-api-server.ts';
import { conversation, taxonomyOf, thread } from './conversations.ts';

/** Besides the conversation and the passages of help articles. */
const ALLOWANCE = 300;
const answer = { category: 'bug', confidence: 0.9, summary: 'S.', productArea: null, severity: null, evidence: [] };
const taxonomy = taxonomyOf('Exports', 'Billing');

const sentence = fc.constantFrom(
  'Since Monday the export stops after the first page.',
  'It says "error 7" and nothing else.',
  'Could somebody have a look, please?',
  '¿Pueden ayudarnos con la factura?',
  'エクスポートが動きません。',
  'See <b>Settings</b> > Export.',
);
const message = fc
  .array(fc.tuple(sentence, fc.constantFrom(' ', ' ', '\n', '\n\n')), { minLength: 1, maxLength: 25 })
  .map((parts) => parts.flat().join(''));
const longConversation = fc
  .record({
    subject: sentence,
    messages: fc.array(fc.tuple(message, fc.constantFrom('customer', 'agent', 'note')), {
      minLength: 1,
      maxLength: 60,
    }),
    passages: fc.array(message, { maxLength: 7 }),
  })
  .map(({ subject, messages, passages }) =>
    conversation(
      [
        thread(5_932_174_600, 'It fails.'),
        ...messages.map(([text, author], n) => thread(5_932_174_613 + n, text, author)),
      ],
      {
        subject,
        taxonomy,
        docsExcerpts: passages.map((text, n) => ({
          articleId: `65f0c0ffee65f0c0ffee65f${n}`,
          title: 'Help',
          url: '',
          text,
        })),
      },
    ),
  );

/** The texts themselves, by the server's rule. */
const textsOf = ({ subject, threads, docsExcerpts }: ClassifyInput) =>
  [subject, ...threads.map(({ text }) => text), ...docsExcerpts.flatMap(({ title, text }) => [title, text])].join('');

describe('what a call to Claude costs', () => {
  let server: MessagesApiServer;

  before(async () => {
    server = await startMessagesApiServer({ rule: () => ({ kind: 'answer', value: answer }) });
  });

  after(() => server.close());

  it('begins with the same bytes for every conversation of an organization, marked for the cache', () => {
    const settings = { model: 'claude-test-1' };
    const prefixOf = (input: ClassifyInput) => {
      const { messages, max_tokens, ...prefix } = claudeRequest(settings, input, 100);
      assert.equal(messages.length, 1);
      return Buffer.from(JSON.stringify(prefix));
    };
    const first = prefixOf(conversation('It fails.', { taxonomy }));
    assert.ok(first.includes('"cache_control":{"type":"ephemeral"}'));
    fc.assert(fc.property(longConversation, (input) => first.equals(prefixOf(input))));
    assert.ok(!first.equals(prefixOf(conversation('It fails.', { taxonomy: taxonomyOf('Exports') }))));
  });

  it(`reads at most ${ALLOWANCE} tokens besides conversation and passages that the cache does not serve`, async () => {
    const claude = createClaudeClassifier({
      apiKey: 'key-for-tests',
      baseURL: server.baseURL,
      model: 'claude-test-1',
      includeNotes: true,
    });
    await claude.classify(conversation('The first one fills the cache.', { taxonomy }));
    let most = 0;
    await fc.assert(
      fc.asyncProperty(longConversation, async (input) => {
        const { tokens } = await claude.classify(input);
        assert.ok(tokens && tokens.cacheWriteTokens === 0 && tokens.cachedInputTokens > 1_024);
        const besides = tokens.inputTokens - tokens.cachedInputTokens - countTokens(textsOf(input));
        most = Math.max(most, besides);
        assert.ok(besides <= ALLOWANCE, `${besides}`);
      }),
      { numRuns: 150 },
    );
    assert.ok(most > 0);
  });
});
