import assert from 'node:assert/strict';
import { patternHref } from '../../src/ui/links.ts';
import type { Browser } from '../support/browser.ts';
import { addReports } from '../support/reports.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const PATH = patternHref('p1');

describe('what people type about insights and patterns', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let organizationId: string;
  let browser: Browser;
  before(async () => {
    app.setTime(NOW);
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    const { integrationId } = await app.storage.integrations.create(organizationId);
    const reports = ['ann', 'a.n', 'bob'].map((customer) => ({ customer, at: NOW }));
    await addReports(app.storage, { organizationId, integrationId, patternId: 'p1' }, reports, { now: NOW });
    browser = await signIn(app, 'manager@acme.example');
  });

  const pattern = () => app.storage.patterns.get(organizationId, 'p1');
  const said = async (verb: string, fields: Record<string, string>) => {
    const { location } = await browser.submit(`${PATH}/${verb}`, fields, PATH);
    return (await browser.get(location)).text;
  };

  it('is refused with the limit where a reason or a title is too long', async () => {
    const reason = await said('dismiss', { reason: 'x'.repeat(501) });
    assert.match(reason, /The reason has 501 characters\. Use at most 500\./);
    assert.doesNotMatch((await browser.get('/patterns?state=dismissed')).text, /Export fails/);
    const title = await said('relabel', { title: 'x'.repeat(201), category: 'bug' });
    assert.match(title, /The title has 201 characters\. Use at most 120\./);
    assert.equal((await pattern())?.title, 'Export fails');
  });

  it('is refused where a title is blank, even with another category', async () => {
    assert.match(await said('relabel', { title: '  \t ', category: 'feature' }), /A title is needed\./);
    assert.deepEqual([(await pattern())?.title, (await pattern())?.category], ['Export fails', 'bug']);
    await said('relabel', { title: ' Ours ', category: 'bug' });
    assert.equal((await pattern())?.title, 'Ours');
  });

  it('finds insights by how the customer’s address begins, literally', async () => {
    const found = async (search: string) =>
      (await app.storage.insights.list(organizationId, { search }, { limit: 9 })).insights
        .map(({ customerKey }) => customerKey.split('@')[0])
        .sort();
    assert.deepEqual(await found('ANN@client'), ['ann']);
    assert.deepEqual(await found('ann@client.example'), ['ann']);
    assert.deepEqual(await found('a.n'), ['a.n'], 'a dot is a dot');
    assert.deepEqual(await found('client.example'), [], 'not in its middle');
    assert.deepEqual(await found('export'), ['a.n', 'ann', 'bob']);
  });

  it('says when a search text is too long, and shows nothing for it', async () => {
    const { text } = await browser.get(`/insights?q=${'x'.repeat(201)}`);
    assert.match(text, /The search text is too long/);
    assert.match(text, /It has 201 characters\. Use at most 200\./);
    assert.match((await browser.get('/insights?q=bob%40')).text, /Export fails/);
  });
});
