import assert from 'node:assert/strict';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { HelpScoutUnavailable } from '../../src/helpscout/errors.ts';
import { WEBHOOK_EVENTS, webhookDifferences } from '../../src/helpscout/resources/webhook-wish.ts';
import { control, inboxClient, signIn, start, stopAll } from '../sandbox/support.ts';
import { unlimited } from './unlimited.ts';

const wish = { url: 'http://127.0.0.1:9/hook', secret: 's'.repeat(40), mailboxIds: [] };
const kept = { ...wish, secretIsNew: false };

describe('webhook subscription', () => {
  afterEach(stopAll);

  async function connect() {
    const sandbox = await start();
    const { access_token: accessToken } = await signIn(sandbox);
    const { webhooks } = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
    const raw = await inboxClient(sandbox);
    const writes = async () => {
      const calls = await control(sandbox, 'GET', '/calls');
      return ['POST /v2/webhooks', 'PUT /v2/webhooks/{id}', 'DELETE /v2/webhooks/{id}'].map((name) => calls[name] ?? 0);
    };
    return { sandbox, webhooks, raw, writes };
  }

  it('is made once, left alone while it is as wished, and overwritten for a new secret', async () => {
    const { webhooks, writes } = await connect();
    const { webhookId, ...made } = await webhooks.ensure(wish);
    assert.deepEqual(made, { outcome: 'created', differences: [] });
    assert.deepEqual(await webhooks.ensure(kept), { webhookId, outcome: 'unchanged', differences: [] });
    assert.deepEqual(await writes(), [1, 0, 0]);
    const renewed = { webhookId, outcome: 'repaired', differences: ['secret'] };
    assert.deepEqual(await webhooks.ensure({ ...wish, secret: 'other' }), renewed);
    assert.deepEqual(await writes(), [1, 1, 0]);
  });

  it('is repaired where somebody changed it, and says what was different', async () => {
    const { webhooks, raw } = await connect();
    const { webhookId } = await webhooks.ensure(wish);
    const changed = { url: wish.url, secret: 'x', events: ['convo.created'], label: 'mine', payloadVersion: 'V3' };
    assert.equal((await raw.call('PUT', `/v2/webhooks/${webhookId}`, changed)).status, 204);
    const differences = ['events', 'label', 'payloadVersion'];
    assert.deepEqual(await webhooks.ensure(kept), { webhookId, outcome: 'repaired', differences });
    assert.equal((await webhooks.ensure(kept)).outcome, 'unchanged');
  });

  it('is made again when it is gone, also between the look and the repair', async () => {
    const { sandbox, webhooks } = await connect();
    const { webhookId } = await webhooks.ensure(wish);
    await webhooks.remove(webhookId);
    const again = await webhooks.ensure(kept);
    assert.equal(again.outcome, 'created');
    await control(sandbox, 'POST', '/faults', { template: '/v2/webhooks/{id}', method: 'PUT', status: 404, count: 1 });
    assert.equal((await webhooks.ensure(wish)).outcome, 'created');
  });

  it('is one, also after the answer of a create was lost', async () => {
    const { sandbox, webhooks } = await connect();
    const lost = { template: '/v2/webhooks', method: 'POST', effect: { drop: 'after' }, when: { count: 1 } };
    await control(sandbox, 'POST', '/faults', lost);
    await assert.rejects(webhooks.ensure(wish), HelpScoutUnavailable, 'worth another try');
    const { webhookId } = await webhooks.ensure(kept);
    await webhooks.create(wish);
    const single = { webhookId, outcome: 'repaired', differences: ['doubles'] };
    assert.deepEqual(await webhooks.ensure(kept), single);
    assert.deepEqual(
      (await webhooks.findByUrl(wish.url)).map(({ id }) => id),
      [webhookId],
    );
  });

  it('is removed by its address, and others are left alone', async () => {
    const { webhooks } = await connect();
    const other = { ...wish, url: 'http://127.0.0.1:9/other' };
    await webhooks.create(wish);
    await webhooks.create(other);
    await webhooks.removeByUrl(wish.url);
    await webhooks.removeByUrl(wish.url);
    assert.deepEqual(
      [(await webhooks.findByUrl(wish.url)).length, (await webhooks.findByUrl(other.url)).length],
      [0, 1],
    );
  });

  it('is enabled again when Help Scout gave up on it', () => {
    const webhook = {
      id: 1,
      url: wish.url,
      state: 'disabled',
      events: [...WEBHOOK_EVENTS],
      label: 'Help Scout Insights',
    };
    assert.deepEqual(webhookDifferences(webhook, kept), ['state']);
    assert.deepEqual(webhookDifferences({ ...webhook, state: 'enabled', mailboxIds: null }, kept), []);
  });
});
