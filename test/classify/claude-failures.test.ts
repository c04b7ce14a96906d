import assert from 'node:assert/strict';
import type { Classification } from '../../src/classify/classifier.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { OUTPUT_LIMITS } from '../../src/classify/claude-request.ts';
import { ClassifierError } from '../../src/classify/errors/classifier-error.ts';
import { ClassifierOverloaded } from '../../src/classify/errors/classifier-overloaded.ts';
import { ClassifierRateLimited } from '../../src/classify/errors/classifier-rate-limited.ts';
import { ClassifierRejected } from '../../src/classify/errors/classifier-rejected.ts';
import { ClassifierUnauthorized } from '../../src/classify/errors/classifier-unauthorized.ts';
import { ClassifierUnavailable } from '../../src/classify/errors/classifier-unavailable.ts';
import { ClassifierUnreachable } from '../../src/classify/errors/classifier-unreachable.ts';
import { retryRuleOf } from '../../src/classify/retry-rules.ts';
import {
  internalError,
  type MessagesApiServer,
  overloaded,
  type Reply,
  rateLimited,
  startMessagesApiServer,
} from '../support/messages-api-server.ts';
import { API_KEY, answer, SECRET_TEXT } from './bug-answer.ts';
import { conversation } from './conversations.ts';

const cut: Reply = { kind: 'text', text: '{"category":"bu', stopReason: 'max_tokens' };
const prose: Reply = { kind: 'text', text: 'It is a bug.' };

