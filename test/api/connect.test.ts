import assert from 'node:assert/strict';
import { Worker } from '@temporalio/worker';
import {
  conversationWorkflowId,
  HELPSCOUT_TASK_QUEUE,
  integrationWorkflowId,
  TASK_QUEUE,
} from '../../src/workflows/contract.ts';
import type { Browser } from '../support/browser.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { useMongodb } from '../support/mongodb.ts';
import { useStandInWorkflows } from '../support/stand-in-worker.ts';
import { receivedQuery } from '../support/stand-in-workflows.ts';
import { until } from '../support/until.ts';
import { addMember, addOrganization, signIn, startWebApp, type WebApp } from '../support/web-app.ts';

const CODE = 'authorization-code-of-help-scout';
const DOCS_KEY = 'docs-key-of-help-scout';
const INTEGRATIONS = '/settings/integrations';

describe('what the web app asks of Temporal', function () {
  this.timeout(60_000);
  const mongodb = useMongodb();
  const temporal = useStandInWorkflows();
  let app: WebApp;
  let organizationId: string;
  let browser: Browser;

  beforeEach(async () => {
    app = await startWebApp({ mongodbUri: mongodb.newDatabase(), temporal: temporal.client });
    const organization = await addOrganization(app.storage, 'Acme');
    organizationId = organization.organizationId;
    browser = await signIn(app, organization.email);
  });
  afterEach(() => app?.stop());

  const begin = async (fields: Readonly<Record<string, string>> = {}) => {
    const { status, location } = await browser.submit(`${INTEGRATIONS}/connect`, fields, '/settings/members');
    assert.equal(status, 303);
    return new URL(location);
  };
  const callback = (values: Readonly<Record<string, string>>, as = browser) =>
    as.get(`/oauth/helpscout/callback?${new URLSearchParams(values)}`);
  const connected = async (fields: Readonly<Record<string, string>> = {}) => {
    const state = (await begin(fields)).searchParams.get('state') ?? '';
    const answer = await callback({ code: CODE, state });
    assert.equal(answer.status, 303, answer.text);
    const [integration] = await app.storage.integrations.list(organizationId);
    assert.ok(integration);
    return { ...integration, location: answer.location };
  };
  const receivedBy = (integrationId: string) =>
    temporal.client.workflow.getHandle(integrationWorkflowId(integrationId)).query(receivedQuery);

  describe('connecting', () => {
    it('sends the administrator to Help Scout with a state of 256 bits', async () => {
      const address = await begin();
      assert.equal(
        address.origin + address.pathname,
        'https://secure.helpscout.example/authentication/authorizeClientApplication',
      );
      assert.equal(address.searchParams.get('client_id'), 'app-id');
      assert.equal(Buffer.from(address.searchParams.get('state') ?? '', 'base64url').length, 32);
    });

    it('stores the code encrypted and starts the workflow without it', async () => {
      const { integrationId, location } = await connected();
      assert.equal(location, `${INTEGRATIONS}/${integrationId}`);
      const secrets = await app.storage.integrations.secrets(organizationId, integrationId);
      const ciphertext = secrets?.authorizationCode ?? '';
      assert.ok(!ciphertext.includes(CODE));
      assert.equal(
        app.keyRing.decrypt(ciphertext, { organizationId, integrationId, purpose: 'authorizationCode' }),
        CODE,
      );

      const handle = temporal.client.workflow.getHandle(integrationWorkflowId(integrationId));
      const { updates, input } = await receivedBy(integrationId);
      assert.deepEqual(updates, ['connect']);
      assert.deepEqual(input, { organizationId, integrationId, settings: app.config.settings });
      assert.ok(!JSON.stringify(await handle.fetchHistory()).includes(CODE));
      const page = await browser.get(location);
      assert.match(page.text, /Connected to Help Scout as Ada Moor/);
      assert.doesNotMatch((await browser.get(location)).text, /Connected to Help Scout as/);
    });

    it('refuses a state that was used, is invented, is older than ten minutes, or has no code', async () => {
      const state = (await begin()).searchParams.get('state') ?? '';
      assert.equal((await callback({ code: CODE, state })).status, 303);
      const misused: Record<string, string>[] = [
        { code: CODE, state },
        { code: CODE, state: 'invented' },
        { code: CODE },
      ];
      for (const values of misused) {
        const answer = await callback(values);
        assert.equal(answer.status, 400);
        assert.match(answer.text, /does not belong to a connection/);
        assert.ok(!answer.text.includes(CODE));
      }
      const late = (await begin()).searchParams.get('state') ?? '';
      app.setTime(new Date(Date.now() + 10 * 60_000 + 1000));
      assert.equal((await callback({ code: CODE, state: late })).status, 400);
      app.setTime(null);
      assert.equal((await app.storage.integrations.list(organizationId)).length, 1);
    });

    it('refuses a state of another session, and of another organization', async () => {
      const state = (await begin()).searchParams.get('state') ?? '';
      const colleague = await addMember(app.storage, organizationId, 'colleague@acme.example', 'administrator');
      const { email } = await addOrganization(app.storage, 'Globex');
      for (const other of [colleague.email, email]) {
        assert.equal((await callback({ code: CODE, state }, await signIn(app, other))).status, 400);
      }
      assert.deepEqual(await app.storage.integrations.list(organizationId), []);
      assert.equal((await callback({ code: CODE, state })).status, 303, 'the refusals did not use it up');
    });

    it('says so when the permission was not given', async () => {
      const state = (await begin()).searchParams.get('state') ?? '';
      const answer = await callback({ error: 'access_denied', state });
      assert.equal(answer.status, 400);
      assert.match(answer.text, /permission was not given/);
      assert.deepEqual(await app.storage.integrations.list(organizationId), []);
    });

    it('does not carry the code on to the sign-in page', async () => {
      const answer = await callback({ code: CODE, state: 's' }, app.browser());
      assert.equal(answer.location, '/sign-in');
    });

    it('gives new access to the connection that was chosen, and to no other', async () => {
      const { integrationId } = await connected();
      await app.storage.integrations.update(organizationId, integrationId, { state: 'needsReauthorization' });
      assert.match((await browser.get('/insights')).text, /no longer accepts our access/);
      const other = await app.storage.integrations.create(organizationId);
      await app.storage.integrations.update(organizationId, other.integrationId, { state: 'needsReauthorization' });
      const page = await browser.get(`${INTEGRATIONS}/${integrationId}`);
      assert.match(page.text, new RegExp(`name="integrationId" value="${integrationId}"`));
      const state = (await begin({ integrationId })).searchParams.get('state') ?? '';
      assert.equal((await callback({ code: CODE, state })).location, `${INTEGRATIONS}/${integrationId}`);
      assert.equal((await app.storage.integrations.list(organizationId)).length, 2);
      assert.deepEqual((await receivedBy(integrationId)).updates, ['connect', 'reauthorized']);
    });

    it('refuses a state whose connection was exchanged, and connections of others', async () => {
      const { integrationId } = await connected();
      const [random] = ((await begin()).searchParams.get('state') ?? '').split('.');
      assert.equal((await callback({ code: CODE, state: `${random}.${integrationId}` })).status, 400);
      const answer = await browser.submit(`${INTEGRATIONS}/connect`, { integrationId: 'foreign' }, '/settings/members');
      assert.equal(answer.status, 404);
    });

    it('leads to the connection that is there when the same account is connected again', async () => {
      const { integrationId } = await connected();
      const account = { userId: 501, companyId: 700, name: 'Ada Moor', email: 'ada@sandbox.example' };
      await app.storage.integrations.update(organizationId, integrationId, { state: 'live', account });
      const state = (await begin()).searchParams.get('state') ?? '';
      assert.equal((await callback({ code: CODE, state })).location, `${INTEGRATIONS}/${integrationId}`);
      assert.match((await browser.get(`${INTEGRATIONS}/${integrationId}`)).text, /is connected already/);
      const [second] = (await app.storage.integrations.list(organizationId)).filter(
        (one) => one.integrationId !== integrationId,
      );
      assert.deepEqual((await receivedBy(second?.integrationId ?? '')).updates, ['connect', 'disconnect']);
    });

    it('shows why Help Scout refused, in our words', async () => {
      const { integrationId } = await app.storage.integrations.create(organizationId);
      await temporal.client.workflow.start('integration', {
        workflowId: integrationWorkflowId(integrationId),
        taskQueue: TASK_QUEUE,
        args: [{ refuse: 'forbidden' }],
      });
      const state = (await begin()).searchParams.get('state') ?? '';
      const answer = await callback({ code: CODE, state });
      assert.equal(answer.status, 400);
      assert.match(answer.text, /is not allowed to do this/);
      assert.doesNotMatch(answer.text, /secret internal words/);
    });

    it('logs neither code nor state nor Docs key nor password nor cookie', async () => {
      const { integrationId } = await connected();
      await browser.submit(`${INTEGRATIONS}/${integrationId}/docs-key`, { apiKey: DOCS_KEY }, `/settings/members`);
      const lines = app.logLines.join('');
      assert.match(lines, /oauth\/helpscout\/callback/);
      const cookie = browser.cookies.get('helpscout-insights') ?? '';
      for (const secret of [CODE, 'state=', DOCS_KEY, 'a long test password', cookie]) {
        assert.ok(!lines.includes(secret), secret);
      }
    });
  });

  describe('buttons', () => {
    it('pass each wish on to the integration and say what became of it', async () => {
      const { integrationId } = await connected();
      await app.storage.integrations.update(organizationId, integrationId, {
        state: 'live',
        mailboxes: [{ mailboxId: 310, name: 'Support', email: 'support@acme.example' }],
        docs: {
          connected: true,
          collections: [{ collectionId: 'c1', name: 'Guide', articles: 2 }],
          mappedCollectionIds: [],
        },
      });
      const page = `${INTEGRATIONS}/${integrationId}`;
      const press = async (action: string, fields: Record<string, string> = {}) => {
        const answer = await browser.submit(`${page}/${action}`, fields, page);
        assert.equal(answer.status, 303, `${action}: ${answer.text}`);
        return (await browser.get(answer.location)).text;
      };
      assert.match(await press('mailboxes', { mailboxIds: '310' }), /Scan 1 of one mailbox has begun/);
      assert.match(await press('docs-key', { apiKey: DOCS_KEY }), /Docs are connected: 0 collections/);
      assert.match(await press('docs-mapping', { collectionIds: 'c1' }), /collections are saved/);
      assert.match(await press('rescan'), /Scan 2 has begun/);
      assert.match(await press('pause'), /Paused/);
      assert.match(await press('resume'), /Resumed/);
      assert.match(await press('retry-failed'), /Retrying 3 failed syncs/);
      assert.match((await browser.get(page)).text, /Following 1 mailbox/);
      const foreign = await browser.submit(`${page}/mailboxes`, { mailboxIds: '999' }, page);
      assert.equal(foreign.status, 422);
      assert.match(foreign.text, /Choose at least one mailbox/);
      assert.match(await press('disconnect'), /Help Scout is disconnected/);
    });

    it('explain a refusal on the page', async () => {
      const { integrationId } = await app.storage.integrations.create(organizationId);
      await temporal.client.workflow.start('integration', {
        workflowId: integrationWorkflowId(integrationId),
        taskQueue: TASK_QUEUE,
        args: [{ refuse: 'notPossibleNow' }],
      });
      const page = `${INTEGRATIONS}/${integrationId}`;
      const { location } = await browser.submit(`${page}/pause`, {}, page);
      const { text } = await browser.get(location);
      assert.match(text, /not possible in the connection’s present state/);
      assert.doesNotMatch(text, /secret internal words/);
    });

    it('answer 503 with a remedy while Temporal is down, and the pages still open', async () => {
      const down = await startWebApp({ mongodbUri: mongodb.newDatabase() });
      try {
        const acme = await addOrganization(down.storage, 'Acme');
        const ids = await fillOrganization(down.storage, acme, { conversationId: 7001 });
        const other = await signIn(down, acme.email);
        const page = `${INTEGRATIONS}/${ids.integrationId}`;
        assert.equal((await other.get(page)).status, 200);
        const answer = await other.submit(`${page}/pause`, {}, page);
        assert.equal(answer.status, 503);
        assert.match(answer.text, /Nothing is lost/);
        const health = await other.get('/healthz');
        assert.equal(health.status, 503);
        const { parts } = JSON.parse(health.text);
        assert.deepEqual([parts.mongodb.state, parts.temporal.state, parts.worker.state], ['ok', 'down', 'down']);
      } finally {
        await down.stop();
      }
    });
  });

  describe('the log', () => {
    it('retries a failed sync in the person’s name, and dismisses one with a reason', async () => {
      const organization = { organizationId, member: { memberId: 'm' } };
      for (const [conversationId, action, result] of [
        [7001, 'retry', 'administrator@acme.example'],
        [7002, 'dismiss', 'not needed (administrator@acme.example)'],
      ] as const) {
        const { integrationId = '', eventId } = await fillOrganization(app.storage, organization, { conversationId });
        const handle = await temporal.client.workflow.start('conversationSync', {
          workflowId: conversationWorkflowId(integrationId, conversationId),
          taskQueue: TASK_QUEUE,
        });
        const log = '/tools/integrations/helpscout-log';
        const answer = await browser.submit(`${log}/${eventId}/${action}`, { reason: 'not needed' }, log);
        assert.equal(answer.location, log);
        assert.equal(await handle.result(), result);
      }
    });
  });

  it('tests a channel, and says why nothing arrived', async () => {
    const page = '/settings/notifications';
    const test = async (channel: string) => {
      const answer = await browser.submit(`${page}/${channel}/test`, {}, page);
      assert.equal(answer.status, 303, answer.text);
      return (await browser.get(answer.location)).text;
    };
    assert.match(await test('email'), /role="alert"[\s\S]*cannot send e-mail\. Whoever runs it sets SMTP_URL/);
    assert.match(await test('webhook'), /The test was accepted/);
  });

  it('begins an erasure and leads to its receipt, which is for whoever knows its address', async () => {
    const page = '/settings/erase';
    const address = 'zelda@client.example';
    const fields = { email: address, again: ' Zelda@Client.example', later: 'read' };
    const { status, location } = await browser.submit(`${page}/customer`, fields, page);
    assert.equal(status, 303);
    const [erasure] = await app.storage.erasures.list(organizationId);
    assert.deepEqual(
      [erasure?.kind, erasure?.refusesLater, `/erasures/${erasure?.erasureId}`],
      ['customer', false, location],
    );
    const whole = await browser.submit(`${page}/organization`, { organizationName: ' Acme ' }, page);
    for (const receipt of [location, whole.location]) {
      const { status, text } = await app.browser().get(receipt);
      assert.equal(status, 200);
      assert.match(text, receipt === location ? /Erasure of a customer/ : /Erasure of an organization/);
      assert.doesNotMatch(text, /zelda/i);
      assert.equal((await app.browser().get(`${receipt}/progress`)).status, 200);
      assert.ok(!app.logLines.join('').includes(receipt.slice('/erasures/'.length)), 'a receipt’s id in the log');
    }
    assert.equal((await app.browser().get(`/erasures/${'a'.repeat(43)}`)).status, 404);
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 10 });
    assert.deepEqual(entries.map(({ action }) => action).sort(), ['erased a customer', 'erased the organization']);
    assert.doesNotMatch(JSON.stringify(entries), /zelda/i);
  });

  it('is healthy once workers ask for work on both queues', async () => {
    const before = await browser.get('/healthz');
    assert.equal(before.status, 503);
    assert.match(JSON.parse(before.text).parts.worker.detail, /helpscout/);
    const second = await Worker.create({
      connection: temporal.nativeConnection,
      taskQueue: HELPSCOUT_TASK_QUEUE,
      activities: { nothing: async () => undefined },
    });
    await second.runUntil(
      until(async () => (await browser.get('/healthz')).status === 200, { what: 'a healthy installation' }),
    );
  });
});
