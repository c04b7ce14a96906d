import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { integrationWorkflowId, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { shared } from '../support/shared.ts';
import { useStandInWorkflows } from '../support/stand-in-worker.ts';
import { receivedQuery } from '../support/stand-in-workflows.ts';
import { addOrganization, startWebApp, useWebApp } from '../support/web-app.ts';

const SECRET = 'current-secret';
const PREVIOUS = 'previous-secret';

const conversation = (id: number) => JSON.stringify({ id, subject: 'Caf\u00e9', note: 'a/b' }).replaceAll('/', '\\/');
const sign = (body: string, secret: string) => createHmac('sha1', secret).update(body).digest('base64');

describe('webhook receiver', function () {
  this.timeout(60_000);
  const temporal = useStandInWorkflows();
  const app = useWebApp({ temporal });
  const withoutTemporal = shared(async (thenStop) => {
    const { mongodbUri, encryptionKeys } = app.config;
    const another = await startWebApp({ mongodbUri, environment: { ENCRYPTION_KEYS: encryptionKeys } });
    thenStop(another.stop);
    return another;
  });
  let webhookKey: string;
  let integrationId: string;

  before(async () => {
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    ({ integrationId } = await app.storage.integrations.create(organizationId));
    webhookKey = (await app.storage.integrations.webhookKey(organizationId, integrationId)) ?? '';
    const binding = { organizationId, integrationId, purpose: 'webhookSecret' } as const;
    await app.storage.integrations.saveWebhook(organizationId, integrationId, {
      secret: app.keyRing.encrypt(SECRET, binding),
      previousSecret: app.keyRing.encrypt(PREVIOUS, binding),
    });
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live' });
    await temporal.client.workflow.start('integration', {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [{}],
    });
  });

  const deliver = (
    body: string,
    { to = app, key = webhookKey, signature = sign(body, SECRET), event = 'convo.created' } = {},
  ) =>
    to.browser().send(`/webhooks/helpscout/${key}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-helpscout-signature': signature,
        'x-helpscout-event': event,
      },
    });
  const received = async () =>
    (await temporal.client.workflow.getHandle(integrationWorkflowId(integrationId)).query(receivedQuery)).signals;

  it('hands a signed delivery to the integration before it answers', async () => {
    const answer = await deliver(conversation(7001));
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('set-cookie'), null);
    const [events] = (await received()).slice(-1);
    assert.deepEqual(
      events?.map(({ event, conversationId }) => ({ event, conversationId })),
      [{ event: 'convo.created', conversationId: 7001 }],
    );
  });

  it('accepts the previous secret', async () => {
    const body = conversation(7002);
    assert.equal((await deliver(body, { signature: sign(body, PREVIOUS) })).status, 204);
  });

  it('refuses forged and unsigned deliveries, and gives nothing of them to the workflow', async () => {
    const before = (await received()).length;
    const body = conversation(7003);
    for (const signature of ['', 'x', sign(body, 'other'), sign(`${body} `, SECRET), sign(body, '')]) {
      const answer = await deliver(body, { signature });
      assert.equal(answer.status, 401);
      assert.equal(JSON.parse(answer.text).error.code, 'signatureInvalid');
    }
    assert.equal((await received()).length, before);
  });

  it('knows no other address', async () => {
    assert.equal((await deliver(conversation(7001), { key: 'unknown' })).status, 404);
  });

  it('refuses signed garbage, and bodies that are too large', async () => {
    for (const body of ['', '{"id":', '[]', '{"id":"x"}', '\u0000'])
      assert.equal((await deliver(body)).status, 400, body);
    assert.equal((await deliver(JSON.stringify({ id: 1, text: 'x'.repeat(1_100_000) }))).status, 413);
  });

  it('takes note of events that are not about conversations without passing them on', async () => {
    const before = (await received()).length;
    assert.equal((await deliver('{"id":5}', { event: 'customer.updated' })).status, 204);
    assert.equal((await deliver('{}', { event: 'helpscout.test' })).status, 204);
    assert.equal((await received()).length, before);
  });

  it('gathers deliveries that come at once into fewer signals, and loses none', async () => {
    const before = (await received()).length;
    const ids = Array.from({ length: 50 }, (_, n) => 9000 + n);
    const answers = await Promise.all(ids.map((id) => deliver(conversation(id))));
    assert.ok(answers.every(({ status }) => status === 204));
    const signals = (await received()).slice(before);
    assert.deepEqual(
      signals
        .flat()
        .map(({ conversationId }) => conversationId)
        .sort(),
      ids,
    );
    // How many meet in one depends on how busy the machine is; test/api/event-batcher.test.ts has the rule.
    assert.ok(signals.length < ids.length, `${signals.length} signals`);
  });

  it('answers 503 while Temporal is down, so that Help Scout sends it again', async () => {
    const answer = await deliver(conversation(7004), { to: withoutTemporal });
    assert.equal(answer.status, 503);
    assert.equal(JSON.parse(answer.text).error.code, 'temporalUnavailable');
  });

  it('logs neither key nor body nor signature', () => {
    const lines = [...app.logLines, ...withoutTemporal.logLines].join('');
    for (const secret of [webhookKey, 'Caf', SECRET, PREVIOUS, sign(conversation(7001), SECRET)]) {
      assert.ok(!lines.includes(secret), secret);
    }
  });
});
