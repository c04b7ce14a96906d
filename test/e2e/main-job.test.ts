import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { until } from '../support/until.ts';
import { connectHelpScout, fillSignIn } from './page-steps.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';
import { historiesOf, logsOf, secretsOf } from './what-is-stored.ts';

/** A sentence that nothing but the customer's own message may hold. */
const SENTENCE = 'Since the zebra update my quarterly invoices come out upside down';

const corpus = [
  ...Array.from({ length: 60 }, (_, index) => ({
    id: `bug-${index}`,
    text: `The CSV export stops with a timeout error after 30 seconds, report ${index}. It worked last week.`,
    customerEmail: `bug-${index}@client.example`,
  })),
  ...Array.from({ length: 30 }, (_, index) => ({
    id: `wish-${index}`,
    text: `It would be great if you could add a dark mode to the mobile app, please. Team ${index}.`,
    customerEmail: `wish-${index}@client.example`,
  })),
];

describe('the main job, in a browser', function () {
  this.timeout(180_000);
  let running: RunningStack;
  let chrome: Browser;
  let page: Page;
  const complaints: string[] = [];

  before(async function () {
    if (!chromeIsHere()) this.skip();
    running = await startRunningStack({ corpus });
    chrome = await openChrome();
    page = await chrome.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  after(async () => {
    await chrome?.close();
    await running?.stop();
  });

  const open = (path: string) => page.goto(`${running.stack.urls.api}${path}`);
  const scanned = async () => {
    const [integration] = await running.storage.integrations.list(running.organizationId);
    return integration?.scan?.state === 'completed';
  };

  it('signs in, connects Help Scout and chooses mailboxes', async () => {
    await open('/');
    const { account, urls } = running.stack;
    await fillSignIn(page, account ?? assert.fail('no account'));
    await connectHelpScout(page, urls.api);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page
      .getByRole('button', { name: /mailbox|scan/i })
      .first()
      .click();
    await until(scanned, { what: 'the scan', timeoutMs: 120_000 });
  });

  it('shows insights, the pattern they form and the bug report made of it', async () => {
    await open('/insights');
    await page.getByText('dark mode').first().waitFor();
    await open('/bug-reports');
    await page
      .getByRole('link', { name: /export/i })
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.match((await page.locator('main').textContent()) ?? '', /60/);
  });

  it('follows a new message written in the sandbox: the insight is updated while somebody looks at it', async () => {
    await page.goto(`${running.stack.urls.sandbox}/conversation/7001/1`);
    await page.getByLabel('Message').fill(`${SENTENCE}.`);
    await page.getByRole('button', { name: /^Send as/ }).click();
    const again = async () => (await running.storage.insights.get(running.organizationId, 7001))?.revision === 2;
    await until(again, { what: 'the second classification', timeoutMs: 60_000 });
    await open('/conversations/7001');
    await page.getByText(SENTENCE).first().waitFor();
    assert((await page.locator('mark').count()) > 0, 'evidence is highlighted');
  });

  it('has a row in the log for each sync', async () => {
    await open('/tools/integrations/helpscout-log?q=7001');
    await page.locator('tbody').getByText('Conversation Updated').first().waitFor();
    const { storage, organizationId } = running;
    const rows = (await storage.syncEvents.list(organizationId, { conversationId: 7001 }, { limit: 10 })).events;
    assert.deepEqual(
      rows.map(({ type, status }) => [type, status]),
      [
        ['conversationUpdated', 'success'],
        ['conversationSynced', 'success'],
      ],
    );
  });

  it('made no page complain', () => {
    assert.deepEqual(complaints, []);
  });

  it('keeps tokens, secrets and message text out of every workflow history and out of the logs', async () => {
    const secrets = await secretsOf(running);
    assert(secrets.length >= 4, `${secrets.length} secrets to look for`);
    const words = [SENTENCE, 'stops with a timeout error after 30 seconds', 'add a dark mode to the mobile app'];
    const { decrypted } = await historiesOf(running);
    const ours = Object.entries(decrypted).filter(([place]) => /history of (integration|scan):/.test(place));
    assert.equal(ours.length, 2, 'the integration and its scan');
    for (const [, text] of ours) assert(text.includes(running.organizationId), 'payloads are readable here');
    for (const [place, text] of Object.entries({ ...decrypted, ...(await logsOf(running)) })) {
      assert(text.length > 0, `${place} is empty`);
      for (const forbidden of [...secrets, ...words])
        assert(!text.includes(forbidden), `${place} holds what it must not`);
    }
  });
});
