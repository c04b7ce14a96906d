import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, startReceiver, stopAll, until } from './support.ts';

const LIST = '/v2/conversations?status=all&sortField=createdAt&sortOrder=asc';

describe('sandbox: page drift', () => {
  afterEach(stopAll);

  interface Change {
    event: string;
    conversationId: number;
  }
  /** The conversations that changes of the journal name, by the kind of change. */
  async function drifted(sandbox: Awaited<ReturnType<typeof start>>): Promise<[string, number][]> {
    const changes: Change[] = await control(sandbox, 'GET', '/journal?kind=change');
    return changes
      .filter(({ event }) => /^(conversation|thread)/.test(event))
      .map(({ event, conversationId }) => [event, conversationId]);
  }

  it('changes nothing until it is switched on', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await client.get(LIST);
    assert.deepEqual(await drifted(sandbox), []);
  });

  it('writes after a page was served, before the next one', async () => {
    const sandbox = await start({ corpus: corpusOf(60) });
    const client = await inboxClient(sandbox);
    await control(sandbox, 'PATCH', '/switches', { pageDrift: { probability: 1, kinds: ['new'] } });
    assert.equal((await client.get(LIST)).page.totalElements, 60);
    assert.equal((await client.get(`${LIST}&page=2`)).page.totalElements, 61);
    await control(sandbox, 'PATCH', '/switches', { pageDrift: { probability: 1, kinds: ['deleted'] } });
    assert.equal((await client.get(`${LIST}&page=3`)).page.totalElements, 62);
    assert.equal((await client.get(`${LIST}&page=3`)).page.totalElements, 61);
    await control(sandbox, 'PATCH', '/switches', { pageDrift: null });
    assert.equal((await client.get(`${LIST}&page=3`)).page.totalElements, 60);
    assert.equal((await client.get(`${LIST}&page=3`)).page.totalElements, 60);
    assert.deepEqual(
      (await drifted(sandbox)).map(([event]) => event),
      ['conversationCreated', 'conversationCreated', 'conversationDeleted', 'conversationDeleted'],
    );
  });

  it('drifts the same way for the same seed, and tells the webhooks', async () => {
    const run = async (seed: number) => {
      const sandbox = await start({ corpus: corpusOf(60), now: () => Date.parse('2026-03-01T12:00:00Z') });
      const receiver = await startReceiver(200);
      const client = await inboxClient(sandbox);
      const events = ['convo.created', 'convo.customer.reply.created', 'convo.deleted'];
      await client.call('POST', '/v2/webhooks', { url: receiver.url, events, secret: 's' });
      const pageDrift = { probability: 0.5, seed, kinds: ['new', 'changed', 'deleted'] };
      await control(sandbox, 'PATCH', '/switches', { pageDrift });
      for (let page = 1; page <= 20; page += 1) await client.get(LIST);
      const changes = await drifted(sandbox);
      await until(() => receiver.received.length === changes.length, 'every change was told');
      return changes;
    };
    const first = await run(5);
    assert.ok(first.length > 4 && first.length < 16, `${first.length} of 20`);
    assert.equal(new Set(first.map(([event]) => event)).size, 3, 'all three kinds');
    assert.deepEqual(await run(5), first);
    assert.notDeepEqual(await run(6), first);
  });
});