describe('failures of the Claude classifier', () => {
  let server: MessagesApiServer;

  beforeEach(async () => {
    server = await startMessagesApiServer({ apiKey: API_KEY, rule: () => ({ kind: 'answer', value: answer }) });
  });

  afterEach(() => server.close());

  const classify = (more: { apiKey?: string; timeoutMs?: number; after?: Classification } = {}) =>
    createClaudeClassifier({ apiKey: API_KEY, baseURL: server.baseURL, model: 'claude-test-1', ...more }).classify(
      conversation(SECRET_TEXT),
      { after: more.after },
    );

  /** The error of one call; it must not give away the key, the conversation or what the server said. */
  const errorWith = async (more: Parameters<typeof classify>[0], ...replies: Reply[]): Promise<ClassifierError> => {
    server.script(...replies);
    const error: unknown = await classify(more).then(
      () => assert.fail('It was classified'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ClassifierError);
    const everything = `${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`;
    for (const secret of [API_KEY, 'Larsen', 'Something about']) assert.ok(!everything.includes(secret));
    return error;
  };

  /** Each outcome, what it is after the same reply twice, and how often was asked. */
  const outcomes: [string, Reply, Classification['kind'], asked: number][] = [
    ['a refusal', { kind: 'noContent', stopReason: 'refusal' }, 'refused', 1],
    [
      'a refusal in the middle of an answer',
      { kind: 'text', text: JSON.stringify(answer), stopReason: 'refusal' },
      'refused',
      1,
    ],
    ['no content', { kind: 'noContent' }, 'empty', 1],
    ['only white space', { kind: 'text', text: ' \n' }, 'empty', 1],
    ['an answer cut at the limit', cut, 'truncated', 2],
    ['text that is not JSON', prose, 'malformed', 2],
    ['an unknown category', { kind: 'answer', value: { ...answer, category: 'spam' } }, 'malformed', 2],
    ['a missing field', { kind: 'answer', value: { category: 'bug' } }, 'malformed', 2],
    ['a body that is no message', { kind: 'body', body: '{"ok":true}' }, 'malformed', 2],
  ];
  for (const [what, reply, kind, asked] of outcomes) {
    it(`calls ${what} "${kind}" after asking ${asked === 1 ? 'once' : 'twice'}`, async () => {
      server.script(reply, reply, reply);
      const result = await classify();
      assert.equal(result.kind, kind);
      assert.equal(server.requests.length, asked);
      assert.ok(!JSON.stringify({ ...result, rawAnswer: '' }).includes('Larsen'), 'only the raw answer holds text');
    });
  }

  it('gives an answer that was cut a larger limit, once', async () => {
    server.script(cut);
    assert.equal((await classify()).kind, 'classified');
    assert.deepEqual(
      server.requests.map(({ body }) => body.max_tokens),
      [OUTPUT_LIMITS.first, OUTPUT_LIMITS.larger],
    );
  });

  it('asks as before when the answer had another shape, and counts the tokens of both', async () => {
    server.script(prose);
    const result = await classify();
    assert.equal(result.kind, 'classified');
    assert.equal(server.requests[1]?.body.max_tokens, OUTPUT_LIMITS.first);
    assert.deepEqual(server.requests[0]?.body, server.requests[1]?.body);
    const paid = server.billed.reduce((sum, { usage }) => sum + usage.output_tokens, 0);
    assert.equal(result.tokens?.outputTokens, paid);
  });

  it('says with the error of a second try what the first had used', async () => {
    const error = await errorWith({}, cut, overloaded());
    assert.equal(error.spent?.outputTokens, server.billed[0]?.usage.output_tokens);
    assert.equal((await errorWith({}, overloaded())).spent, null);
  });

  it('goes on after an outcome of a batch: one try of its own, without the tokens that were noted there', async () => {
    server.script(cut, cut);
    const first = await classify();
    server.requests.length = 0;
    const second = await classify({ after: first });
    assert.equal(second.kind, 'classified');
    assert.equal(server.requests[0]?.body.max_tokens, OUTPUT_LIMITS.larger);
    assert.equal(server.requests.length, 1);
    assert.equal(second.tokens?.outputTokens, server.billed.at(-1)?.usage.output_tokens);
    server.script({ kind: 'noContent', stopReason: 'refusal' });
    const refused = await classify();
    assert.equal(await classify({ after: refused }), refused);
  });

  it('throws ClassifierRateLimited (429) with the wait the server asked for', async () => {
    const inSeconds = await errorWith({}, rateLimited({ 'retry-after': '17' }));
    assert.ok(inSeconds instanceof ClassifierRateLimited);
    assert.equal(inSeconds.retryAfterMs, 17_000);
    assert.deepEqual(retryRuleOf(inSeconds), { again: 'until answered', waitMs: 17_000 });
    assert.equal(inSeconds.requestId, 'req_1');
    const unsaid = await errorWith({}, rateLimited());
    assert.ok(unsaid instanceof ClassifierRateLimited && unsaid.retryAfterMs === null);
    assert.deepEqual(retryRuleOf(unsaid), { again: 'until answered', waitMs: 60_000 });
    const past = await errorWith({}, rateLimited({ 'retry-after': 'Mon, 02 Mar 2020 09:00:00 GMT' }));
    assert.ok(past instanceof ClassifierRateLimited && past.retryAfterMs === 0);
    assert.equal(server.requests.length, 3, 'it does not ask again by itself');
  });

  it('tells an overload (529), an error of the provider (500) and a lost connection apart', async () => {
    const overload = await errorWith({}, overloaded());
    assert.ok(overload instanceof ClassifierOverloaded);
    assert.deepEqual(retryRuleOf(overload), { again: 'until answered', waitMs: 30_000 });
    const failure = await errorWith({}, internalError());
    assert.equal(failure.constructor, ClassifierUnavailable);
    assert.deepEqual(retryRuleOf(failure), { again: 'until answered', waitMs: 2_000 });
    for (const reply of [{ kind: 'dropped' }, { kind: 'silence' }, { kind: 'body', body: '<html>' }] as const) {
      const lost = await errorWith({ timeoutMs: 300 }, reply);
      assert.ok(lost instanceof ClassifierUnreachable, reply.kind);
      assert.deepEqual(retryRuleOf(lost), { again: 'until answered', waitMs: 2_000 });
    }
    assert.equal(server.requests.length, 5, 'each once');
  });

  it('throws ClassifierUnreachable when nobody listens', async () => {
    await server.close();
    assert.ok((await errorWith({})) instanceof ClassifierUnreachable);
    server = await startMessagesApiServer();
  });

  it('leaves a wrong key, one without access, and an unknown model to a person', async () => {
    const wrong = await errorWith({ apiKey: 'another-key' });
    const barred = await errorWith({}, { kind: 'error', status: 403, type: 'permission_error' });
    const unknown = await errorWith({}, { kind: 'error', status: 404, type: 'not_found_error' });
    assert.ok(wrong instanceof ClassifierUnauthorized && barred instanceof ClassifierUnauthorized);
    assert.ok(unknown instanceof ClassifierRejected);
    for (const error of [wrong, barred, unknown]) assert.deepEqual(retryRuleOf(error), { again: 'by a person' });
  });
});
