import assert from 'node:assert/strict';
import { addApiKey, apiClient } from '../support/api-client.ts';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { addOrganization, PASSWORD, signIn, useWebApp } from '../support/web-app.ts';

describe('the API’s documentation', function () {
  this.timeout(120_000);
  const app = useWebApp();
  let organizationId: string;

  before(async () => {
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
  });

  it('serves the document to anybody', async () => {
    const answer = await apiClient(app.origin, null)('get', '/api/v1/openapi.json');
    assert.equal(answer.status, 200);
    assert.equal(answer.body.openapi, '3.1.0');
    assert.doesNotMatch(answer.text, /Acme/);
  });

  it('shows its page to people who are signed in alone', async () => {
    assert.match((await app.browser().get('/api/v1/docs')).location, /^\/sign-in/);
    const page = await (await signIn(app, 'administrator@acme.example')).get('/api/v1/docs');
    assert.equal(page.status, 200);
    assert.match(page.text, /id="problem-tooManyCalls"/);
  });

  it('has a row for the type that each problem names', async () => {
    const { secret } = await addApiKey(app.storage, organizationId);
    const problem = await apiClient(app.origin, secret)('get', '/api/v1/nowhere');
    const [address, anchor = ''] = problem.body.type.split('#');
    const page = await (await signIn(app, 'administrator@acme.example')).get(address);
    assert.ok(page.text.includes(`id="${anchor}"`), anchor);
  });

  it('is drawn without a complaint of the content policy, loads nothing foreign, and tries calls with the session', async function () {
    if (!chromeIsHere()) this.skip();
    const chrome = await openChrome();
    try {
      const tab = await chrome.newPage({ viewport: { width: 390, height: 860 } });
      const complaints: string[] = [];
      const foreign: string[] = [];
      tab.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      tab.on('pageerror', (error) => complaints.push(error.message));
      tab.on('request', (request) => {
        if (!request.url().startsWith(app.origin) && !request.url().startsWith('data:')) foreign.push(request.url());
      });
      await tab.goto(`${app.origin}/sign-in?next=${encodeURIComponent('/api/v1/docs')}`);
      await tab.fill('input[name=email]', 'administrator@acme.example');
      await tab.fill('input[name=password]', PASSWORD);
      await tab.click('main button[type=submit]');
      await tab.waitForURL('**/api/v1/docs');
      await tab.waitForSelector('.opblock');
      assert.ok((await tab.locator('.opblock').count()) > 40);
      await tab.locator('#operations-Insights-getInsights .opblock-summary-control').click();
      await tab.locator('#operations-Insights-getInsights .try-out__btn').click();
      await tab.locator('#operations-Insights-getInsights .execute').click();
      await tab.waitForSelector(
        '#operations-Insights-getInsights .live-responses-table tr.response .response-col_status',
      );
      const status = await tab
        .locator('#operations-Insights-getInsights .live-responses-table tr.response .response-col_status')
        .first()
        .textContent();
      assert.match(status ?? '', /200/);
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px wider than the screen`);
      if (process.env.SCREENSHOTS) await tab.screenshot({ path: `${process.env.SCREENSHOTS}/api-docs.png` });
      assert.deepEqual(complaints, []);
      assert.deepEqual(foreign, []);
    } finally {
      await chrome.close();
    }
  });
});
