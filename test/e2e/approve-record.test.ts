import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { seriousFaults } from '../support/axe.ts';
import { useChrome } from '../support/chrome.ts';
import { addReports, insightSettings } from '../support/reports.ts';
import { addMember, addOrganization, PASSWORD, useWebApp } from '../support/web-app.ts';
import { fillSignIn } from './page-steps.ts';

const EMAIL = 'manager@acme.example';

describe('approving a bug report, in a browser', function () {
  this.timeout(120_000);
  const app = useWebApp();
  const chrome = useChrome();
  let page: Page;
  const complaints: string[] = [];
  before(async () => {
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    await addMember(app.storage, organizationId, EMAIL, 'manager');
    const { integrationId } = await app.storage.integrations.create(organizationId);
    const now = new Date();
    await app.storage.settings.save(organizationId, { insights: insightSettings({ records: 'approval' }) });
    for (const patternId of ['p1', 'p2', 'p3']) {
      const reports = ['ada', 'bob'].map((customer) => ({ customer: `${customer}-${patternId}`, at: now }));
      const scope = { organizationId, integrationId, patternId };
      await addReports(app.storage, scope, reports, { now, settings: insightSettings({ records: 'approval' }) });
    }
    page = await (await chrome.newContext({ viewport: { width: 390, height: 800 } })).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${app.origin}/sign-in`);
    await fillSignIn(page, { email: EMAIL, password: PASSWORD });
  });

  /** Nothing is wider than the screen. */
  async function fits() {
    const { scroll, width } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      width: window.innerWidth,
    }));
    assert.ok(scroll <= width, `${page.url()}: ${scroll} > ${width}`);
  }

  it('shows what waits with its quotes, on a narrow screen, without faults', async () => {
    await page.goto(`${app.origin}/insights/approvals`);
    assert.equal(await page.getByRole('article').count(), 3);
    assert.match((await page.getByRole('article').first().textContent()) ?? '', /The export fails/);
    assert.deepEqual(await seriousFaults(page), []);
    await fits();
  });

  it('approves by keyboard, as another kind, and rejects with a reason', async () => {
    await page.getByRole('button', { name: 'Approve bug report' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByText('Bug report 1 is open.').waitFor();
    await page.getByRole('button', { name: 'Approve as feature request' }).first().click();
    await page.getByText('Feature request 1 is open.').waitFor();
    await page.getByLabel('Reason to reject').fill('We know of it');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Nothing waits').waitFor();
    assert.match((await page.locator('main').textContent()) ?? '', /Rejected: .*\(We know of it\)/);
  });

  it('leads on to the record, whose status and priority can be decided', async () => {
    await page.locator('a[href="/bug-reports/1"]').first().click();
    await page.getByRole('heading', { name: 'Description and evidence' }).waitFor();
    await fits();
    await page.getByLabel('Status').selectOption('inProgress');
    await page.getByRole('button', { name: 'Set status' }).click();
    await page.getByText('The status is saved.').waitFor();
    await page.getByLabel('Priority', { exact: true }).and(page.locator('select')).selectOption('urgent');
    await page.getByRole('button', { name: 'Save severity and priority' }).click();
    await page.getByText(/Locked by a person/).waitFor();
    assert.deepEqual(await seriousFaults(page), []);
    assert.deepEqual(complaints, []);
  });

  it('prepares a note for each chosen conversation, which is sent only by its button', async () => {
    await page.getByRole('link', { name: 'Customers who asked' }).click();
    await page.getByRole('heading', { name: 'Customers who asked' }).waitFor();
    await fits();
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0);
    await page.getByRole('link', { name: 'Select all' }).click();
    await page.getByRole('link', { name: 'Select none' }).waitFor();
    await page.getByRole('checkbox').first().uncheck();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Nothing is sent yet').waitFor();
    await fits();
    await page.getByRole('textbox').fill('We are on it.');
    assert.deepEqual(await seriousFaults(page), []);
    await page.getByRole('button', { name: 'Add 1 private note' }).click();
    await page.getByText(/One private note about bug report 1 on the way/).waitFor();
    assert.match((await page.locator('main').textContent()) ?? '', /Private note: on the way/);
  });
});
