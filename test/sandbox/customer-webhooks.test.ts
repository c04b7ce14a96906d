import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, startReceiver, stopAll, until } from './support.ts';

const EVENTS = ['customer.created', 'customer.updated', 'customer.deleted', 'satisfaction.ratings'];

/** A client of a sandbox that tells a receiver of customers and ratings; `told` answers the next `count` deliveries. */
async function startWithReceiver(webhook: object = {}) {
  const sandbox = await start({ corpus: corpusOf(1, [{ id: 1, text: 'a', customerEmail: 'lin@client.example' }]) });
  const client = await inboxClient(sandbox);
  const receiver = await startReceiver(200);
  const subscription = { url: receiver.url, events: EVENTS, secret: 's', ...webhook };
  assert.equal((await client.call('POST', '/v2/webhooks', subscription)).status, 201);
  async function told(count: number) {
    await until(() => receiver.received.length >= count, `${count} deliveries`);
    return receiver.received
      .splice(0)
      .map(({ headers, body }) => ({ event: headers['x-helpscout-event'], body: JSON.parse(body) }));
  }
  return { sandbox, client, told };
}

describe('sandbox: webhooks of customers', () => {
  afterEach(stopAll);

  it('tells of a created, a changed and a deleted customer', async () => {
    const { client, told } = await startWithReceiver();
    const made = await client.call('POST', '/v2/customers', {
      firstName: 'Vera',
      emails: [{ type: 'work', value: 'vera@client.example' }],
    });
    const path = `/v2/customers/${made.headers.get('resource-id')}`;
    assert.deepEqual(await told(1), [{ event: 'customer.created', body: await client.get(path) }]);

    const changes = [
      () => client.call('PUT', path, { firstName: 'Vera', lastName: 'Moss' }),
      () => client.call('PATCH', path, [{ op: 'replace', path: '/jobTitle', value: 'Boss' }]),
      () => client.call('POST', `${path}/phones`, { type: 'work', value: '555-0100' }),
      () => client.call('POST', `${path}/address`, { city: 'Accra' }),
      () => client.call('PATCH', `${path}/properties`, [{ op: 'replace', path: '/plan', value: 'Pro' }]),
    ];
    for (const change of changes) {
      assert.ok((await change()).ok);
      assert.deepEqual(await told(1), [{ event: 'customer.updated', body: await client.get(path) }]);
    }
    const id = Number(path.split('/').at(-1));
    await client.call('DELETE', path);
    assert.deepEqual(await told(1), [{ event: 'customer.deleted', body: { id } }]);
  });

  it('tells nothing of a refused change', async () => {
    const { client, told } = await startWithReceiver();
    await client.call('POST', '/v2/customers', { gender: 'x' });
    await client.call('PATCH', '/v2/customers/88001', [{ op: 'remove', path: '/emails' }]);
    await client.call('PATCH', '/v2/customers/88001', [{ op: 'replace', path: '/jobTitle', value: 'Boss' }]);
    assert.deepEqual(
      (await told(1)).map(({ event }) => event),
      ['customer.updated'],
    );
  });

  it('tells of the customer that a new conversation makes, whatever mailboxes the webhook is limited to', async () => {
    const { sandbox, client, told } = await startWithReceiver({ mailboxIds: [999] });
    const write = (customerEmail: string) =>
      control(sandbox, 'POST', '/conversations', { subject: 's', text: 't', customerEmail });
    await write('LIN@client.example');
    const { conversationId } = await write('kim.ito@client.example');
    const [{ event, body } = { event: '', body: {} }] = await told(1);
    assert.equal(event, 'customer.created');
    assert.deepEqual([body.firstName, body.lastName], ['Kim', 'Ito']);
    assert.equal(body._embedded.emails[0].value, 'kim.ito@client.example');
    assert.equal((await client.get(`/v2/conversations/${conversationId}`)).primaryCustomer.id, body.id);
  });

  it('gives a notification webhook only where to read the customer', async () => {
    const { sandbox, client, told } = await startWithReceiver({ notification: true });
    await client.call('PUT', '/v2/customers/88001', { firstName: 'Linda' });
    const url = `${sandbox.url}/v2/customers/88001`;
    assert.deepEqual(await told(1), [{ event: 'customer.updated', body: { url } }]);
  });

  it('shows a rating by its id and tells of it', async () => {
    const { sandbox, client, told } = await startWithReceiver();
    const { threadId } = await control(sandbox, 'POST', '/conversations/7001/messages', {
      type: 'message',
      text: 'Hi',
    });
    const { ratingId } = await control(sandbox, 'POST', '/ratings', {
      conversationId: 7001,
      threadId,
      rating: 'great',
      comments: 'Quick!',
    });
    const rating = await client.get(`/v2/ratings/${ratingId}`);
    assert.deepEqual(await told(1), [{ event: 'satisfaction.ratings', body: rating }]);
    const { createdAt, _links, ...rest } = rating;
    assert.match(createdAt, /Z$/);
    assert.equal(_links.self.href, `${sandbox.url}/v2/ratings/${ratingId}`);
    assert.deepEqual(rest, {
      id: ratingId,
      threadId,
      conversationId: 7001,
      conversationNumber: 1,
      rating: 'great',
      comments: 'Quick!',
      user: { id: 501, type: 'user', first: 'Ada', last: 'Moor', email: 'ada@sandbox.example' },
      customer: { id: 88_001, type: 'customer', first: 'Lin', last: '', email: 'lin@client.example' },
    });
    const { _embedded } = await client.get('/v2/conversations/7001/threads');
    const shown = _embedded.threads.map((thread: Record<string, unknown>) => [
      thread.type,
      thread.rating,
      thread.openedAt,
    ]);
    assert.deepEqual(shown, [
      ['message', { customerId: 88_001, rating: 'great', comments: 'Quick!' }, createdAt],
      ['customer', undefined, undefined],
    ]);
    assert.equal((await client.call('GET', '/v2/ratings/1')).status, 404);
    assert.equal((await client.call('GET', '/v2/ratings')).status, 404, 'there is no list');
  });
});
