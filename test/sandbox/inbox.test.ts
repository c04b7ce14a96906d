import assert from 'node:assert/strict';
import { Parser } from 'htmlparser2';
import { control, corpusOf, inboxClient, start, stopAll } from './support.ts';

const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const ids = (document: { _embedded?: { conversations: { id: number }[] } }) =>
  (document._embedded?.conversations ?? []).map(({ id }) => id);

describe('sandbox: Inbox API', () => {
  afterEach(stopAll);

  it('refuses a missing, a bad and a wrongly typed token with the 401 envelope', async () => {
    const sandbox = await start();
    for (const authorization of ['', 'Bearer nope', 'Basic abc']) {
      const answer = await fetch(`${sandbox.url}/v2/users/me`, { headers: authorization ? { authorization } : {} });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('content-type'), 'application/vnd.error+json');
      const body = await answer.json();
      assert.match(body.logRef, /^[0-9a-f-]{36}$/);
      assert.deepEqual(body._embedded, { errors: [] });
      assert.ok(body._links.about.href);
    }
  });

  it('leaves the bodies of 401 and 404 out when that is switched, and no others', async () => {
    const sandbox = await start({ switches: { errors: { bodies: 'empty' } } });
    const unsigned = await fetch(`${sandbox.url}/v2/users/me`);
    assert.deepEqual([unsigned.status, await unsigned.text()], [401, '']);
    const client = await inboxClient(sandbox);
    const missing = await client.call('GET', '/v2/conversations/1');
    assert.deepEqual([missing.status, await missing.text()], [404, '']);
    const refused = await client.call('GET', '/v2/conversations?page=0');
    assert.equal((await refused.json())._embedded.errors[0].path, 'page');
  });

  it('tells who the token belongs to', async () => {
    const sandbox = await start();
    const me = await (await inboxClient(sandbox)).get('/v2/users/me');
    assert.equal(me.id, 501);
    assert.equal(me.type, 'user');
    assert.equal(typeof me.companyId, 'number');
    assert.match(me.createdAt, SECOND);
    assert.equal(me._links.self.href, `${sandbox.url}/v2/users/501`);
  });

  it('lists and gets the mailboxes that the corpus names', async () => {
    const sandbox = await start({
      corpus: corpusOf(3, [
        { id: 1, text: 'a' },
        { id: 2, text: 'b', mailbox: 'Billing' },
      ]),
    });
    const client = await inboxClient(sandbox);
    const list = await client.get('/v2/mailboxes');
    assert.deepEqual(
      list._embedded.mailboxes.map(({ id, name }: { id: number; name: string }) => [id, name]),
      [
        [310, 'Support'],
        [311, 'Billing'],
      ],
    );
    assert.deepEqual(list.page, { size: 50, totalElements: 2, totalPages: 1, number: 1 });
    assert.equal((await client.get('/v2/mailboxes/311')).name, 'Billing');
    assert.equal((await client.call('GET', '/v2/mailboxes/9')).status, 404);
  });

  it('pages conversations by 25 with links that repeat the filters', async () => {
    const sandbox = await start({ corpus: corpusOf(60) });
    const client = await inboxClient(sandbox);
    const second = await client.get('/v2/conversations?status=all&mailbox=310&page=2');
    assert.deepEqual(second.page, { size: 25, totalElements: 60, totalPages: 3, number: 2 });
    const base = `${sandbox.url}/v2/conversations?status=all&mailbox=310`;
    assert.deepEqual(second._links, {
      self: { href: `${base}&page=2` },
      first: { href: `${base}&page=1` },
      prev: { href: `${base}&page=1` },
      next: { href: `${base}&page=3` },
      last: { href: `${base}&page=3` },
      page: { href: `${base}{&page}`, templated: true },
    });
    const first = await client.get('/v2/conversations?size=50');
    assert.equal(first.page.size, 25);
    assert.equal('prev' in first._links, false);
    assert.equal(first._links.page.href, `${sandbox.url}/v2/conversations?size=50{&page}`);
    const last = await client.get('/v2/conversations?page=3');
    assert.equal('next' in last._links, false);
    assert.equal(ids(last).length, 10);
    assert.equal(ids(first)[0], 7060, 'newest created first');
  });

  it('answers an empty list, and a page past the end, without _embedded and with page number 0', async () => {
    const client = await inboxClient(await start());
    for (const query of ['status=spam', 'status=all&page=9']) {
      const empty = await client.get(`/v2/conversations?${query}`);
      assert.equal('_embedded' in empty, false);
      assert.deepEqual(empty.page, { size: 25, totalElements: 0, totalPages: 0, number: 0 });
    }
  });

  it('lists only active conversations unless asked for others', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await control(sandbox, 'POST', '/conversations/7002/messages', { type: 'message', text: 'Done', status: 'closed' });
    assert.deepEqual(ids(await client.get('/v2/conversations')), [7003, 7001]);
    assert.deepEqual(ids(await client.get('/v2/conversations?status=all')), [7003, 7002, 7001]);
    assert.deepEqual(ids(await client.get('/v2/conversations?status=closed')), [7002]);
    assert.deepEqual(ids(await client.get('/v2/conversations?status=open')), [7003, 7001]);
    const closed = await client.get('/v2/conversations/7002');
    assert.equal(closed.closedBy, 501);
    assert.match(closed.closedAt, SECOND);
    assert.equal(closed.assignee.id, 501);
  });

  it('filters by mailbox, number, tag and assignee', async () => {
    const sandbox = await start({
      corpus: corpusOf(4, [
        { id: 1, text: 'a', mailbox: 'Billing' },
        {
          id: 2,
          text: 'b',
          threads: [
            { type: 'customer', text: 'b' },
            { type: 'message', text: 'c', from: 'ben@sandbox.example' },
          ],
        },
      ]),
    });
    const created = await control(sandbox, 'POST', '/conversations', {
      subject: 's',
      text: 't',
      customerEmail: 'lin@client.example',
      tags: ['Export', 'vip'],
    });
    const client = await inboxClient(sandbox);
    const list = async (query: string) => ids(await client.get(`/v2/conversations?status=all&sortOrder=asc&${query}`));
    assert.deepEqual(await list('mailbox=310'), [7001, created.conversationId]);
    assert.deepEqual(await list('mailbox=310,311'), [7001, 7002, 7003, 7004, 7005]);
    assert.deepEqual(await list('number=3'), [7003]);
    assert.deepEqual(await list('tag=export,other'), [7005]);
    assert.deepEqual(await list('tag=other'), []);
    assert.deepEqual(await list('assigned_to=502'), [7002]);
  });

  it('sorts and filters by modification without showing it', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'customer', text: 'Any news?' });
    const sorted = await client.get('/v2/conversations?status=all&sortField=modifiedAt&sortOrder=asc');
    assert.deepEqual(ids(sorted), [7002, 7003, 7001]);
    assert.equal(JSON.stringify(sorted).includes('modifiedAt"'), false);
    const before = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, '');
    assert.deepEqual(ids(await client.get(`/v2/conversations?modifiedSince=${before}`)), [7001]);
    assert.deepEqual(ids(await client.get('/v2/conversations?sortField=number&sortOrder=asc')), [7001, 7002, 7003]);
  });

  it('refuses milliseconds, unknown values and broken expressions with 400', async () => {
    const client = await inboxClient(await start());
    const refused = [
      'modifiedSince=2026-01-01T00:00:00.000Z',
      'status=done',
      'sortField=x',
      'page=0',
      'embed=all',
      'query=(a',
    ];
    for (const query of refused)
      assert.equal((await client.call('GET', `/v2/conversations?${query}`)).status, 400, query);
    const body = await (await client.call('GET', '/v2/conversations?status=done')).json();
    const [error] = body._embedded.errors;
    assert.equal(error.path, 'status');
    assert.equal(error.rejectedValue, 'done');
    assert.match(error.message, /^Expected one of these: 'active', 'all'/);
    assert.match(error._links.about.href, /#EnumValue$/);
  });

  it('shows a conversation with its links, and its threads only when asked', async () => {
    const sandbox = await start({
      corpus: corpusOf(1, [
        {
          id: 'x',
          text: 'Export fails',
          customerEmail: 'lin.osei@client.example',
          createdAt: '2026-03-01T09:30:00.500+01:00',
          threads: [
            { type: 'customer', text: 'Export fails' },
            { type: 'note', text: 'look at logs' },
            { type: 'message', text: 'Fixed', createdAt: '2026-03-02T11:00:00Z' },
            { type: 'customer', text: 'Not for me', createdAt: '2026-03-03T11:00:00Z' },
          ],
        },
      ]),
    });
    const client = await inboxClient(sandbox);
    const plain = await client.get('/v2/conversations/7001');
    assert.equal(plain.number, 1);
    assert.equal(plain.threads, 3, 'notes are not counted');
    assert.equal(plain.subject, 'Export fails');
    assert.equal(plain.createdAt, '2026-03-01T08:30:00Z');
    assert.deepEqual(plain.primaryCustomer, {
      id: 88001,
      type: 'customer',
      first: 'Lin',
      last: 'Osei',
      email: 'lin.osei@client.example',
    });
    assert.equal(plain.customerWaitingSince.time, '2026-03-03T11:00:00Z');
    assert.equal(plain.userUpdatedAt, '2026-03-03T11:00:00Z');
    assert.equal(plain.status, 'active');
    assert.equal(plain.closedBy, 0);
    assert.deepEqual(plain._embedded, { threads: [] });
    assert.equal(plain._links.web.href, `${sandbox.url}/conversation/7001/1`);
    assert.equal((await fetch(plain._links.web.href)).status, 200);
    const threadsAnswer = await client.call('GET', plain._links.threads.href.slice(sandbox.url.length));
    assert.equal(threadsAnswer.status, 200, 'the threads link ends with a slash');

    const embedded = await client.get('/v2/conversations/7001?embed=threads');
    assert.deepEqual(
      embedded._embedded.threads.map(({ type }: { type: string }) => type),
      ['customer', 'message', 'note', 'customer'],
    );
    const [listed] = (await client.get('/v2/conversations?embed=threads'))._embedded.conversations;
    assert.deepEqual(listed._embedded.threads, embedded._embedded.threads);
    assert.equal((await client.call('GET', '/v2/conversations/1')).status, 404);
    assert.equal((await client.call('GET', '/v2/conversations/abc')).status, 404);
  });

  it('lists threads newest first, 25 a page', async () => {
    const threads = Array.from({ length: 30 }, (_, index) => ({ type: 'customer' as const, text: `m${index + 1}` }));
    const sandbox = await start({ corpus: corpusOf(1, [{ id: 1, text: 'm1', threads }]) });
    const client = await inboxClient(sandbox);
    const first = await client.get('/v2/conversations/7001/threads');
    assert.deepEqual(first.page, { size: 25, totalElements: 30, totalPages: 2, number: 1 });
    assert.equal(first._embedded.threads[0].body, 'm30');
    const second = await client.get('/v2/conversations/7001/threads?page=2');
    assert.equal(second._embedded.threads.length, 5);
    const oldest = second._embedded.threads.at(-1);
    assert.equal(oldest.id, 990001);
    assert.equal(oldest.type, 'customer');
    assert.equal(oldest.state, 'published');
    assert.equal(oldest.createdBy.type, 'customer');
    assert.match(oldest.createdAt, SECOND);
    assert.deepEqual(oldest._embedded, { attachments: [] });
    assert.equal((await client.call('GET', '/v2/conversations/1/threads')).status, 404);
  });

  it('sends a text as HTML from which length and offsets come back', async () => {
    const texts = [
      '  Hi,\n\n  the <b>export</b> & "import"  fail\twith\ttabs \n trailing  ',
      'a\r\nb &amp; c &nbsp; d',
      ' ',
      '\n',
      'Ünï 😀  cödé <script>alert(1)</script>',
      'one two',
    ];
    const sandbox = await start({
      corpus: corpusOf(
        texts.length,
        texts.map((text, id) => ({ id, text })),
      ),
    });
    const client = await inboxClient(sandbox);
    for (const [index, text] of texts.entries()) {
      const { _embedded } = await client.get(`/v2/conversations/${7001 + index}/threads`);
      const read = plainText(_embedded.threads[0].body);
      assert.equal(read.length, text.length);
      assert.equal(read, text.replace(/[\t\r]/g, ' '));
    }
    const { _embedded } = await client.get('/v2/conversations/7006/threads');
    assert.equal(_embedded.threads[0].body, 'one two', 'a single space stays a space');
  });

  it('answers 404 for unknown paths and 415 or 400 for bodies that are not JSON', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    assert.equal((await client.call('GET', '/v2/nothing/here')).status, 404);
    const post = (contentType: string, body: string) =>
      fetch(`${sandbox.url}/v2/webhooks`, {
        method: 'POST',
        headers: { ...client.headers, 'content-type': contentType },
        body,
      });
    assert.equal((await post('text/plain', 'hello')).status, 415);
    const broken = await post('application/json', '{"url":');
    assert.equal(broken.status, 400);
    assert.equal((await broken.json()).message, 'Error parsing request body into JSON');
  });
});

/** What a reader of thread bodies does: line breaks for `<br>`, spaces for `&nbsp;`. */
function plainText(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
    onopentag: (name) => {
      assert.equal(name, 'br');
      text += '\n';
    },
  });
  parser.end(html);
  return text.replaceAll('\u00a0', ' ');
}
