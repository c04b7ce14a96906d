import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { createPeopleAndRuns, type PeopleAndRuns } from '../storage/patterns/people-and-runs.ts';
import { seriousFaults } from '../support/axe.ts';
import { useChrome } from '../support/chrome.ts';
import { addMember, addOrganization, PASSWORD, useWebApp } from '../support/web-app.ts';
import { fillSignIn } from './page-steps.ts';

describe('patterns sorted by people, in a browser', function () {
  this.timeout(120_000);
  const app = useWebApp();
  const chrome = useChrome();
  let page: Page;
  let here: PeopleAndRuns;
  const complaints: string[] = [];
  /** The patterns' titles, as they are made of their messages. */
  let titles: { export: string; invoice: string };

  before(async () => {
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    await addMember(app.storage, organizationId, 'member@acme.example', 'member');
    here = createPeopleAndRuns(app.storage, organizationId);
    for (const id of [1, 2, 3]) await here.run(id, 'export');
    for (const id of [4, 5]) await here.run(id, 'invoice');
    await app.storage.patternSuggestions.suggest(organizationId, 'i1', ['i1-1', 'i1-4'], 0.3, new Date());
    titles = { export: await titleOf('i1-1'), invoice: await titleOf('i1-4') };
    assert.match(titles.export, /^The CSV export/);
    assert.match(titles.invoice, /^The invoice/);
    page = await signedIn('manager');
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  async function titleOf(patternId: string): Promise<string> {
    return (await app.storage.patterns.get(here.organizationId, patternId))?.title ?? assert.fail(patternId);
  }
  async function signedIn(role: string): Promise<Page> {
    const opened = await (await chrome.newContext()).newPage();
    await opened.goto(`${app.origin}/sign-in`);
    await fillSignIn(opened, { email: `${role}@acme.example`, password: PASSWORD });
    return opened;
  }
  const sizes = async () => [...(await here.membership()).values()].map(({ length }) => length).sort();
  const open = (patternId: string) => page.goto(`${app.origin}/patterns/${patternId}`);
  const undo = () => page.getByRole('status').getByRole('button', { name: /^Undo/ }).click();

  it('merges two patterns after a search, and takes it back by one click', async () => {
    await open('i1-4');
    await page.getByRole('link', { name: 'Merge…' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).fill('export');
    await page.waitForURL(/q=export/);
    await page.getByRole('button', { name: `Merge into this: ${titles.export}` }).click();
    await page.getByRole('heading', { level: 1, name: titles.export }).waitFor();
    assert.deepEqual(await sizes(), [5]);
    await undo();
    await page.getByText('Taken back: it is as it was before.').waitFor();
    await page.getByRole('heading', { level: 1, name: titles.invoice }).waitFor();
    assert.deepEqual(await sizes(), [2, 3]);
    await page.locator('#history').getByText('Taken back by manager@acme.example').waitFor();
  });

  it('splits off what does not belong, by keyboard, and takes it back', async () => {
    await open('i1-1');
    await page.getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Its title, if new').fill('Export to a printer');
    await page.getByRole('button', { name: 'Not the same: split' }).press('Enter');
    await page.getByRole('status').getByRole('link', { name: 'Export to a printer' }).waitFor();
    assert.deepEqual(await sizes(), [1, 2, 2]);
    await undo();
    await page.getByText('Taken back: it is as it was before.').waitFor();
    assert.deepEqual(await sizes(), [2, 3]);
  });

  it('says what is not possible, and shows why something is out of the way', async () => {
    await open('i1-1');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Not the same: split' }).click();
    await page.getByText('nothing would be left').waitFor();
    await page.getByText('Dismiss', { exact: true }).first().click();
    await page.getByLabel('Why nobody has to look at it').fill('A test of ours');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('A test of ours').first().waitFor();
    await page.goto(`${app.origin}/patterns`);
    assert.equal(await page.locator('#patterns-list a.row-title').count(), 1);
    await page.getByLabel('State').selectOption('dismissed');
    await page.locator('#patterns-list').getByRole('link', { name: titles.export }).click();
    await page.locator('#history').getByRole('button', { name: 'Undo: Dismissed' }).click();
    await page.getByText('Taken back: it is as it was before.').waitFor();
  });

  it('suggests what may be the same, until somebody says that it is not', async () => {
    await open('i1-1');
    await page.getByRole('button', { name: `Not the same: ${titles.invoice} and ${titles.export}` }).click();
    await page.getByText('Said not to be the same as').first().waitFor();
    await open('i1-1');
    assert.equal(await page.getByRole('heading', { name: 'May be the same' }).count(), 0);
    await page.goto(`${app.origin}/patterns/i1-4/merge`);
    await page.getByRole('button', { name: `Merge all the same: ${titles.export}` }).waitFor();
  });

  it('shows members the history and no button', async () => {
    const seeing = await signedIn('member');
    await seeing.goto(`${app.origin}/patterns/i1-1`);
    await seeing.getByRole('heading', { name: 'History' }).waitFor();
    assert.equal(await seeing.getByRole('button', { name: /Undo|Dismiss|split/ }).count(), 0);
    assert.equal(await seeing.getByRole('checkbox').count(), 0);
    await seeing.context().close();
  });

  it('is usable at 390 px, without serious faults, and no page complained', async () => {
    for (const path of ['/patterns', '/patterns/i1-1', '/patterns/i1-1/merge', '/patterns/i1-1/move/1']) {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(app.origin + path);
        assert.deepEqual(await seriousFaults(page), [], `${path}, ${width} px`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} px wider than ${width}`);
      }
    }
    assert.deepEqual(complaints, []);
  });
});
