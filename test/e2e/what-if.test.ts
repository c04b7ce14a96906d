import assert from 'node:assert/strict';
import { Client } from '@temporalio/client';
import { subDays } from 'date-fns';
import type { Browser, Page } from 'playwright-core';
import { guardActivities } from '../../src/activities/guard-activities.ts';
import { createActivities } from '../../src/activities/index.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { createDataConverter } from '../../src/security/data-converter.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { createWorkers } from '../../src/worker/worker.ts';
import { seriousFaults } from '../support/axe.ts';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { addClassified } from '../support/classified.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { startTemporal } from '../support/temporal.ts';
import { addOrganization, PASSWORD, startWebApp, type WebApp } from '../support/web-app.ts';

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const BROKEN = 'The export of the monthly report fails with error 500 and crashes since this morning.';

describe('a what-if, in a browser', function () {
  this.timeout(180_000);
  let mongodb: MongodbServer;
  let app: WebApp;
  let chrome: Browser;
  let page: Page;
  let organizationId: string;
  let stopWorkers: () => Promise<void>;
  const complaints: string[] = [];

  before(async function () {
    if (!chromeIsHere()) this.skip();
    mongodb = await startMongodb();
    const env = await startTemporal();
    const namespace = env.namespace ?? 'default';
    const dataConverter = createDataConverter(KEYS);
    const temporal = new Client({ connection: env.connection, namespace, dataConverter });
    app = await startWebApp({ mongodbUri: mongodb.newDatabase(), temporal });
    const activities = createActivities({
      storage: app.storage,
      keyRing: createKeyRing(KEYS),
      classifierOf: () => createOfflineClassifier(loadWeights()),
      messageBatchesOf: () => null,
      helpScout: {
        ...{ apiUrl: 'http://127.0.0.1:9', docsUrl: 'http://127.0.0.1:9', appId: 'app', appSecret: 'secret' },
        callsPerMinute: 100,
      },
      publicUrl: 'http://127.0.0.1:9',
      now: () => new Date(),
    });
    const interceptor = guardActivities;
    const connection = env.nativeConnection;
    const workers = await createWorkers({ connection, namespace, activities, dataConverter, interceptor });
    const running = Promise.all(workers.map((worker) => worker.run()));
    stopWorkers = async () => {
      for (const worker of workers) worker.shutdown();
      await running;
      await env.teardown();
    };
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    const reportedAt = subDays(new Date(), 3);
    await addClassified(app.storage, { organizationId, integrationId: 'i1' }, [
      { conversationId: 1, category: 'question', text: BROKEN, reportedAt, patternId: 'i1-1' },
      { conversationId: 2, category: 'question', text: BROKEN, reportedAt, patternId: 'i1-1' },
      { conversationId: 3, category: 'bug', text: BROKEN, reportedAt, patternId: 'i1-3' },
    ]);
    chrome = await openChrome();
    page = await (await chrome.newContext()).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${app.origin}/sign-in`);
    await page.getByLabel('E-mail').fill('administrator@acme.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/insights/);
  });
  after(async () => {
    await chrome?.close();
    await stopWorkers?.();
    await app?.stop();
    await mongodb?.stop();
  });
  const categories = async () =>
    (await app.storage.insights.list(organizationId, {}, { limit: 9 })).insights.map(({ category }) => category).sort();
  const state = (text: string) => page.locator('#state-heading').getByText(text, { exact: true }).waitFor();

  it('is tried from the form, and shows by conversation what would be otherwise', async () => {
    await page.goto(`${app.origin}/insights/what-if`);
    await page.getByText('Nothing was tried yet').waitFor();
    await page.getByLabel('A person decides below so many percent').fill('99');
    await page.getByLabel('Conversations of the last').selectOption('7');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Use a whole number from 0 to 95.').waitFor();
    complaints.length = 0;
    await page.getByLabel('A person decides below so many percent').fill('10');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.waitForURL(/what-if\/[^/]+$/);
    await state('Ready');
    await page.getByText('3 conversations would be seen otherwise').waitFor();
    assert.deepEqual(await categories(), ['bug', 'question', 'question']);
    await page.getByRole('link', { name: 'Moved 2' }).click();
    await page.getByLabel('Would be', { exact: true }).selectOption('bug');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/is=bug/);
    assert.deepEqual(await page.locator('tbody a.row-title').allTextContents(), ['Subject 1', 'Subject 2']);
    await page.getByLabel('Would be', { exact: true }).selectOption('feature');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByText('No conversation to show.').waitFor();
  });

  it('is usable at 390 px, without serious faults', async () => {
    const here = page.url();
    for (const path of [here, `${app.origin}/insights/what-if`]) {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(path);
        assert.deepEqual(await seriousFaults(page), [], `${path}, ${width} px`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} px wider than ${width}`);
      }
    }
    await page.goto(here.replace(/\?.*/, ''));
  });

  it('is published for everybody, and taken back', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    await state('Published');
    assert.deepEqual(await categories(), ['bug', 'bug', 'bug']);
    await page.getByRole('button', { name: 'Undo publishing' }).click();
    await state('Taken back');
    assert.deepEqual(await categories(), ['bug', 'question', 'question']);
    assert.equal((await app.storage.settings.get(organizationId)).insights.reviewBelow, 0.4);
  });

  it('is discarded, and nobody had anything to complain about', async () => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await state('Discarded');
    await page.getByText('Everything is as it was.').first().waitFor();
    assert.deepEqual(complaints, []);
  });
});
