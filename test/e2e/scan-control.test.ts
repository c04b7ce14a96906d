import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { control, corpusOf, start, stopAll } from '../sandbox/support.ts';
import { seriousFaults } from '../support/axe.ts';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { startScanApp } from '../support/scan-app.ts';
import { PASSWORD } from '../support/web-app.ts';

const MAILBOXES = ['Support', 'Billing', 'Sales'];
/** Of the first one; a scan reads fifty at once: the time left is known after the second turn of four. */
const FIRST = 155;
const OTHERS = 6;
const CONVERSATIONS = FIRST + 2 * OTHERS;

describe('scans, as a person controls them in a browser', function () {
  this.timeout(180_000);
  let sandbox: Sandbox;
  let product: Awaited<ReturnType<typeof startScanApp>>;
  let chrome: Browser;
  let page: Page;
  const complaints: string[] = [];

  before(async function () {
    if (!chromeIsHere()) this.skip();
    const lines = Array.from({ length: CONVERSATIONS }, (_, index) => ({
      ...{ id: `c-${index}`, text: `The export fails, report ${index}.` },
      mailbox: MAILBOXES[index < FIRST ? 0 : index % 2 ? 1 : 2] ?? '',
    }));
    sandbox = await start({ corpus: corpusOf(CONVERSATIONS, lines) });
    product = await startScanApp(sandbox);
    chrome = await openChrome();
    page = await (await chrome.newContext()).newPage();
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${product.app.origin}/sign-in`);
    await page.getByLabel('E-mail').fill('administrator@acme.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/insights/);
    await page.goto(`${product.app.origin}/settings/integrations/${product.integrationId}`);
  });
  after(async () => {
    await chrome?.close();
    await product?.stop();
    await stopAll();
  });

  const estimate = (text: string | RegExp) => page.locator('#mailboxes-estimate').getByText(text).waitFor();
  const badge = (text: string) => page.locator('#integration-head').getByText(text, { exact: true }).waitFor();
  const stored = () => product.storage.integrations.get(product.organizationId, product.integrationId);
  const save = () => page.getByRole('button', { name: 'Save mailboxes' }).click();
  /** Looks at the page in both widths; with a folder named, a person can too. */
  async function look(name: string) {
    const folder = process.env.SCREENSHOTS;
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      if (folder) {
        const before = complaints.length;
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
        complaints.length = before; // taking a picture sets a style of its own
      }
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wider <= 0, `${name} is ${wider} px wider than ${width}`);
    }
    assert.deepEqual(await seriousFaults(page), [], name);
  }

  it('shows what a scan will take, by mailboxes and window, before it is started', async () => {
    await badge('Choose mailboxes');
    await estimate(`${CONVERSATIONS} conversations`);
    await estimate(new RegExp(`Support ${FIRST}, `));
    await estimate(/calls to Help Scout, less than a minute at 400 calls a minute/);
    await estimate('Classified on this server: nothing is paid.');
    await page.getByRole('checkbox', { name: /Billing/ }).uncheck();
    await page.getByRole('checkbox', { name: /Sales/ }).uncheck();
    await estimate(`${FIRST} conversations`);
    const asked = page.waitForResponse(/estimate\?mailboxIds=\d+&window=30/);
    await page.getByLabel('Earlier conversations to read').selectOption('30');
    assert.equal((await asked).status(), 200);
    await page.getByLabel('Earlier conversations to read').selectOption('all');
    await estimate(`${FIRST} conversations`);
    assert.equal((await stored())?.scan, null);
    await look('estimate');
  });

  it('starts, tells the time left, and is cancelled; the head follows without a reload', async () => {
    const slow = { template: '/v2/conversations', effect: { delayMs: 1600 }, when: { count: 1000 } };
    const { id } = await control(sandbox, 'POST', '/faults', { method: 'GET', ...slow });
    await page.getByRole('button', { name: 'Start the scan' }).click();
    await badge('Scanning');
    await page.locator('#scan-time-left').getByText('not known').waitFor();
    await page
      .locator('#scan-time-left')
      .getByText(/^ ?less than a minute left$/)
      .waitFor();
    await look('scanning');
    await page.getByRole('button', { name: 'Cancel scan' }).click();
    await badge('Live');
    await page.getByRole('heading', { name: 'Scan cancelled' }).waitFor();
    assert.deepEqual((await stored())?.selectedMailboxIds.length, 1);
    await control(sandbox, 'DELETE', `/faults/${id}`);
    const read = await product.storage.conversations.idsOf(product.organizationId, product.integrationId, 999);
    assert.ok(read.count > 0 && read.count < FIRST, `${read.count} were read`);
  });

  it('reads all of it again, and follows from scanning to live without a reload', async () => {
    await page.getByLabel('Read the chosen mailboxes’ conversations').selectOption('dates');
    await page.getByRole('button', { name: 'Rescan' }).click();
    await page.getByText('Choose a first and a last day').waitFor();
    complaints.length = 0; // the refused form
    await page.getByLabel('Read the chosen mailboxes’ conversations').selectOption('all');
    await page.locator('#rescan-estimate').getByText(`${FIRST} conversations`).waitFor();
    await page.getByRole('button', { name: 'Rescan' }).click();
    await page.getByRole('heading', { name: 'Scan complete' }).waitFor();
    await badge('Live');
    await page.getByRole('heading', { name: 'Scan again' }).waitFor();
  });

  it('scans only what is added, starts nothing for no change, and leaves out what is removed', async () => {
    await estimate('Nothing changes: nothing is scanned.');
    await save();
    await page.getByText('Nothing was changed.').waitFor();
    const scans = (await stored())?.scan?.scanNumber;
    await page.getByRole('checkbox', { name: /Billing/ }).check();
    await page.getByLabel('Of added mailboxes, read earlier conversations').selectOption('all');
    await estimate(`${OTHERS} conversations`);
    await save();
    await page.getByText(`Scan ${(scans ?? 0) + 1} of one mailbox has begun.`).waitFor();
    await page.getByRole('heading', { name: 'Scan complete' }).waitFor();
    assert.equal((await stored())?.scan?.total, OTHERS);
    await page.getByRole('checkbox', { name: /Billing/ }).uncheck();
    await estimate('Nothing is scanned; what was read stays.');
    await save();
    await page.getByText('One mailbox is not read any more; their insights stay.').waitFor();
    assert.equal((await stored())?.selectedMailboxIds.length, 1);
    const read = await product.storage.conversations.idsOf(product.organizationId, product.integrationId, 999);
    assert.equal(read.count, FIRST + OTHERS);
    await look('live');
  });

  it('says why it waits while Help Scout is down, and who paused it', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page
      .locator('#integration-line')
      .getByText(/^Paused by administrator@acme.example since /)
      .waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await badge('Live');
    const { organizationId, integrationId } = product;
    const seenMs = Date.now();
    const wait = { source: 'helpScout' as const, code: 'helpScoutUnavailable' as const, untilMs: null };
    await product.storage.integrations.noteWait(organizationId, integrationId, { ...wait, seenMs: seenMs - 60_000 });
    await product.storage.integrations.noteWait(organizationId, integrationId, { ...wait, seenMs });
    await page.reload();
    await page
      .locator('#integration-line')
      .getByText(/^Help Scout unavailable since /)
      .waitFor();
    await look('waiting');
    assert.deepEqual(complaints, []);
  });
});
