import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { until } from '../support/until.ts';
import { connectHelpScout, fillSignIn } from './page-steps.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';
import { historiesOf } from './what-is-stored.ts';

const corpus = [
  {
    id: 'c-1',
    subject: 'Importing clients: help article is wrong',
    text: 'Your help article about importing clients lists wrong column names for the CSV file. The documentation is outdated, please correct the article.',
    customerEmail: 'ada@client.example',
  },
  {
    id: 'c-2',
    subject: 'Help page on CSV import is outdated',
    text: 'The documentation of the CSV import is wrong: the columns in the article on importing clients are not those of the template. Please update the help article.',
    customerEmail: 'bo@client.example',
  },
  {
    id: 'c-3',
    subject: 'No documentation of the giraffe button',
    text: 'There is no help article on the giraffe button. I read the whole documentation, please write an article about giraffes.',
    customerEmail: 'cy@client.example',
  },
];

describe('help articles, from a mapped collection to the article that did not answer', function () {
  this.timeout(300_000);
  let running: RunningStack;
  let chrome: Browser;
  let page: Page;
  let integrationId = '';
  before(async function () {
    if (!chromeIsHere()) this.skip();
    running = await startRunningStack({ corpus });
    chrome = await openChrome();
    page = await chrome.newPage({ viewport: { width: 390, height: 800 } });
  });
  after(async () => {
    await chrome?.close();
    await running?.stop();
  });
  const open = (path: string) => page.goto(`${running.stack.urls.api}${path}`);
  const syncs = () => running.storage.collectionSyncs.list(running.organizationId, integrationId);

  it('reads the articles of the collections that a person maps', async () => {
    await open('/sign-in');
    const { account, urls } = running.stack;
    await fillSignIn(page, account ?? assert.fail('no account'));
    integrationId = await connectHelpScout(page, urls.api);
    await page.getByLabel('Docs API key').fill(running.stack.sandboxDocsApiKey ?? '');
    await page.getByRole('button', { name: 'Connect Docs' }).click();
    for (const name of ['User guide', 'Billing & account']) await page.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: 'Save collections' }).click();
    const synced = async () => {
      const found = await syncs();
      return found.length === 2 && found.every(({ state }) => state === 'synced');
    };
    await until(synced, { what: 'the articles', timeoutMs: 60_000 });
    await page.reload();
    const list = page.getByRole('list', { name: 'Articles of the mapped collections' });
    assert.match((await list.textContent()) ?? '', /User guide10 articles read, last .*Up to date/);
  });

  it('names the article that should have answered, and says where there is none', async () => {
    for (const box of await page.locator('input[name="mailboxIds"]').all()) await box.check();
    await page.locator('form[action$="/mailboxes"] button').first().click();
    await running.untilScanned(integrationId);
    await open('/insights/documentation');
    const articles = page.getByRole('region', { name: 'Articles that did not answer' });
    const link = articles.getByRole('link', { name: 'Importing clients and jobs (opens in a new tab)' });
    assert.match((await link.getAttribute('href')) ?? '', /\/article\/8-importing-clients-and-jobs$/);
    assert.match((await articles.locator('tbody').textContent()) ?? '', /Wrong2/);
    const topics = page.getByRole('region', { name: 'Topics without an article' });
    assert.match((await topics.textContent()) ?? '', /giraffe/);
  });

  it('lists the conversations of an article, and filters by problem', async () => {
    await page.getByRole('link', { name: '2 conversations about Importing clients and jobs' }).click();
    await page.getByRole('heading', { name: /“Importing clients and jobs” did not answer/ }).waitFor();
    assert.equal(await page.locator('tbody tr').count(), 2);
    await open('/insights/documentation?problem=hardToFind');
    await page.getByText('Nothing of this kind in this time').waitFor();
    assert(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'fits 390 px');
  });

  it('keeps what articles say, and their titles, out of the sync’s history', async () => {
    const { decrypted } = await historiesOf(running);
    const ours = Object.entries(decrypted).filter(([place]) => place.includes('docsSync:'));
    assert(ours.length >= 1);
    for (const [place, text] of ours) {
      assert(text.includes(running.organizationId), 'payloads are readable here');
      assert(!text.includes('Importing clients') && !text.includes('column'), place);
    }
  });
});
