import assert from 'node:assert/strict';
import {
  type MessagesApiServer,
  type MessagesRequest,
  type Reply,
  startMessagesApiServer,
} from '../support/messages-api-server.ts';
import { conversationIn, startPaidScans, usable } from '../support/paid-scan/paid-scan.ts';
import { until } from '../support/until.ts';

const CONVERSATIONS = 60;
/** The answer to this one is under way when the worker is killed. */
const IN_FLIGHT = 33;
const IN_BATCH = 24;

/** What becomes of an item of the batch, by its conversation; of all others there is an answer. */
const ITEMS: Readonly<Record<number, Reply>> = {
  1: { kind: 'expired' },
  2: { kind: 'canceled' },
  3: { kind: 'error', status: 529, type: 'overloaded_error' },
  4: { kind: 'error', status: 400, type: 'invalid_request_error' },
  5: { kind: 'noContent', stopReason: 'refusal' },
  6: { kind: 'text', text: '{"category":"bu', stopReason: 'max_tokens' },
  7: { kind: 'text', text: '{"verdict":"bug"}' },
};

/**
 * Real worker processes, killed with SIGKILL, and the real client for Claude against the local Messages API server.
 *
 * A call in flight is one that was sent and whose answer was not stored. When its worker is killed, nobody can know
 * whether it was carried out: it is sent again, and may be billed twice. There is one at a time for each scan, so that a
 * kill costs one call at most. Everything that was answered and stored before is never asked again.
 */
describe('a worker that is killed while answers are paid for', function () {
  this.timeout(300_000);
  let api: MessagesApiServer;
  let scans: Awaited<ReturnType<typeof startPaidScans>>;
  let singly: (request: MessagesRequest) => Reply = () => usable;
  let ending = false;
  before(async () => {
    api = await startMessagesApiServer({
      rule: (request) => (ending ? (ITEMS[conversationIn(request)] ?? usable) : singly(request)),
    });
    scans = await startPaidScans(api.baseURL);
  });
  after(async () => {
    await scans?.stop();
    await api?.close();
  });
  /** How often each conversation was asked about singly. */
  const timesAsked = () => {
    const times = new Map<number, number>();
    for (const { body } of api.requests) times.set(conversationIn(body), (times.get(conversationIn(body)) ?? 0) + 1);
    return times;
  };
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  const ledgerEqualsBill = async (organizationId: string, billed: MessagesApiServer['billed']) => {
    const { storage } = scans;
    const spent = await storage.costs.spentSince(organizationId, new Date(0));
    assert.equal(spent.calls, billed.length);
    assert.equal(spent.outputTokens, sum(billed.map(({ usage }) => usage.output_tokens)));
    const input = billed.map(
      ({ usage: { input_tokens, cache_creation_input_tokens, cache_read_input_tokens } }) =>
        input_tokens + cache_creation_input_tokens + cache_read_input_tokens,
    );
    assert.equal(spent.inputTokens, sum(input));
  };

  it('asks again what was in flight, and nothing else', async () => {
    let held = false;
    singly = (request) => {
      if (conversationIn(request) !== IN_FLIGHT || held) return usable;
      held = true;
      return { kind: 'silence' };
    };
    const worker = await scans.startWorker();
    const { organizationId, integrationId, ids, handle } = await scans.startScan(CONVERSATIONS, {});
    const result = handle.result();
    await until(() => held, { what: 'the call in flight', timeoutMs: 100_000 });
    const before = timesAsked();
    assert.ok(before.size > 25, `${before.size} asked before`);
    await scans.kill(worker);
    const next = await scans.startWorker();
    assert.equal((await result).classified, CONVERSATIONS);
    await scans.kill(next);

    for (const [id, times] of timesAsked()) assert.equal(times, id === IN_FLIGHT ? 2 : 1, `conversation ${id}`);
    assert.equal(timesAsked().size, CONVERSATIONS);
    assert.equal((await scans.storage.insights.getMany(organizationId, integrationId, ids)).length, CONVERSATIONS);
    await ledgerEqualsBill(organizationId, api.billed);
  });

  it('hands a batch in once, and each of its items comes to its own', async () => {
    api.requests.length = 0;
    api.billed.length = 0;
    singly = () => usable;
    const first = await scans.startWorker();
    // The batch is made, and its worker killed before it could note the answer.
    api.script({ kind: 'silence' });
    const { organizationId, integrationId, ids, handle } = await scans.startScan(IN_BATCH, { batches: true });
    await until(() => api.batchIds().length === 1, { what: 'the hand-in', timeoutMs: 100_000 });
    await scans.kill(first);
    const second = await scans.startWorker();
    const { storage } = scans;
    const [messageBatchId = ''] = api.batchIds();
    const isNoted = async () => (await storage.messageBatches.byId(organizationId, messageBatchId)) !== null;
    await until(isNoted, { what: 'the note of the batch', timeoutMs: 100_000 });
    await scans.kill(second);
    const third = await scans.startWorker();
    ending = true;
    api.endBatch(messageBatchId);
    ending = false;
    assert.equal((await handle.result()).classified, IN_BATCH);
    await scans.kill(third);

    assert.deepEqual(api.batchIds(), [messageBatchId]);
    const batch = await storage.messageBatches.byId(organizationId, messageBatchId);
    assert.deepEqual(batch?.outcomes, {
      ...{ classified: 17, expired: 1, canceled: 1, errored: 2, refused: 1, truncated: 1, malformed: 1 },
    });
    // Not answered: asked from the beginning. Cut off, or of another shape: the second try only. Refused: never again.
    const asked = [...timesAsked()].sort(([a], [b]) => a - b);
    assert.deepEqual(
      asked,
      [1, 2, 3, 4, 6, 7].map((id) => [id, 1]),
    );
    const roomOf = (id: number) => api.requests.find(({ body }) => conversationIn(body) === id)?.body.max_tokens ?? 0;
    assert.ok(roomOf(6) > roomOf(7));
    const insights = await storage.insights.getMany(organizationId, integrationId, ids);
    const refused = insights.filter(({ outcome }) => outcome !== 'classified');
    assert.deepEqual(
      refused.map(({ conversationId, outcome }) => [conversationId, outcome]),
      [[5, 'refused']],
    );
    assert.equal(insights.length, IN_BATCH);
    await ledgerEqualsBill(organizationId, api.billed);
  });
});
