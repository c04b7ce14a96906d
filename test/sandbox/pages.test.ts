import assert from 'node:assert/strict';
import { control, corpusOf, inboxClient, start, startReceiver, stopAll, until } from './support.ts';

describe('sandbox: pages', () => {
  afterEach(stopAll);

  it('lists conversations with search and pages, and says that this is the sandbox', async () => {
    const sandbox = await start({ corpus: corpusOf(65, [{ id: 1, text: 'A zebra in the <b>export</b>' }]) });
    const page = async (query: string) => (await fetch(`${sandbox.url}/${query}`)).text();
    const first = await page('');
    assert.match(first, /Help Scout sandbox/);
    assert.match(first, /Page 1 of 3/);
    assert.match(await page('?page=3'), /\/conversation\/7001\/1"/);
    const found = await page('?search=ZEBRA');
    assert.match(found, /A zebra in the &lt;b>export&lt;\/b>/);
    assert.equal(found.includes('7002'), false);
    assert.match(await page('?search=%22%3E%3Cscript%3E'), /Nothing found/);
    assert.equal((await page('?search=%22%3E%3Cscript%3E')).includes('<script>'), false);
  });

  it('lets a person write as the customer, which reaches the webhooks', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(200);
    const client = await inboxClient(sandbox);
    const events = ['convo.customer.reply.created', 'convo.created'];
    await client.call('POST', '/v2/webhooks', { url: receiver.url, events, secret: 's' });
    const path = '/conversation/7001/1';
    const html = await (await fetch(`${sandbox.url}${path}`)).text();
    assert.match(html, /<form method="post" action="\/conversation\/7001\/1"/);
    const sent = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ text: 'One\r\n<i>two</i>' }),
      redirect: 'manual',
    });
    assert.equal(sent.status, 303);
    assert.equal(sent.headers.get('location'), path);
    assert.match(await (await fetch(`${sandbox.url}${path}`)).text(), /One\n&lt;i>two&lt;\/i>/);
    await until(() => receiver.received.length === 1, 'the delivery');
    assert.equal(receiver.received[0]?.headers['x-helpscout-event'], 'convo.customer.reply.created');

    const created = await fetch(`${sandbox.url}/conversations`, {
      method: 'POST',
      body: new URLSearchParams({
        mailboxId: '310',
        customerEmail: 'kim@client.example',
        subject: 'New',
        text: 'Hello',
      }),
      redirect: 'manual',
    });
    assert.equal(created.headers.get('location'), '/conversation/7004/4');
    await until(() => receiver.received.length === 2, 'the second delivery');
    assert.equal((await control(sandbox, 'GET', '/conversations')).length, 4);
  });

  it('refuses empty forms and unknown conversations', async () => {
    const sandbox = await start();
    const post = (path: string) =>
      fetch(`${sandbox.url}${path}`, { method: 'POST', body: new URLSearchParams({ text: ' ' }) });
    assert.equal((await post('/conversation/7001/1')).status, 400);
    assert.equal((await post('/conversations')).status, 400);
    assert.equal((await post('/conversation/1/1')).status, 404);
    assert.equal((await fetch(`${sandbox.url}/conversation/7001`)).status, 200);
    assert.equal((await fetch(`${sandbox.url}/nowhere`)).status, 404);
  });
});
