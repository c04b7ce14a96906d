import assert from 'node:assert/strict';
import type { Classification } from '../../src/classify/classifier.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { ClassifierError } from '../../src/classify/errors/classifier-error.ts';
import { ClassifierRateLimited } from '../../src/classify/errors/classifier-rate-limited.ts';
import { ClassifierRejected } from '../../src/classify/errors/classifier-rejected.ts';
import { ClassifierUnauthorized } from '../../src/classify/errors/classifier-unauthorized.ts';
import { ClassifierUnavailable } from '../../src/classify/errors/classifier-unavailable.ts';
import {
  internalError,
  type MessagesApiServer,
  overloaded,
  type Reply,
  rateLimited,
  startMessagesApiServer,
} from '../support/messages-api-server.ts';
import { conversation, thread } from './conversations.ts';

const API_KEY = 'key-for-tests';
const SECRET_TEXT = 'My export of the Larsen estate hangs.';

const answer = {
  category: 'bug',
  confidence: 0.9,
  summary: 'The export hangs.',
  productArea: null,
  severity: 'high',
  evidence: [{ threadId: 1, quote: SECRET_TEXT }],
};

describe('the Claude classifier', () => {
  let server: MessagesApiServer;

  beforeEach(async () => {
    server = await startMessagesApiServer({ apiKey: API_KEY, rule: () => ({ kind: 'answer', value: answer }) });
  });

  afterEach(() => server.close());

  const classifier = (more: { apiKey?: string; timeoutMs?: number; model?: string } = {}) =>
    createClaudeClassifier({ apiKey: API_KEY, baseURL: server.baseURL, model: 'claude-test-1', ...more });

  const classifyWith = async (reply: Reply): Promise<Classification> => {
    server.script(reply);
    return classifier().classify(conversation(SECRET_TEXT));
  };

  /** The error of one call; it must not give away the key, the conversation or what the server said. */
  const errorWith = async (
    reply: Reply | null,
    more: { apiKey?: string; timeoutMs?: number } = {},
  ): Promise<ClassifierError> => {
    if (reply !== null) server.script(reply);
    const error: unknown = await classifier(more)
      .classify(conversation(SECRET_TEXT))
      .then(
        () => assert.fail('It was classified'),
        (reason: unknown) => reason,
      );
    assert.ok(error instanceof ClassifierError);
    const everything = `${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`;
    for (const secret of [API_KEY, 'Larsen', 'Something about']) assert.ok(!everything.includes(secret));
    return error;
  };

  it('returns what Claude answers, with quotes as places in the threads', async () => {
    const result = await classifier().classify(
      conversation([thread(5, 'Hello!', 'agent'), thread(1, `Hi. ${SECRET_TEXT}`)]),
    );
    assert.equal(result.kind, 'classified');
    assert.deepEqual(
      { ...result, usage: undefined },
      {
        ...answer,
        kind: 'classified',
        evidence: [{ threadId: 1, start: 4, end: 4 + SECRET_TEXT.length, quote: SECRET_TEXT }],
        usage: undefined,
      },
    );
  });

  it('asks once, without tools, for an answer held to the schema, with the configured model', async () => {
    await classifier({ model: 'claude-test-2' }).classify(conversation(SECRET_TEXT));
    assert.equal(server.requests.length, 1);
    const body = server.requests[0]?.body;
    assert.equal(body?.model, 'claude-test-2');
    assert.equal(body.output_config?.format.type, 'json_schema');
    assert.equal(body.output_config.format.schema.additionalProperties, false);
    assert.ok(!('tools' in body));
    assert.equal(classifier({ model: 'claude-test-2' }).identity.model, 'claude-test-2');
  });

  it('reads the stable prefix from the cache the second time, and only of the same organization', async () => {
    const subject = classifier();
    const cached = async (text: string, productAreas: string[]) => {
      const { usage } = await subject.classify(conversation(text, { productAreas }));
      assert.ok(usage !== undefined && usage.inputTokens > usage.cachedInputTokens && usage.outputTokens > 0);
      return usage.cachedInputTokens;
    };
    assert.equal(await cached('It hangs.', ['Exports']), 0);
    assert.ok((await cached('Something else.', ['Exports'])) > 500);
    assert.equal(await cached('Something else.', ['Billing']), 0);
  });

  it('puts text of the conversation into the user message only', async () => {
    await classifier().classify(conversation(SECRET_TEXT, { subject: 'Estate' }));
    const body = server.requests[0]?.body;
    assert.ok(!JSON.stringify(body?.system).includes('Larsen') && !JSON.stringify(body?.system).includes('Estate'));
    assert.ok(JSON.stringify(body?.messages).includes('Larsen'));
  });

  it('drops invented quotes, clamps confidence, and knows only the given product areas', async () => {
    const odd = { ...answer, confidence: 7, productArea: 'exports', evidence: [{ threadId: 1, quote: 'I am angry.' }] };
    server.script(
      { kind: 'answer', value: odd },
      { kind: 'answer', value: { ...odd, confidence: -1, productArea: 'Nonsense' } },
    );
    const input = conversation(SECRET_TEXT, { productAreas: ['Exports'] });
    const first = await classifier().classify(input);
    const second = await classifier().classify(input);
    assert.ok(first.kind === 'classified' && second.kind === 'classified');
    assert.deepEqual([first.confidence, first.productArea, first.evidence], [1, 'Exports', []]);
    assert.deepEqual([second.confidence, second.productArea], [0, null]);
  });

  it('gives a severity to bugs only', async () => {
    const result = await classifyWith({ kind: 'answer', value: { ...answer, category: 'question' } });
    assert.equal(result.kind === 'classified' && result.severity, null);
  });

  it('asks nothing when no customer wrote any text', async () => {
    const result = await classifier().classify(conversation([thread(1, ' '), thread(2, 'Any news?', 'agent')]));
    assert.equal(result.kind, 'empty');
    assert.equal(server.requests.length, 0);
  });

  const outcomes: [string, Reply, Classification['kind']][] = [
    ['a refusal', { kind: 'noContent', stopReason: 'refusal' }, 'refused'],
    [
      'a refusal in the middle of an answer',
      { kind: 'text', text: JSON.stringify(answer), stopReason: 'refusal' },
      'refused',
    ],
    ['an answer cut at the limit', { kind: 'text', text: '{"category":"bu', stopReason: 'max_tokens' }, 'truncated'],
    ['no content', { kind: 'noContent' }, 'empty'],
    ['only white space', { kind: 'text', text: ' \n' }, 'empty'],
    ['text that is not JSON', { kind: 'text', text: 'It is a bug.' }, 'malformed'],
    ['an unknown category', { kind: 'answer', value: { ...answer, category: 'spam' } }, 'malformed'],
    ['a missing field', { kind: 'answer', value: { category: 'bug' } }, 'malformed'],
    ['a body that is no message', { kind: 'body', body: '{"ok":true}' }, 'malformed'],
  ];
  for (const [what, reply, kind] of outcomes) {
    it(`calls ${what} "${kind}"`, async () => {
      const result = await classifyWith(reply);
      assert.equal(result.kind, kind);
      assert.ok(!JSON.stringify(result).includes('Larsen'));
    });
  }

  it('throws ClassifierRateLimited with the wait the server asked for', async () => {
    const inSeconds = await errorWith(rateLimited({ 'retry-after': '17' }));
    assert.ok(inSeconds instanceof ClassifierRateLimited);
    assert.equal(inSeconds.retryAfterMs, 17_000);
    assert.equal(inSeconds.requestId, 'req_test');
    const unsaid = await errorWith(rateLimited());
    assert.ok(unsaid instanceof ClassifierRateLimited && unsaid.retryAfterMs === null);
    const past = await errorWith(rateLimited({ 'retry-after': 'Mon, 02 Mar 2020 09:00:00 GMT' }));
    assert.ok(past instanceof ClassifierRateLimited && past.retryAfterMs === 0);
    assert.equal(server.requests.length, 3, 'it does not ask again by itself');
  });

  it('throws ClassifierUnavailable when overloaded, failing, cut off, silent or unintelligible', async () => {
    const replies: Reply[] = [
      overloaded(),
      internalError(),
      { kind: 'dropped' },
      { kind: 'silence' },
      { kind: 'body', body: '<html>' },
    ];
    for (const reply of replies) {
      assert.ok((await errorWith(reply, { timeoutMs: 300 })) instanceof ClassifierUnavailable);
    }
    assert.equal(server.requests.length, replies.length);
  });

  it('throws ClassifierUnavailable when nobody listens', async () => {
    await server.close();
    assert.ok((await errorWith(null)) instanceof ClassifierUnavailable);
    server = await startMessagesApiServer();
  });

  it('throws ClassifierUnauthorized for a wrong key or one without access', async () => {
    assert.ok((await errorWith(null, { apiKey: 'another-key' })) instanceof ClassifierUnauthorized);
    assert.ok(
      (await errorWith({ kind: 'error', status: 403, type: 'permission_error' })) instanceof ClassifierUnauthorized,
    );
  });

  it('throws ClassifierRejected for an unknown model', async () => {
    assert.ok((await errorWith({ kind: 'error', status: 404, type: 'not_found_error' })) instanceof ClassifierRejected);
  });

  it('stops when the caller gives up', async () => {
    server.script({ kind: 'silence' });
    const controller = new AbortController();
    const pending = classifier().classify(conversation(SECRET_TEXT), { signal: controller.signal });
    controller.abort(new Error('given up'));
    await assert.rejects(pending, /given up/);
  });
});
