import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { HelpScoutRejected } from '../../src/helpscout/errors.ts';
import { WEBHOOK_EVENTS } from '../../src/helpscout/resources/webhook-wish.ts';
import { verifyWebhookSignature } from '../../src/helpscout/webhook-signature.ts';
import { startReceiver, until } from '../sandbox/support.ts';
import { at, contractWorld, hasKeys } from './contract.ts';

const SECRET = 'sandbox-secret-0001';
const ADDRESS = 'http://127.0.0.1:9/webhooks/one-connection';
const BODY = {
  url: ADDRESS,
  secret: SECRET,
  events: [...WEBHOOK_EVENTS],
  payloadVersion: 'V2',
  label: 'Help Scout Insights',
  notification: false,
};

describe('contract: webhook subscriptions', () => {
  const { holds, world } = contractWorld();
  const wish = { url: ADDRESS, secret: SECRET, mailboxIds: [] };
  let webhookId = 0;

  holds('a create', {
    run: (client) => client.webhooks.create(wish),
    exchanges: [{ call: 'POST /v2/webhooks', query: {}, sent: BODY, status: 201 }],
    afterwards: (id) => {
      webhookId = id;
    },
  });

  holds('a search for ours, by address', {
    run: (client) => client.webhooks.findByUrl(ADDRESS),
    exchanges: [
      {
        call: 'GET /v2/webhooks',
        query: { page: '1' },
        status: 200,
        answer: (list) => {
          hasKeys(at(list, '_embedded.webhooks.0'), 'id url state events label notification payloadVersion');
          hasKeys(at(list, 'page'), 'size totalElements totalPages number');
        },
      },
    ],
    afterwards: (found) =>
      assert.deepEqual(
        found.map(({ id, state }) => [id, state]),
        [[webhookId, 'enabled']],
      ),
  });

  holds('a repair, which sends everything again, the secret too', {
    run: async (client) => {
      const [mailbox] = await client.mailboxes.list();
      return client.webhooks.ensure({ ...wish, secretIsNew: false, mailboxIds: [mailbox?.mailboxId ?? 0] });
    },
    exchanges: ({ webhookId: id }) => [
      { call: 'GET /v2/mailboxes', status: 200 },
      { call: 'GET /v2/webhooks', status: 200 },
      {
        call: `PUT /v2/webhooks/${id}`,
        sent: { ...BODY, mailboxIds: at(world().calls.at(-1)?.sent, 'mailboxIds') },
        status: 204,
      },
    ],
    afterwards: async (ensured, { client }) => {
      assert.deepEqual(ensured, { webhookId, outcome: 'repaired', differences: ['mailboxIds'] });
      assert.equal((await client.webhooks.findByUrl(ADDRESS))[0]?.mailboxIds?.length, 1);
    },
  });

  holds('a removal, and another one', {
    run: async (client) => {
      await client.webhooks.remove(webhookId);
      await client.webhooks.remove(webhookId);
    },
    exchanges: () => [
      { call: `DELETE /v2/webhooks/${webhookId}`, status: 204 },
      { call: `DELETE /v2/webhooks/${webhookId}`, status: 404 },
    ],
  });

  it('hears that a secret of more than 40 characters is too long', async () => {
    const tooLong = { ...wish, secret: 's'.repeat(41) };
    const error = await world()
      .client.webhooks.create(tooLong)
      .catch((thrown: unknown) => thrown);
    assert(error instanceof HelpScoutRejected);
    assert.deepEqual(
      error.problems.map(({ path }) => path),
      ['secret'],
    );
  });
});

/** Bodies as they are written on the wire: `\/` and `\u` are characters of the body. */
const VECTORS: [name: string, body: string, signature: string][] = [
  [
    'escaped slashes and letters',
    String.raw`{"id":7001,"number":42,"subject":"Caf\u00e9 export fails","_links":{"web":{"href":"https:\/\/secure.helpscout.net\/conversation\/7001\/42"}}}`,
    'VZXozWfGCW0+MsS2L2Q0NBGyQXA=',
  ],
  ['a surrogate pair', String.raw`{"subject":"It works \ud83d\ude80"}`, 'e1RAp3crzaMBNupDQob6mboT2Z8='],
  ['letters as UTF-8', '{"subject":"Größe, 日本語"}', '200lt3i3Gvk28Lp4Ofz1KtwstIc='],
  ['an emoji as UTF-8', '{"subject":"It works 🚀"}', 'x7aGSpVOW7Ay3GKzWFhCfI23AHA='],
  ['nothing', '', 'U4AVWy5ejDgLTFbwpSbV1VyObEY='],
];

describe('contract: webhook deliveries', () => {
  const { world } = contractWorld();

  for (const [name, body, signature] of VECTORS) {
    it(`a known signature: ${name}`, () => {
      assert.equal(verifyWebhookSignature(Buffer.from(body), signature, [SECRET]), true);
      assert.equal(verifyWebhookSignature(Buffer.from(`${body}\n`), signature, [SECRET]), false);
      assert.equal(verifyWebhookSignature(Buffer.from(body), signature, ['another secret']), false);
      // Hex digits, and a name in front, are what other makers send.
      const hex = createHmac('sha1', SECRET).update(body).digest('hex');
      assert.equal(verifyWebhookSignature(Buffer.from(body), hex, [SECRET]), false);
      assert.equal(verifyWebhookSignature(Buffer.from(body), `sha1=${signature}`, [SECRET]), false);
    });
  }

  it('a delivery is signed over the bytes that arrive, whatever they mean', async () => {
    const { client } = world();
    const { url, received } = await startReceiver(200);
    await client.webhooks.ensure({ url, secret: SECRET, mailboxIds: [] });
    const [mailbox] = await client.mailboxes.list();
    const subjects = ['Café / export', 'Größe, 日本語 "quoted" \\ back', 'It works 🚀', 'plain'];
    for (const [index, subject] of subjects.entries()) {
      await client.conversations.create({
        mailboxId: mailbox?.mailboxId ?? 0,
        subject,
        customer: { email: 'kim@client.example' },
        text: 'x',
        marker: `delivery-${index}`,
      });
    }
    await until(() => received.length >= subjects.length, 'all are delivered');
    const told = new Map<string, string>();
    for (const { headers, body } of received) {
      const signature = String(headers['x-helpscout-signature']);
      assert.equal(headers['x-helpscout-event'], 'convo.created');
      assert.equal(signature.length, 28);
      assert.equal(verifyWebhookSignature(Buffer.from(body), signature, [SECRET]), true);
      assert.match(body, /^[\x20-\x7e]*$/, 'other letters are escaped');
      assert.doesNotMatch(body, /[^\\]\//, 'slashes are escaped');
      told.set(String(at(JSON.parse(body), 'subject')), body);
    }
    assert.deepEqual([...told.keys()].sort(), subjects.toSorted());
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(told.get('plain') ?? '')));
    const plain = received.find(({ body }) => body === told.get('plain'));
    assert.equal(verifyWebhookSignature(rewritten, String(plain?.headers['x-helpscout-signature']), [SECRET]), false);
  });
});
