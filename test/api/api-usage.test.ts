import assert from 'node:assert/strict';
import { SCOPE } from '../../src/helpscout/endpoints.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const PAGE = '/tools/integrations/helpscout-calls';

describe('calls to Help Scout', function () {
  this.timeout(60_000);
  const app = useWebApp();

  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600_000);
  const rowOf = (html: string, endpoint: string) =>
    html.split('<tr>').find((row) => row.includes(`<code>${endpoint}</code>`)) ?? assert.fail(endpoint);

  it('lists everything that may be called, with the calls and errors of the last 30 days', async () => {
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    const { email } = await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    const call = { integrationId: 'i1', endpoint: 'GET /v2/conversations', now: daysAgo(29) };
    await app.storage.apiUsage.countCall(organizationId, call);
    await app.storage.apiUsage.countCall(organizationId, { ...call, now: daysAgo(0) });
    await app.storage.apiUsage.countError(organizationId, { ...call, now: daysAgo(0) });
    await app.storage.apiUsage.countCall(organizationId, { ...call, now: daysAgo(30) });
    const former = { ...call, endpoint: 'GET /v2/teams', now: daysAgo(1) };
    await app.storage.apiUsage.countCall(organizationId, former);

    const { text } = await (await signIn(app, email)).get(PAGE);
    for (const { endpoint } of SCOPE) assert.ok(rowOf(text, endpoint), endpoint);
    assert.match(rowOf(text, 'GET /v2/conversations'), /data-label="Calls"[^>]*>2<.*data-label="Errors"[^>]*>1</s);
    assert.match(rowOf(text, 'PUT /v2/webhooks/{id}'), /data-label="Calls"[^>]*>0</);
    assert.match(rowOf(text, 'GET /v2/teams'), /No longer called/);
    assert.match(text, new RegExp(`3 calls in the last 30 days, to 2 of ${SCOPE.length + 1} endpoints`));
    assert.match(text, /No call outside the list was tried/);
  });

  it('lists everything for an organization that has called nothing yet', async () => {
    const { email } = await addOrganization(app.storage, 'Hooli');
    const { text } = await (await signIn(app, email)).get(PAGE);
    for (const { endpoint } of SCOPE) assert.match(rowOf(text, endpoint), /data-label="Calls"[^>]*>0</, endpoint);
    assert.match(text, new RegExp(`0 calls in the last 30 days, to 0 of ${SCOPE.length} endpoints`));
  });

  it('shows what the list has stopped', async () => {
    const { organizationId, email } = await addOrganization(app.storage, 'Globex');
    const refused = { integrationId: 'i2', endpoint: 'DELETE /v2/conversations/{id}', now: new Date() };
    await app.storage.apiUsage.countRefused(organizationId, refused);
    const { text } = await (await signIn(app, email)).get(PAGE);
    assert.match(text, /<code>DELETE \/v2\/conversations\/\{id\}<\/code> 1 time</);
  });

  it('saves the share that is left for other apps, and refuses one that leaves nothing for us', async () => {
    const { organizationId, email } = await addOrganization(app.storage, 'Initech', 'administrator');
    const { integrationId } = await app.storage.integrations.create(organizationId);
    const path = `/settings/integrations/${integrationId}`;
    const browser = await signIn(app, email);
    const share = async () => (await app.storage.integrations.get(organizationId, integrationId))?.otherAppsPercent;
    assert.equal(await share(), 0);
    assert.equal((await browser.submit(`${path}/other-apps`, { otherAppsPercent: '30' }, path)).status, 303);
    assert.equal(await share(), 30);
    assert.match((await browser.get(path)).text, /value="30" selected/);
    for (const wrong of ['95', '-1', 'much', '12.5']) {
      const answer = await browser.submit(`${path}/other-apps`, { otherAppsPercent: wrong }, path);
      assert.equal(answer.status, 422, wrong);
      assert.match(answer.text, /Choose a share from 0 to 90/);
    }
    assert.equal(await share(), 30);
  });
});
