import assert from 'node:assert/strict';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { ClassifierError } from '../../src/classify/errors/classifier-error.ts';
import { ClassifierRateLimited } from '../../src/classify/errors/classifier-rate-limited.ts';
import { type BatchInput, type BatchItem, createMessageBatches } from '../../src/classify/message-batches.ts';
import {
  internalError,
  type MessagesApiServer,
  rateLimited,
  startMessagesApiServer,
} from '../support/messages-api-server.ts';
import { conversation } from './conversations.ts';

const answer = { category: 'bug', confidence: 0.9, summary: 'S.', productArea: null, severity: null, evidence: [] };
const inputsOf = (count: number): BatchInput[] =>
  Array.from({ length: count }, (_, index) => ({ customId: `c-${index}`, input: conversation(`It fails ${index}.`) }));

describe('message batches', () => {
  let server: MessagesApiServer;

  beforeEach(async () => {
    server = await startMessagesApiServer({ rule: () => ({ kind: 'answer', value: answer }) });
  });

  afterEach(() => server.close());

  const options = () => ({ apiKey: 'key-for-tests', baseURL: server.baseURL, model: 'claude-test-1' });
  const batches = () => createMessageBatches(options());
  const all = async (items: AsyncIterable<BatchItem>) => {
    const found = new Map<string, BatchItem['outcome']>();
    for await (const { customId, outcome } of items) found.set(customId, outcome);
    return found;
  };

  it('run until they end, then give each conversation its own answer, in whatever order they come', async () => {
    const inputs = inputsOf(3);
    const { batchId } = await batches().submit(inputs);
    assert.equal(await batches().poll(batchId), 'running');
    server.endBatch(batchId);
    assert.equal(await batches().poll(batchId), 'ended');
    const found = await all(batches().results(batchId, inputs));
    assert.deepEqual([...found.keys()], ['c-2', 'c-1', 'c-0']);
    assert.ok([...found.values()].every((outcome) => outcome.kind === 'classified' && outcome.requestId !== null));
    const noted = [...found.values()].map((outcome) => ('tokens' in outcome ? outcome.tokens?.inputTokens : 0) ?? 0);
    const billed = server.billed.map(({ usage }) => usage);
    assert.equal(
      noted.reduce((sum, tokens) => sum + tokens, 0),
      billed.reduce(
        (sum, usage) => sum + usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens,
        0,
      ),
    );
  });

  it('let single items fail alone, each in its own way', async () => {
    const inputs = inputsOf(8);
    const { batchId } = await batches().submit(inputs);
    server.script(
      { kind: 'answer', value: answer },
      { kind: 'expired' },
      { kind: 'canceled' },
      internalError(),
      { kind: 'error', status: 400, type: 'invalid_request_error' },
      { kind: 'noContent', stopReason: 'refusal' },
      { kind: 'text', text: '{"cat', stopReason: 'max_tokens' },
      { kind: 'text', text: 'A bug.' },
    );
    server.endBatch(batchId);
    const found = await all(batches().results(batchId, inputs));
    const kinds = inputs.map(({ customId }) => {
      const outcome = found.get(customId);
      return outcome?.kind === 'errored' ? [outcome.kind, outcome.again] : outcome?.kind;
    });
    assert.deepEqual(kinds, [
      'classified',
      'expired',
      'canceled',
      ['errored', true],
      ['errored', false],
      'refused',
      'truncated',
      'malformed',
    ]);
    assert.equal(server.billed.length, 4);
  });

  it('leave the second try of a cut answer to the classifier', async () => {
    const inputs = inputsOf(1);
    const { batchId } = await batches().submit(inputs);
    server.script({ kind: 'text', text: '{"cat', stopReason: 'max_tokens' });
    server.endBatch(batchId);
    const outcome = (await all(batches().results(batchId, inputs))).get('c-0');
    assert.ok(outcome?.kind === 'truncated' && inputs[0]);
    const again = await createClaudeClassifier(options()).classify(inputs[0].input, { after: outcome });
    assert.equal(again.kind, 'classified');
    assert.equal(server.requests.length, 1);
  });

  it('can be cancelled: what was done stays, the rest says so', async () => {
    const inputs = inputsOf(4);
    const { batchId } = await batches().submit(inputs);
    await batches().cancel(batchId);
    assert.equal(await batches().poll(batchId), 'running');
    server.endBatch(batchId);
    const kinds = [...(await all(batches().results(batchId, inputs))).values()].map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['canceled', 'canceled', 'classified', 'classified']);
  });

  it('can be read again from the start after the connection was lost in the middle', async () => {
    const inputs = inputsOf(6);
    const { batchId } = await batches().submit(inputs);
    server.endBatch(batchId);
    server.dropNextResults();
    await assert.rejects(all(batches().results(batchId, inputs)), ClassifierError);
    assert.equal((await all(batches().results(batchId, inputs))).size, 6);
    assert.equal(server.billed.length, 6);
  });

  it('are not asked about conversations without a customer’s words, and account for every conversation', async () => {
    const inputs = [...inputsOf(1), { customId: 'silent', input: conversation(' ') }];
    const { batchId } = await batches().submit(inputs);
    server.endBatch(batchId);
    const found = await all(
      batches().results(batchId, [...inputs, { customId: 'later', input: conversation('New.') }]),
    );
    assert.deepEqual(
      [...found].map(([customId, { kind }]) => `${customId} ${kind}`),
      ['silent empty', 'c-0 classified', 'later errored'],
    );
  });

  it('are found again when a worker was lost while it handed one in', async () => {
    const since = new Date();
    const lost = inputsOf(3);
    const other = await batches().submit([{ customId: 'other', input: conversation('Another.') }]);
    const theirs = await batches().submit(lost.map(({ input }, index) => ({ customId: `theirs-${index}`, input })));
    server.script({ kind: 'dropped' });
    await assert.rejects(batches().submit(lost), ClassifierError);
    const found = await batches().find(lost, { since });
    assert.deepEqual(found, { batchId: 'msgbatch_3' });
    server.endBatch('msgbatch_3');
    server.endBatch(theirs.batchId);
    assert.deepEqual(await batches().find(lost, { since }), { batchId: 'msgbatch_3' });
    assert.equal(await batches().find(lost, { since, known: ['msgbatch_3', theirs.batchId] }), null);
    assert.equal(await batches().find(inputsOf(2), { since }), null);
    assert.equal(await batches().find(lost, { since: new Date(Date.now() + 60_000) }), null);
    assert.notEqual(other.batchId, found?.batchId);
  });

  it('throw by meaning when they cannot be handed in, and stop when the caller gives up', async () => {
    server.script(rateLimited({ 'retry-after': '3' }));
    await assert.rejects(
      batches().submit(inputsOf(1)),
      (error) => error instanceof ClassifierRateLimited && error.retryAfterMs === 3_000,
    );
    await assert.rejects(batches().poll('msgbatch_99'), ClassifierError);
    await assert.rejects(
      batches().submit(inputsOf(1), { signal: AbortSignal.abort(new Error('given up')) }),
      /given up/,
    );
  });
});
