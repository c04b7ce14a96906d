import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Category } from '../../src/domain/category.ts';
import type { Role } from '../../src/domain/roles.ts';
import { seriousFaults } from '../support/axe.ts';
import { useChrome } from '../support/chrome.ts';
import { addClassified } from '../support/classified.ts';
import { until } from '../support/until.ts';
import { addMember, addOrganization, PASSWORD, useWebApp } from '../support/web-app.ts';
import { fillSignIn } from './page-steps.ts';

const NOW = new Date('2026-11-18T12:00:00Z');

describe('the review queue and the quality card, in a browser', function () {
  this.timeout(120_000);
  const app = useWebApp();
  const chrome = useChrome();
  let organizationId: string;
  let integrationId: string;

  before(async () => {
    app.setTime(NOW);
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    await addMember(app.storage, organizationId, 'operator@acme.example', 'operator');
    ({ integrationId } = await app.storage.integrations.create(organizationId));
    const categories: (Category | null)[] = ['bug', 'bug', 'feature', 'question', null];
    await addClassified(
      app.storage,
      { organizationId, integrationId },
      categories.map((category, index) => ({
        conversationId: 7001 + index,
        category,
        text: `The export number ${index} shows a secret word: marmalade.`,
        reportedAt: new Date(NOW.getTime() - (index + 1) * 3_600_000),
        patternId: index < 2 ? 'pattern-1' : null,
      })),
    );
  });

  const signedIn = async (role: Role, width = 1280) => {
    const context = await chrome.newContext({ viewport: { width, height: 844 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${app.origin}/sign-in`);
    await fillSignIn(page, { email: `${role}@acme.example`, password: PASSWORD });
    return page;
  };
  const shown = async (page: Page) => Number(await page.locator('input[name="conversationId"]').inputValue());
  const pressed = async (page: Page, key: string) => {
    const loaded = page.waitForEvent('load');
    await page.keyboard.press(key);
    await loaded;
  };
  let seconds = 0;
  /** Reviews are told apart by their times. */
  const aSecondLater = () => app.setTime(new Date(NOW.getTime() + ++seconds * 1000));
  const numberOf = async (conversationId = 0) =>
    (await app.storage.conversations.get(organizationId, conversationId))?.number;
  const insightOf = (conversationId: number) => app.storage.insights.get(organizationId, conversationId);

  it('goes through the random sample by keyboard: confirm, correct, skip, and take the last back', async () => {
    const page = await signedIn('manager');
    await page.goto(`${app.origin}/insights/review`);
    await page.getByText('Random sample (5)').waitFor();

    const asked: number[] = [];
    const step = async (...keys: string[]) => {
      asked.push(await shown(page));
      aSecondLater();
      for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
      await pressed(page, keys.at(-1) ?? '');
    };
    await step('4', 'Enter');
    await page.getByText(`Conversation #${await numberOf(asked[0])}: `).waitFor();
    const judged = await insightOf(asked[0] ?? 0);
    assert.equal(judged?.category, 'question');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back.').waitFor();
    assert.equal((await insightOf(asked[0] ?? 0))?.review, 'none');
    assert.equal(await shown(page), asked[0]);

    await step('1', 'Enter');
    assert.equal(await page.getByText(/Random sample \(4\)/).count(), 1);
    await step('s');
    await page.getByText(`Conversation #${await numberOf(asked[2])}: skipped.`).waitFor();
    await step('2', 'Enter');
    await step('2', 'Enter');
    await step('1', 'Enter');
    await page.getByText('This week’s sample is done.').waitFor();
    assert.equal(new Set(asked).size, 5);
    const sample = (await app.storage.reviewSamples.since(organizationId, '2026-11-16'))[0];
    assert.equal(sample?.asked, 5);
    assert.equal(sample?.skipped.length, 1);
    await page.context().close();
  });

  it('asks whether two conversations of a pattern tell of the same issue', async () => {
    const page = await signedIn('manager');
    await page.goto(`${app.origin}/insights/review?queue=pairs`);
    const before = await page.getByText(/Same issue\? \(\d\)/).textContent();
    await pressed(page, 'n');
    await page.getByText('Your last answer: different.').waitFor();
    assert.notEqual(await page.getByText(/Same issue\? \(\d\)/).textContent(), before);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back.').waitFor();
    assert.equal(await page.getByText(/Same issue\? \(\d\)/).textContent(), before);
    await pressed(page, 'y');
    await page.context().close();
  });

  it('shows what the answers say: precision and recall with intervals, patterns, cases', async () => {
    const page = await signedIn('administrator');
    await page.goto(`${app.origin}/insights/quality`);
    const bugs = page.getByRole('row', { name: /Bug reports/ });
    await bugs
      .getByText(/\d+% to \d+%, \d of \d/)
      .first()
      .waitFor();
    await page.getByText(/of random pairs that share a pattern/).waitFor();
    assert.equal(
      await page.getByText('Judged in the sample').locator('xpath=following-sibling::dd').textContent(),
      '4',
    );
    assert.equal(await page.getByRole('button', { name: 'Retrain for us' }).count(), 0);
    await page.getByRole('link', { name: '4 conversations' }).click();
    await page.getByRole('heading', { level: 1, name: 'Regression cases' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as JSON lines' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'regression-cases.jsonl');
    await page.context().close();
  });

  // Before the next test judges another one: that may be the skipped one, as the sample is drawn at random.
  it('shows operators no message, and gives them no export', async () => {
    await app.storage.reviewSamples.unskip(organizationId, '2026-11-16', 1);
    const page = await signedIn('operator');
    await page.goto(`${app.origin}/insights/review`);
    await page.getByText('Your role may not read messages.').waitFor();
    assert.doesNotMatch(await page.content(), /marmalade/);
    const answer = await page.request.get(`${app.origin}/insights/quality/cases/export.jsonl`);
    assert.equal(answer.status(), 403);
    await page.context().close();
  });

  it('corrects an insight on the page of its conversation', async () => {
    const page = await signedIn('manager');
    await page.goto(`${app.origin}/conversations/7003`);
    await page.locator('.correct-insight summary').press('Enter');
    await page.getByRole('radio', { name: 'Documentation need' }).check();
    await page.locator('.correct-insight').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Corrected: it holds for later runs too.').waitFor();
    assert.deepEqual(await seriousFaults(page), []);
    const insight = await insightOf(7003);
    assert.deepEqual([insight?.category, insight?.review], ['documentation', 'corrected']);
    await page
      .getByText(/→ Documentation need/)
      .first()
      .waitFor();
    await page.context().close();
  });

  it('is usable at 390 px, and axe-core finds no serious fault at any width', async () => {
    for (const width of [390, 1280]) {
      const page = await signedIn('administrator', width);
      const paths = ['review', 'review?queue=unsure', 'review?queue=pairs', 'quality', 'quality/cases'];
      for (const path of [...paths.map((name) => `/insights/${name}`), '/settings/taxonomy', '/settings/insights']) {
        await page.goto(app.origin + path);
        assert.deepEqual(await seriousFaults(page), [], `${path} at ${width} px`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} px wider than ${width}`);
      }
      await page.context().close();
    }
  });

  it('keeps the menu on one line at 1280 px, and marks the page that is open', async () => {
    const page = await signedIn('administrator');
    await page.goto(`${app.origin}/insights/quality`);
    const heights = await page.locator('.menu > *').evaluateAll((items) => items.map((item) => item.clientHeight));
    assert.ok(Math.max(...heights) < 60, heights.join());
    await page.locator('.menu summary').first().click();
    await until(async () => (await page.locator('.menu a[aria-current="page"]').textContent()) === 'Quality');
    assert.equal(await page.locator('.menu a[aria-current="page"]').count(), 1);
    await page.context().close();
  });
});
