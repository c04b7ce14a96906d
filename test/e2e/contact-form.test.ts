import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Browser, Page } from 'playwright-core';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { addContactForm, addIntegration } from '../support/contact-form.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { startTemporal } from '../support/temporal.ts';
import { addOrganization, PASSWORD, startWebApp, type WebApp } from '../support/web-app.ts';

describe('contact forms in Chromium', function () {
  this.timeout(120_000);
  let mongodb: MongodbServer;
  let temporal: TestWorkflowEnvironment;
  let app: WebApp;
  let chrome: Browser;
  let organizationId: string;
  let email: string;
  let integrationId: string;

  before(async function () {
    if (!chromeIsHere()) this.skip();
    mongodb = await startMongodb();
    temporal = await startTemporal();
    app = await startWebApp({ mongodbUri: mongodb.newDatabase(), temporal: temporal.client });
    ({ organizationId, email } = await addOrganization(app.storage, 'Acme'));
    integrationId = await addIntegration(app.storage, organizationId);
    chrome = await openChrome();
  });
  after(async () => {
    await chrome?.close();
    await app?.stop();
    await temporal?.teardown();
    await mongodb?.stop();
  });

  const submissions = async (formId: string) =>
    (await app.storage.submissions.list(organizationId, { formId, limit: 10 })).submissions;

  /** A tab 390 pixels wide; what its console complains about fails the test. */
  async function narrowTab(javaScriptEnabled: boolean): Promise<{ page: Page; complaints: string[] }> {
    const context = await chrome.newContext({ javaScriptEnabled, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    // That a form was refused with 422 is what the test is about.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text());
    });
    return { page, complaints };
  }
  const isTooWide = (page: Page) =>
    page.locator('html').evaluate((root) => (root.scrollWidth > root.clientWidth ? root.scrollWidth : 0));

  for (const script of [false, true]) {
    it(`takes a message ${script ? 'with' : 'without'} script, after showing what was wrong and keeping the rest`, async () => {
      const allowedOrigins = ['https://www.acme.example'];
      const form = await addContactForm(app.storage, organizationId, { integrationId, allowedOrigins });
      const { page, complaints } = await narrowTab(script);
      await page.goto(`${app.origin}/forms/${form.key}`);
      if (script) assert.equal(await isTooWide(page), 0);
      await page.getByLabel('Your name').fill('Ada');
      await page.getByLabel('E-mail address').fill('ada@customer.example');
      await page.getByLabel('Message').fill('   ');
      await page.getByLabel('Your plan').selectOption('Team');
      await page.getByLabel('It is urgent').check();
      await page.getByRole('button', { name: 'Send message' }).click();
      await page.getByRole('alert').getByText('Your message was not sent yet').waitFor();
      assert.equal(await page.getByLabel('Your name').inputValue(), 'Ada');
      assert.equal(await page.getByLabel('Your plan').inputValue(), 'Team');
      assert.equal(await page.getByLabel('It is urgent').isChecked(), true);
      await page.getByText('Fill in “Message”.').last().waitFor();

      await page.getByLabel('Message').fill('The export fails.');
      await page.getByLabel('Message').press('Tab');
      await page.getByRole('button', { name: 'Send message' }).press('Enter');
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      const reference = (await page.locator('code').textContent()) ?? '';
      const kept = await submissions(form.formId);
      assert.equal(kept.length, 2);
      assert.equal(kept[0]?.submissionId, reference);
      assert.equal(kept[0]?.message, 'The export fails.');
      assert.equal(kept[1]?.problem?.code, 'requiredFieldMissing');
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }

  it('stands in another website by its script, as high as it needs, and takes scripts’ posts from there alone', async () => {
    let html = '';
    const site: Server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><title>Shop</title><main>${html}</main>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    // Another name for this machine makes it another website.
    const origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    const form = await addContactForm(app.storage, organizationId, { integrationId, allowedOrigins: [origin] });
    html = `<script src="${app.origin}/forms/${form.key}/embed.js" data-title="Contact us" async></script>`;
    const { page, complaints } = await narrowTab(true);
    try {
      await page.goto(origin);
      const frame = page.frameLocator('iframe[title="Contact us"]');
      await frame.getByLabel('E-mail address').fill('ada@customer.example');
      await page.waitForFunction(() => {
        const height = document.querySelector('iframe')?.style.height;
        return height !== undefined && height !== '' && height !== '40rem';
      });
      const fits = await frame.locator('html').evaluate((root) => root.scrollHeight <= root.clientHeight + 1);
      assert.ok(fits, 'the frame scrolls');
      await frame.getByLabel('Message').fill('From another website');
      await frame.getByRole('button', { name: 'Send message' }).click();
      await frame.getByRole('heading', { name: 'Thank you' }).waitFor();
      assert.equal((await submissions(form.formId))[0]?.message, 'From another website');
      assert.deepEqual(complaints, []);

      const post = (key: string) =>
        page.evaluate(async (address) => {
          const body = JSON.stringify({ email: 'ada@customer.example', message: 'By script' });
          const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'k1' };
          return fetch(address, { method: 'POST', body, headers }).then(
            (answer) => `${answer.status} ${answer.headers.get('Location') ? 'Location' : ''}`,
            () => 'refused',
          );
        }, `${app.origin}/forms/${key}/submissions`);
      assert.equal(await post(form.key), '202 Location');
      const others = await addContactForm(app.storage, organizationId, {
        integrationId,
        allowedOrigins: ['https://www.acme.example'],
      });
      assert.equal(await post(others.key), 'refused');
      assert.deepEqual(await submissions(others.formId), []);
    } finally {
      await page.context().close();
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    }
  });

  it('is set up by keyboard alone on a narrow screen', async () => {
    const { page, complaints } = await narrowTab(true);
    await page.goto(`${app.origin}/sign-in?next=/settings/forms/new`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel('Password').press('Enter');
    const name = page.getByLabel('Name', { exact: true });
    await name.waitFor();
    assert.equal(await isTooWide(page), 0);

    /** Goes on with Tab until the control has the focus, as somebody without a mouse does. */
    const tabTo = async (id: string) => {
      for (let presses = 0; presses < 80; presses++) {
        if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`Tab does not reach ${id}`);
    };
    await tabTo('form-name');
    await page.keyboard.type('Ask us');
    await tabTo('add-field');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'field-4-label');
    assert.equal(await name.inputValue(), 'Ask us');
    await page.keyboard.type('Order number');
    await tabTo('field-4-up');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'field-3-up');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'field-2-up');
    assert.equal(await page.locator('#field-2-label').inputValue(), 'Order number');
    await name.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Put it on your website' }).waitFor();
    assert.equal(await isTooWide(page), 0);
    const [form] = (await app.storage.contactForms.list(organizationId)).filter(({ name }) => name === 'Ask us');
    assert.deepEqual(
      form?.fields.map((field) => field.name),
      ['name', 'email', 'order_number', 'subject', 'message'],
    );
    const copy = page.getByRole('button', { name: /^Copy/ }).first();
    await copy.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^(Copied\.|Selected: )/).waitFor();
    for (const path of [
      '/settings/forms',
      '/tickets/new',
      '/tools/integrations/duplicates',
      '/tools/integrations/e-mails',
    ]) {
      await page.goto(`${app.origin}${path}`);
      assert.equal(await isTooWide(page), 0, path);
    }
    const [submission] = (await app.storage.submissions.list(organizationId, { limit: 1 })).submissions;
    await page.goto(`${app.origin}/tickets/${submission?.submissionId}`);
    assert.equal(await isTooWide(page), 0, 'ticket');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
});
