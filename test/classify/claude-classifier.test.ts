import assert from 'node:assert/strict';
import type { Classification } from '../../src/classify/classifier.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import type { ClaudeOptions } from '../../src/classify/claude-client.ts';
import { type MessagesApiServer, type Reply, startMessagesApiServer } from '../support/messages-api-server.ts';
import { API_KEY, answer, SECRET_TEXT } from './bug-answer.ts';
import { conversation, taxonomyOf, thread } from './conversations.ts';

describe('the Claude classifier', () => {
  let server: MessagesApiServer;

  beforeEach(async () => {
    server = await startMessagesApiServer({ apiKey: API_KEY, rule: () => ({ kind: 'answer', value: answer }) });
  });

  afterEach(() => server.close());

  const classifier = (more: Partial<ClaudeOptions> = {}) =>
    createClaudeClassifier({ apiKey: API_KEY, baseURL: server.baseURL, model: 'claude-test-1', ...more });

  const classifyWith = async (reply: Reply): Promise<Classification> => {
    server.script(reply);
    return classifier().classify(conversation(SECRET_TEXT));
  };

  it('returns what Claude answers, with quotes as places in the threads', async () => {
    const result = await classifier().classify(
      conversation([thread(5, 'Hello!', 'agent'), thread(1, `Hi. ${SECRET_TEXT}`)]),
    );
    assert.equal(result.kind, 'classified');
    assert.deepEqual(
      { ...result, tokens: null, requestId: null, rawAnswer: '' },
      {
        ...answer,
        kind: 'classified',
        evidence: [{ threadId: 1, start: 4, end: 4 + SECRET_TEXT.length, quote: SECRET_TEXT }],
        documentation: null,
        further: [],
        tokens: null,
        requestId: null,
        rawAnswer: '',
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
      const { tokens: usage } = await subject.classify(conversation(text, { taxonomy: taxonomyOf(...productAreas) }));
      assert.ok(usage !== null && usage.inputTokens > usage.cachedInputTokens && usage.outputTokens > 0);
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
    const input = conversation(SECRET_TEXT, { taxonomy: taxonomyOf('Exports') });
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

  it('stops when the caller gives up', async () => {
    server.script({ kind: 'silence' });
    const controller = new AbortController();
    const pending = classifier().classify(conversation(SECRET_TEXT), { signal: controller.signal });
    controller.abort(new Error('given up'));
    await assert.rejects(pending, /given up/);
  });

  it('keeps several issues apart, each with a quote of its own, and drops those without one', async () => {
    const wish = { ...answer, category: 'feature', summary: 'They want dark mode.', severity: 'low' };
    const further = [
      { ...wish, evidence: [{ threadId: 3, quote: 'Please add a dark mode.' }] },
      { ...wish, evidence: [{ threadId: 1, quote: SECRET_TEXT }] },
      { ...wish, evidence: [{ threadId: 2, quote: 'And a calendar, please.' }] },
      { ...wish, evidence: [] },
    ];
    server.script({ kind: 'answer', value: { ...answer, further } });
    const result = await classifier().classify(
      conversation([
        thread(1, SECRET_TEXT),
        thread(2, 'And a calendar, please.', 'agent'),
        thread(3, 'Please add a dark mode.'),
      ]),
    );
    assert.ok(result.kind === 'classified');
    assert.deepEqual(
      result.further.map(({ category, severity, evidence }) => [category, severity, evidence[0]?.threadId]),
      [['feature', null, 3]],
    );
  });

  it('names the article of a documentation need only out of the passages given', async () => {
    const docsExcerpts = [
      { articleId: 'a-7', title: 'Exports', url: 'https://docs.example.com/exports', text: 'Choose Export.' },
      { articleId: 'a-8', title: 'Imports', url: 'https://docs.example.com/imports', text: 'Choose Import.' },
    ];
    const needs = ['d2', 'a-7', 'd9', null].map((articleId) => ({
      ...answer,
      category: 'documentation',
      documentation: { problem: 'wrong', articleId },
    }));
    server.script(...needs.map((value) => ({ kind: 'answer' as const, value })));
    const found: unknown[] = [];
    for (const _ of needs) {
      const result = await classifier().classify(conversation(SECRET_TEXT, { docsExcerpts }));
      found.push(result.kind === 'classified' && [result.documentation?.problem, result.documentation?.article?.title]);
    }
    assert.deepEqual(found, [
      ['wrong', 'Imports'],
      ['wrong', 'Exports'],
      ['wrong', undefined],
      ['wrong', undefined],
    ]);
    server.script({ kind: 'answer', value: { ...answer, documentation: { problem: 'wrong', articleId: 'd1' } } });
    const bug = await classifier().classify(conversation(SECRET_TEXT, { docsExcerpts }));
    assert.equal(bug.kind === 'classified' && bug.documentation, null);
  });

  it('sends private notes only when told to, and never quotes them', async () => {
    const input = conversation([thread(1, SECRET_TEXT), thread(2, 'Larsen owes us money.', 'note')]);
    await classifier().classify(input);
    server.script({
      kind: 'answer',
      value: { ...answer, evidence: [{ threadId: 2, quote: 'Larsen owes us money.' }] },
    });
    const result = await classifier({ includeNotes: true }).classify(input);
    const [without, with_] = server.requests.map(({ body }) => JSON.stringify(body).includes('owes us'));
    assert.deepEqual([without, with_], [false, true]);
    assert.deepEqual(result.kind === 'classified' && result.evidence, []);
  });

  const settings: [model: string, effort: string | undefined, temperature: number | undefined][] = [
    ['claude-opus-4-5-20251101', 'low', 0.2],
    ['claude-opus-4-8', 'low', undefined],
    ['claude-sonnet-4-6', 'low', 0.2],
    ['claude-haiku-4-5-20251001', undefined, 0.2],
    ['claude-haiku-5-5', 'low', undefined],
    ['claude-sonnet-5', 'low', undefined],
    ['claude-of-tomorrow', 'low', undefined],
  ];
  for (const [model, effort, temperature] of settings) {
    it(`sends ${model} ${effort ? 'an' : 'no'} effort and ${temperature ? 'a' : 'no'} temperature`, async () => {
      const subject = classifier({ model, effort: 'low', temperature: 0.2 });
      await subject.classify(conversation(SECRET_TEXT));
      const body = server.requests[0]?.body;
      assert.deepEqual([body?.output_config?.effort, body?.temperature], [effort, temperature]);
      assert.deepEqual([subject.effort, subject.temperature], [effort ?? null, temperature ?? null]);
    });
  }

  it('keeps the id of the request and counts what went to and came from the cache', async () => {
    const subject = classifier();
    const [first, second] = [await subject.classify(conversation('A.')), await subject.classify(conversation('B.'))];
    assert.deepEqual([first.requestId, second.requestId], ['req_1', 'req_2']);
    assert.ok(first.tokens && second.tokens);
    assert.ok(first.tokens.cacheWriteTokens > 1_024 && first.tokens.cachedInputTokens === 0);
    assert.equal(second.tokens.cachedInputTokens, first.tokens.cacheWriteTokens);
    assert.equal(second.tokens.cacheWriteTokens, 0);
  });
});
