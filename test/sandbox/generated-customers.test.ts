import assert from 'node:assert/strict';
import { corpusOf, inboxClient, start, stopAll } from './support.ts';

describe('sandbox: customers of a generated account', () => {
  afterEach(stopAll);

  it('lists them beside the others, and shows each as their conversations do', async () => {
    const sandbox = await start({ corpus: corpusOf(2), generatedConversations: 400 });
    const client = await inboxClient(sandbox);
    const { page, _embedded } = await client.get('/v2/customers');
    assert.equal(page.totalElements, 102);
    const [newest] = _embedded.customers;
    assert.deepEqual(await client.get(`/v2/customers/${newest.id}`), newest);
    const { primaryCustomer } = await client.get('/v2/conversations/7100');
    const customer = await client.get(`/v2/customers/${primaryCustomer.id}`);
    assert.equal(customer._embedded.emails[0].value, primaryCustomer.email);
    assert.ok(customer.conversationCount > 0);
    const found = await client.get(`/v3/customers?email=${encodeURIComponent(primaryCustomer.email)}`);
    assert.deepEqual(found._embedded.customers, [customer]);
  });

  it('keeps a changed one, finds them only by their new address, and gives others the next ids', async () => {
    const sandbox = await start({ corpus: corpusOf(2), generatedConversations: 400 });
    const client = await inboxClient(sandbox);
    const { primaryCustomer } = await client.get('/v2/conversations/7100');
    const path = `/v2/customers/${primaryCustomer.id}`;
    const [{ id: emailId }] = (await client.get(path))._embedded.emails;
    const operations = [
      { op: 'replace', path: '/firstName', value: 'Zoe' },
      { op: 'replace', path: `/emails/${emailId}/value`, value: 'zoe@new.example' },
    ];
    assert.equal((await client.call('PATCH', path, operations)).status, 204);
    const changed = (await client.get('/v2/conversations/7100')).primaryCustomer;
    assert.deepEqual([changed.first, changed.email], ['Zoe', 'zoe@new.example']);
    assert.equal((await client.get('/v2/customers')).page.totalElements, 102);
    const found = async (email: string) =>
      (await client.get(`/v3/customers?email=${encodeURIComponent(email)}`))._embedded?.customers.length ?? 0;
    assert.deepEqual([await found(primaryCustomer.email), await found('zoe@new.example')], [0, 1]);
    const again = await client.call('POST', '/v2/customers', {
      emails: [{ type: 'work', value: primaryCustomer.email }],
    });
    assert.equal(again.headers.get('resource-id'), '88003', 'the old address is free');
  });

  it('does not bring a deleted one back', async () => {
    const sandbox = await start({ corpus: corpusOf(2), generatedConversations: 400 });
    const client = await inboxClient(sandbox);
    const { primaryCustomer } = await client.get('/v2/conversations/7100');
    assert.equal((await client.call('DELETE', `/v2/customers/${primaryCustomer.id}`)).status, 204);
    assert.equal((await client.call('GET', `/v2/customers/${primaryCustomer.id}`)).status, 404);
    assert.equal((await client.call('GET', '/v2/conversations/7100')).status, 404);
    assert.equal((await client.get('/v2/customers')).page.totalElements, 101);
  });
});
