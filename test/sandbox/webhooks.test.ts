import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phpJson, signatureOf } from '../../src/sandbox/deliveries/signature.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { control, corpusOf, inboxClient, NO_ANSWER, start, startReceiver, stopAll, until } from './support.ts';

const SECRET = 'sandbox-secret-0001';
type Client = Awaited<ReturnType<typeof inboxClient>>;

async function subscribe(client: Client, url: string, events: string[], more: object = {}): Promise<string> {
  const answer = await client.call('POST', '/v2/webhooks', { url, events, secret: SECRET, ...more });
  assert.equal(answer.status, 201, await answer.clone().text());
  return answer.headers.get('resource-id') ?? '';
}

/** Writes notes until so many events were discarded. */
async function discarded(sandbox: Sandbox, count: number): Promise<void> {
  for (let note = 0; note < count; note += 1) {
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
  }
  const marks = async () => {
    const deliveries: { marks?: string[] }[] = await control(sandbox, 'GET', '/journal?kind=delivery');
    return deliveries.filter((delivery) => delivery.marks?.includes('discarded')).length;
  };
  await until(async () => (await marks()) === count, `${count} discarded events`);
}

describe('sandbox: webhooks', () => {
  afterEach(stopAll);

  it('signs the escaped body as the test vector says', () => {
    const body = phpJson({
      id: 7001,
      number: 42,
      subject: 'Café export fails',
      _links: { web: { href: 'https://secure.helpscout.net/conversation/7001/42' } },
    });
    assert.equal(
      body,
      '{"id":7001,"number":42,"subject":"Caf\\u00e9 export fails","_links":{"web":{"href":"https:\\/\\/secure.helpscout.net\\/conversation\\/7001\\/42"}}}',
    );
    assert.equal(signatureOf(SECRET, body), 'VZXozWfGCW0+MsS2L2Q0NBGyQXA=');
    assert.equal(phpJson('😀'), '"\\ud83d\\ude00"');
  });

  it('creates with an empty 201, reads without the secret, replaces and deletes', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const url = 'http://127.0.0.1:9/hook';
    const created = await client.call('POST', '/v2/webhooks', {
      url,
      events: ['convo.created'],
      secret: SECRET,
      label: 'acme',
      mailboxIds: [310],
    });
    assert.equal(created.status, 201);
    assert.equal(await created.text(), '');
    const id = created.headers.get('resource-id');
    assert.equal(created.headers.get('location'), `${sandbox.url}/v2/webhooks/${id}`);
    assert.deepEqual(await client.get(`/v2/webhooks/${id}`), {
      id: Number(id),
      url,
      state: 'enabled',
      events: ['convo.created'],
      label: 'acme',
      notification: false,
      payloadVersion: 'V2',
      mailboxIds: [310],
    });
    const replaced = await client.call('PUT', `/v2/webhooks/${id}`, { url, events: ['convo.tags'], secret: SECRET });
    assert.equal(replaced.status, 204);
    const list = await client.get('/v2/webhooks');
    assert.deepEqual(list._embedded.webhooks[0].events, ['convo.tags']);
    assert.equal('mailboxIds' in list._embedded.webhooks[0], false);
    assert.equal((await client.call('DELETE', `/v2/webhooks/${id}`)).status, 204);
    assert.equal((await client.call('DELETE', `/v2/webhooks/${id}`)).status, 404);
    assert.equal('_embedded' in (await client.get('/v2/webhooks')), false);
  });

  it('refuses a secret of 41 characters, none, and unknown events', async () => {
    const client = await inboxClient(await start());
    const good = { url: 'http://127.0.0.1:9/', events: ['convo.created'], secret: 'x'.repeat(40) };
    assert.equal((await client.call('POST', '/v2/webhooks', good)).status, 201);
    const long = await client.call('POST', '/v2/webhooks', { ...good, secret: 'x'.repeat(41) });
    assert.equal(long.status, 400);
    assert.equal((await long.text()).includes('xxx'), false, 'the secret is not repeated');
    const missing = await client.call('POST', '/v2/webhooks', { ...good, secret: undefined });
    assert.match((await missing.json())._embedded.errors[0]._links.about.href, /#NotEmpty$/);
    const unknown = await client.call('POST', '/v2/webhooks', { ...good, events: ['convo.tags.added'] });
    const [error] = (await unknown.json())._embedded.errors;
    assert.equal(error.path, 'events[0]');
    assert.match(error._links.about.href, /#EnumValue$/);
  });

  it('delivers the conversation, signed over the bytes it sends', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(200);
    const client = await inboxClient(sandbox);
    await subscribe(client, receiver.url, [
      'convo.created',
      'convo.customer.reply.created',
      'convo.agent.reply.created',
      'convo.note.created',
    ]);
    const { conversationId } = await control(sandbox, 'POST', '/conversations', {
      subject: 'Café',
      text: 'x',
      customerEmail: 'kim@client.example',
    });
    await until(() => receiver.received.length === 1, 'convo.created');
    for (const type of ['customer', 'message', 'note']) {
      await control(sandbox, 'POST', `/conversations/${conversationId}/messages`, { type, text: 'more' });
    }
    await until(() => receiver.received.length === 4, 'three more events');
    assert.deepEqual(receiver.received.map(({ headers }) => headers['x-helpscout-event']).toSorted(), [
      'convo.agent.reply.created',
      'convo.created',
      'convo.customer.reply.created',
      'convo.note.created',
    ]);
    for (const { headers, body } of receiver.received) {
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['x-helpscout-signature'], createHmac('sha1', SECRET).update(body).digest('base64'));
      assert.match(body, /Caf\\u00e9/);
      assert.match(body, /http:\\\/\\\//);
      const parsed = JSON.parse(body);
      assert.equal(parsed.id, conversationId);
      assert.deepEqual(parsed._embedded, { threads: [] });
    }
  });

  it('tells only subscriptions of the event and the mailbox', async () => {
    const sandbox = await start();
    const [wanted, unwanted] = [await startReceiver(200), await startReceiver(200)];
    const client = await inboxClient(sandbox);
    await subscribe(client, wanted.url, ['convo.created'], { mailboxIds: [310] });
    await subscribe(client, unwanted.url, ['convo.created'], { mailboxIds: [999] });
    await subscribe(client, unwanted.url, ['convo.tags']);
    await control(sandbox, 'POST', '/conversations', { subject: 's', text: 't', customerEmail: 'a@b.example' });
    await until(() => wanted.received.length === 1, 'the delivery');
    assert.equal(unwanted.received.length, 0);
  });

  it('repeats a delivery until it is taken', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(500, 503, 301, 204);
    await subscribe(await inboxClient(sandbox), receiver.url, ['convo.note.created']);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    await until(() => receiver.received.length === 4, 'the fourth attempt');
    const deliveries = async () =>
      (await control(sandbox, 'GET', '/journal')).filter(({ kind }: { kind: string }) => kind === 'delivery');
    await until(async () => (await deliveries()).length === 4, 'four journal entries');
    assert.deepEqual(
      (await deliveries()).map(({ status, attempt }: { status: number; attempt: number }) => [attempt, status]),
      [
        [1, 500],
        [2, 503],
        [3, 301],
        [4, 204],
      ],
    );
    assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1, 'the same bytes each time');
  });

  it('discards an event after ten retries and disables after ten discarded events', async () => {
    const sandbox = await start({ deliveryRetryUnitMs: 0.01 });
    const receiver = await startReceiver(500);
    const client = await inboxClient(sandbox);
    const id = await subscribe(client, receiver.url, ['convo.note.created']);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    await until(() => receiver.received.length === 11, 'the last retry');
    const attempts = () => control(sandbox, 'GET', '/journal?kind=delivery');
    await until(async () => (await attempts()).length === 11, 'all attempts were noted');
    assert.deepEqual((await attempts()).at(-1).marks, ['discarded']);
    assert.equal((await client.get(`/v2/webhooks/${id}`)).state, 'enabled');
    for (let event = 2; event <= 10; event += 1) {
      await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    }
    await until(async () => (await client.get(`/v2/webhooks/${id}`)).state === 'disabled', 'the webhook is disabled');
    assert.equal(receiver.received.length, 110);
  });

  it('counts discarded events on over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    try {
      const receiver = await startReceiver(500);
      const options = { dataDir, deliveryRetryUnitMs: 0.01 };
      const first = await start(options);
      const id = await subscribe(await inboxClient(first), receiver.url, ['convo.note.created']);
      await discarded(first, 9);
      await first.close();
      const second = await start(options);
      const client = await inboxClient(second);
      assert.equal((await client.get(`/v2/webhooks/${id}`)).state, 'enabled');
      await discarded(second, 1);
      await until(async () => (await client.get(`/v2/webhooks/${id}`)).state === 'disabled', 'the webhook is disabled');
    } finally {
      await stopAll();
      rmSync(dataDir, { recursive: true });
    }
  });

  it('sends a V3 webhook what version 3 reads, and a V2 one what version 2 does', async () => {
    const sandbox = await start({ corpus: corpusOf(0), generatedConversations: 50 });
    const [v2, v3] = [await startReceiver(200), await startReceiver(200)];
    const client = await inboxClient(sandbox);
    await subscribe(client, v2.url, ['convo.status']);
    await subscribe(client, v3.url, ['convo.status'], { payloadVersion: 'V3' });
    await client.call('PATCH', '/v2/conversations/7001', { op: 'replace', path: '/status', value: 'spam' });
    await until(() => v2.received.length + v3.received.length === 2, 'both deliveries');
    assert.notEqual(v2.received[0]?.body, v3.received[0]?.body);
    const withoutAge = (json: string) => JSON.parse(json.replace(/"friendly":"[^"]*"/, '"friendly":""'));
    for (const [version, { received }] of Object.entries({ v2, v3 })) {
      const read = JSON.stringify(await client.get(`/${version}/conversations/7001`));
      assert.deepEqual(withoutAge(received[0]?.body ?? ''), withoutAge(read), version);
    }
  });

  it('is disabled by a 410 at once, and enabled again by a PUT', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(410, 200);
    const client = await inboxClient(sandbox);
    const events = ['convo.note.created'];
    const id = await subscribe(client, receiver.url, events);
    const note = () => control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    await note();
    await until(async () => (await client.get(`/v2/webhooks/${id}`)).state === 'disabled', 'the webhook is disabled');
    await note();
    await client.call('PUT', `/v2/webhooks/${id}`, { url: receiver.url, events, secret: SECRET });
    assert.equal((await client.get(`/v2/webhooks/${id}`)).state, 'enabled');
    await note();
    await until(() => receiver.received.length === 2, 'the delivery after the PUT');
  });

  it('loses deliveries while they are switched off, and duplicates one on command', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(200);
    await subscribe(await inboxClient(sandbox), receiver.url, ['convo.customer.reply.created']);
    const write = () => control(sandbox, 'POST', '/conversations/7001/messages', { type: 'customer', text: 'hi' });
    await control(sandbox, 'PUT', '/webhooks', { enabled: false });
    await write();
    await control(sandbox, 'PUT', '/webhooks', { enabled: true });
    await write();
    await until(() => receiver.received.length === 1, 'the delivery');
    const duplicate = { conversationId: 7001, event: 'convo.customer.reply.created' };
    await control(sandbox, 'POST', '/webhooks/redeliver', duplicate);
    await until(() => receiver.received.length === 2, 'the duplicate');
    assert.equal(receiver.received[0]?.body, receiver.received[1]?.body);
  });

  it('sends only the address to a notification webhook', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(200);
    await subscribe(await inboxClient(sandbox), receiver.url, ['convo.note.created'], { notification: true });
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    await until(() => receiver.received.length === 1, 'the delivery');
    assert.deepEqual(JSON.parse(receiver.received[0]?.body ?? ''), { url: `${sandbox.url}/v2/conversations/7001` });
  });

  it('closes while a delivery waits for its retry', async () => {
    const sandbox = await start({ deliveryRetryUnitMs: 3_600_000 });
    const receiver = await startReceiver(500);
    await subscribe(await inboxClient(sandbox), receiver.url, ['convo.note.created']);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'n' });
    await until(() => receiver.received.length === 1, 'the first attempt');
    await stopAll();
  });

  describe('with its switches', () => {
    const note = (sandbox: Sandbox, conversationId = 7001) =>
      control(sandbox, 'POST', `/conversations/${conversationId}/messages`, { type: 'note', text: 'n' });
    const deliveries = (sandbox: Sandbox) => control(sandbox, 'GET', '/journal?kind=delivery');
    const turn = (sandbox: Sandbox, webhooks: object) => control(sandbox, 'PATCH', '/switches', { webhooks });

    async function startWith(webhooks: object, statuses = [200], options: Partial<SandboxOptions> = {}) {
      const sandbox = await start(options);
      const receiver = await startReceiver(...statuses);
      const client = await inboxClient(sandbox);
      const id = await subscribe(client, receiver.url, ['convo.note.created']);
      await turn(sandbox, webhooks);
      return { sandbox, receiver, client, id };
    }

    it('loses by chance, at the same turns for the same seed', async () => {
      const run = async (seed: number): Promise<boolean[]> => {
        const { sandbox } = await startWith({ lose: { probability: 0.4, seed } });
        for (let index = 0; index < 15; index += 1) await note(sandbox);
        await until(async () => (await deliveries(sandbox)).length === 15, 'every delivery or loss was noted');
        const all: { seq: number; status: number | null; marks?: string[] }[] = await deliveries(sandbox);
        assert.ok(all.every(({ status, marks }) => (marks?.includes('lost') ?? false) === (status === null)));
        const changes = await control(sandbox, 'GET', '/journal?kind=all');
        const kinds: { event: string; marks?: string[] }[] = changes;
        return kinds
          .filter(({ event, marks }) => event === 'threadAdded' || marks?.includes('lost'))
          .map(({ event }) => event === 'threadAdded');
      };
      const first = await run(3);
      const lost = first.filter((isChange) => !isChange).length;
      assert.ok(lost > 1 && lost < 13, `${lost} of 15`);
      assert.deepEqual(await run(3), first);
    });

    it('sends an event twice, to the byte', async () => {
      const { sandbox, receiver } = await startWith({ duplicate: { probability: 1 } });
      await note(sandbox);
      await until(async () => (await deliveries(sandbox)).length === 2, 'both deliveries');
      assert.equal(receiver.received[0]?.body, receiver.received[1]?.body);
      const marks = (await deliveries(sandbox)).map((entry: { marks?: string[] }) => entry.marks);
      assert.deepEqual(marks.filter(Boolean), [['duplicate']]);
    });

    it('lets a later event overtake a held one', async () => {
      const { sandbox, receiver } = await startWith({ reorder: { probability: 1 } });
      await note(sandbox, 7001);
      await turn(sandbox, { reorder: null });
      await note(sandbox, 7002);
      await until(() => receiver.received.length === 2, 'both deliveries');
      assert.deepEqual(
        receiver.received.map(({ body }) => JSON.parse(body).id),
        [7002, 7001],
      );
    });

    it('lets a held event go after two seconds when none follows', async () => {
      const { sandbox, receiver } = await startWith({ reorder: { probability: 1 } });
      await note(sandbox);
      await control(sandbox, 'PUT', '/clock', { advanceSeconds: 2 });
      await until(() => receiver.received.length === 1, 'the held delivery', 1500);
    });

    it('delays by the clock', async () => {
      const { sandbox, receiver } = await startWith({ delay: { probability: 1, ms: 3_600_000 } });
      await note(sandbox);
      await control(sandbox, 'PUT', '/clock', { advanceSeconds: 3599 });
      assert.equal(receiver.received.length, 0);
      await control(sandbox, 'PUT', '/clock', { advanceSeconds: 1 });
      await until(() => receiver.received.length === 1, 'the delivery, an hour late');
    });

    it('signs wrongly, and rightly again in the next attempt', async () => {
      const { sandbox, receiver } = await startWith({ wrongSignature: { probability: 1 } }, [401, 200], {
        deliveryRetryUnitMs: 3_600_000,
      });
      await note(sandbox);
      await until(async () => (await deliveries(sandbox)).length === 1, 'the refused attempt');
      await turn(sandbox, { wrongSignature: null });
      await control(sandbox, 'PUT', '/clock', { advanceSeconds: 3600 });
      await until(async () => (await deliveries(sandbox)).length === 2, 'the second attempt');
      const isRight = receiver.received.map(
        ({ headers, body }) => headers['x-helpscout-signature'] === signatureOf(SECRET, body),
      );
      assert.deepEqual(isRight, [false, true]);
      assert.deepEqual((await deliveries(sandbox))[0].marks, ['wrongSignature']);
    });

    it('gives up an attempt that gets no answer in time, and tries again', async () => {
      const { sandbox, receiver } = await startWith({ timeoutMs: 50 }, [NO_ANSWER, 200]);
      await note(sandbox);
      await until(async () => (await deliveries(sandbox)).length === 2, 'two attempts');
      assert.deepEqual(
        (await deliveries(sandbox)).map(({ status }: { status: number | null }) => status),
        [null, 200],
      );
      assert.equal(receiver.received.length, 2);
    });

    it('shows the secret on read, and names the address in a notification, as it is told', async () => {
      const { sandbox, receiver, client, id } = await startWith({ secretOnRead: true, notificationKey: 'uri' });
      assert.equal((await client.get(`/v2/webhooks/${id}`)).secret, SECRET);
      assert.equal((await client.get('/v2/webhooks'))._embedded.webhooks[0].secret, SECRET);
      const subscription = { url: receiver.url, events: ['convo.note.created'], secret: SECRET, notification: true };
      await client.call('PUT', `/v2/webhooks/${id}`, subscription);
      await note(sandbox);
      await until(() => receiver.received.length === 1, 'the delivery');
      assert.deepEqual(JSON.parse(receiver.received[0]?.body ?? ''), { uri: `${sandbox.url}/v2/conversations/7001` });
    });
  });

  it('tells every subscription of customers and tags, whatever its mailboxes', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(200);
    const client = await inboxClient(sandbox);
    const events = ['customer.created', 'customer.updated', 'convo.created', 'tag.created'];
    await subscribe(client, receiver.url, events, { mailboxIds: [999] });
    await control(sandbox, 'POST', '/conversations', {
      subject: 's',
      text: 't',
      customerEmail: 'new@client.example',
      tags: ['fresh'],
    });
    await until(() => receiver.received.length === 2, 'the customer and the tag, not the conversation');
    assert.deepEqual(receiver.received.map(({ headers }) => headers['x-helpscout-event']).toSorted(), [
      'customer.created',
      'tag.created',
    ]);
    await until(async () => (await control(sandbox, 'GET', '/journal?kind=delivery')).length === 2, 'both noted');
    const noted = await control(sandbox, 'GET', '/journal?kind=delivery');
    const { customerId } = noted.find(({ event }: { event: string }) => event === 'customer.created');
    assert.equal(typeof customerId, 'number');
    await control(sandbox, 'POST', '/webhooks/redeliver', { event: 'customer.created', id: customerId });
    await until(() => receiver.received.length === 3, 'the repeated delivery');
    const bodies = receiver.received.map(({ body }) => body).filter((body) => JSON.parse(body).id === customerId);
    assert.equal(bodies.length, 2);
    assert.equal(bodies[0], bodies[1]);
    const unknown = await fetch(`${sandbox.url}/_control/webhooks/redeliver`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"event":"customer.deleted","id":1}',
    });
    assert.equal(unknown.status, 404);
  });

  it('tells of a deleted conversation by its id only, and of a merge by the survivor', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(200);
    await subscribe(await inboxClient(sandbox), receiver.url, ['convo.deleted', 'convo.merged']);
    await control(sandbox, 'POST', '/conversations/7002/merge', { into: 7001 });
    await until(() => receiver.received.length === 1, 'the merge');
    await control(sandbox, 'DELETE', '/conversations/7003');
    await until(() => receiver.received.length === 2, 'the deletion');
    const [merged, deleted] = receiver.received.map(({ body }) => JSON.parse(body));
    assert.equal(merged.id, 7001);
    assert.deepEqual(deleted, { id: 7003 });
  });
});
