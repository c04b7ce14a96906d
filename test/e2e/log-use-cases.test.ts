import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { API_SCOPES } from '../../src/domain/api-key.ts';
import type { SyncEvent } from '../../src/domain/sync-event.ts';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { until } from '../support/until.ts';
import { addMember, PASSWORD } from '../support/web-app.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const LOG = '/tools/integrations/helpscout-log';
const FAILURES = '/tools/integrations/failures';
const HEALTH = '/tools/integrations/helpscout-health';
const USAGE = '/tools/integrations/helpscout-calls';
const MANAGER = 'manager@insights.example';
const CREATE = { method: 'POST', template: '/v2/conversations' };
const LIST = { method: 'GET', template: '/v2/conversations' };

interface Call {
  method: string;
  template: string;
  status: number | null;
  unsentStatus?: number;
}

describe('a support manager’s morning with the log', function () {
  this.timeout(300_000);
  let running: RunningStack;
  let chrome: Browser;
  let administrator: Page;
  let manager: Page;
  let api: string;
  let formKey: string;
  const complaints: string[] = [];

  before(async function () {
    if (!chromeIsHere()) this.skip();
    running = await startRunningStack({
      corpus: Array.from({ length: 9 }, (_, index) => ({
        id: `bug-${index}`,
        text: `The CSV export stops with a timeout error, report ${index}.`,
        customerEmail: `bug-${index}@client.example`,
      })),
      env: { HELPSCOUT_SEARCH_LAG_SECONDS: '5', FORM_SUBMISSIONS_PER_MINUTE: '1000' },
    });
    api = running.stack.urls.api;
    await running.untilScanned(await running.connect());
    await addMember(running.storage, running.organizationId, MANAGER, 'manager');
    chrome = await openChrome();
    const { account } = running.stack;
    administrator = await signedIn(account?.email ?? '', account?.password ?? '');
    manager = await signedIn(MANAGER, PASSWORD);
  });
  after(async () => {
    await chrome?.close();
    await running?.stop();
  });

  async function signedIn(email: string, password: string): Promise<Page> {
    const page = await (await chrome.newContext()).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`${api}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }
  const open = (page: Page, path: string) => page.goto(api + path);
  const rowLink = (page: Page, row: SyncEvent) => page.locator(`[id="event-${row.eventId}"] .event-cell a`);
  /** What went out; the conversations that come of it have rows of their own once their webhooks arrive. */
  const rowsOf = async (filter: { customerEmail?: string; customerExternalId?: string }) => {
    const { events } = await running.storage.syncEvents.list(running.organizationId, filter, { limit: 20 });
    return events.filter(({ direction }) => direction === 'outbound');
  };
  /** The newest row, once it has the status. */
  async function rowOf(filter: Parameters<typeof rowsOf>[0], status: SyncEvent['status']): Promise<SyncEvent> {
    const what = `${Object.values(filter)} to be ${status}`;
    await until(async () => (await rowsOf(filter))[0]?.status === status, { what, timeoutMs: 120_000 });
    const [row] = await rowsOf(filter);
    return row ?? assert.fail(what);
  }
  const journal = async (): Promise<Call[]> => running.control('GET', '/journal?kind=request');
  /** Conversations that Help Scout made, whether the answer arrived or not. */
  const created = async () =>
    (await journal()).filter(
      ({ method, template, status, unsentStatus }) =>
        method === CREATE.method && template === CREATE.template && (unsentStatus ?? status) === 201,
    ).length;
  const submit = (fields: Record<string, string>) =>
    fetch(`${api}/forms/${formKey}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Kim', ...fields }),
    });
  /** What a manager has no button for is refused too when it is sent all the same. */
  async function refusesManager(path: string) {
    const token = await manager.locator('input[name="_csrf"]').first().inputValue();
    const answer = await manager.request.post(api + path, { form: { _csrf: token }, maxRedirects: 0 });
    assert.equal(answer.status(), 403, path);
  }
  const noButton = async (name: RegExp) =>
    assert.equal(await manager.getByRole('button', { name }).count(), 0, `a manager has ${name}`);

  it('verifies a form’s ticket: from the website to the log, and on to the conversation', async () => {
    await open(administrator, '/settings/forms/new');
    await administrator.getByLabel('Name', { exact: true }).fill('Ask us');
    const mailbox = administrator.getByLabel('Mailbox');
    await mailbox.selectOption((await mailbox.locator('option').last().getAttribute('value')) ?? '');
    await administrator.getByRole('button', { name: 'Create form' }).click();
    await administrator.getByRole('heading', { name: 'Put it on your website' }).waitFor();
    formKey = (await running.storage.contactForms.list(running.organizationId))[0]?.key ?? '';

    const snippet = `<script src="${api}/forms/${formKey}/embed.js" data-title="Contact us" async></script>`;
    const site = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><title>Shop</title><main>${snippet}</main>`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const visitor = await (await chrome.newContext()).newPage();
    await visitor.goto(`http://localhost:${(site.address() as AddressInfo).port}`);
    const frame = visitor.frameLocator('iframe[title="Contact us"]');
    await frame.getByLabel('E-mail address').fill('Ada@client.example');
    await frame.getByLabel('Subject').fill('Broken on arrival');
    await frame.getByLabel('Message').fill('The lamp of order 4711 arrived broken.');
    await frame.getByRole('button', { name: 'Send message' }).click();
    await frame.getByRole('heading', { name: 'Thank you' }).waitFor();
    const submissionId = (await frame.locator('code').textContent()) ?? '';
    await visitor.context().close();
    site.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));

    const row = await rowOf({ customerEmail: 'ada@client.example' }, 'success');
    assert.equal(row.submissionId, submissionId);
    for (const page of [manager, administrator]) {
      for (const search of ['ada@client.example', submissionId]) {
        await open(page, `${LOG}?range=24h`);
        await page.getByLabel('Search').fill(search);
        await page.waitForURL(/[?&]q=/);
        await page.locator(`[id="event-${row.eventId}"]`).getByText('Success').waitFor();
      }
      await rowLink(page, row).click();
      await page.getByRole('heading', { level: 1, name: 'Ticket Created' }).waitFor();
      const tab = page.context().waitForEvent('page');
      await page.getByRole('link', { name: 'Open in Help Scout' }).first().click();
      const conversation = await tab;
      await conversation.getByText('The lamp of order 4711 arrived broken.').first().waitFor();
      await conversation.close();
    }
  });

  it('finds a message that a customer misses: refused for its address, corrected and sent', async () => {
    const answer = await submit({ email: 'kim@client', subject: 'Where is it?', message: 'My order is late.' });
    assert.equal(answer.status, 422);
    const row = await rowOf({ customerEmail: 'kim@client' }, 'failed');
    await open(manager, `${LOG}?range=today&q=kim%40client`);
    await manager.locator('tr.event').getByText('Help Scout does not accept this e-mail address.').waitFor();
    await manager.locator('tr.event').getByText('Correct the address, then retry.').waitFor();
    await rowLink(manager, row).click();
    await manager.getByText('An administrator can retry or dismiss it.').waitFor();
    await noButton(/retry|dismiss/i);
    assert.equal(await manager.getByRole('link', { name: 'Edit and retry' }).count(), 0);
    await refusesManager(`${LOG}/${encodeURIComponent(row.eventId)}/retry`);
    await refusesManager(`${FAILURES}/${encodeURIComponent(row.eventId)}/edit`);

    await open(administrator, `${LOG}?range=today&q=kim%40client`);
    await rowLink(administrator, row).click();
    await administrator.getByRole('link', { name: 'Edit and retry' }).click();
    await administrator.getByLabel(/e-mail/i).fill('kim@client.example');
    await administrator.getByRole('button', { name: 'Save and retry' }).click();
    const mended = await rowOf({ customerEmail: 'kim@client.example' }, 'success');
    assert.equal(mended.eventId, row.eventId);
    await open(administrator, `${LOG}/${encodeURIComponent(row.eventId)}`);
    const edits = administrator.getByRole('table', { name: 'Corrections, oldest first' });
    await edits.getByText('kim@client', { exact: true }).waitFor();
    await edits.getByText('kim@client.example').waitFor();
  });

  it('finds a message that was held back as a duplicate, and sends it all the same', async () => {
    const twin = { email: 'lee@client.example', subject: 'Again', message: 'I wrote this twice.' };
    await submit(twin);
    await rowOf({ customerEmail: twin.email }, 'success');
    const before = await created();
    await submit(twin);
    const held = await rowOf({ customerEmail: twin.email }, 'skipped');
    await open(manager, `${LOG}?range=24h&q=${encodeURIComponent(twin.email)}`);
    await manager.locator('tr.event').getByText('The same message was submitted before.').waitFor();
    await rowLink(manager, held).click();
    await noButton(/send anyway|dismiss/i);
    await refusesManager(`/tickets/${held.submissionId}/send`);
    await open(administrator, `${LOG}/${encodeURIComponent(held.eventId)}`);
    await administrator.getByRole('button', { name: 'Send anyway' }).click();
    await until(async () => (await created()) === before + 1, { what: 'the second ticket' });
    const ends = async () => (await rowsOf({ customerEmail: twin.email })).map(({ status }) => status).sort();
    await until(async () => (await ends()).join() === 'skipped,success,success', { what: 'a row of its own' });
  });

  it('clears up a customer whose address somebody else has', async () => {
    await running.storage.settings.save(running.organizationId, {
      customers: { mode: 'realTime', emailTaken: 'report' },
    });
    const about = { name: 'shop', scopes: [...API_SCOPES], createdBy: 'test', createdAt: new Date(), expiresAt: null };
    const { secret } = await running.storage.apiKeys.create(running.organizationId, about);
    const put = (externalId: string, email: string) =>
      fetch(`${api}/api/v1/customers/${externalId}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ email, jobTitle: 'Analyst' }),
      });
    assert.equal((await put('crm-1', 'bug-1@client.example')).status, 202);
    const row = await rowOf({ customerExternalId: 'crm-1' }, 'failed');
    for (const page of [manager, administrator]) {
      await open(page, `${LOG}?range=24h&q=bug-1%40client.example&status=failed`);
      const shown = page.locator('tr.event');
      await shown.getByText('Another Help Scout customer has this e-mail address.').waitFor();
      await shown.getByText('Merge the two customers in Help Scout, then retry.').waitFor();
    }
    await noButton(/retry|dismiss/i);

    await open(administrator, '/settings/helpscout');
    const choice = administrator.getByLabel('When another Help Scout customer has the e-mail address');
    await choice.selectOption('match');
    await administrator.locator('#customers').getByRole('button', { name: /^Save/ }).click();
    await until(
      async () => (await running.storage.settings.get(running.organizationId)).customers.emailTaken === 'match',
    );
    await open(administrator, `${LOG}?range=24h&q=bug-1%40client.example&status=failed`);
    await administrator.locator(`[id="event-${row.eventId}"]`).getByRole('button', { name: 'Retry' }).click();
    const mended = await rowOf({ customerExternalId: 'crm-1' }, 'success');
    assert.equal(mended.attempts.at(-1)?.by, running.stack.account?.email);
  });

  const LOST = ['lost-0@client.example', 'lost-1@client.example', 'lost-2@client.example'];
  it('sees on the health page that something is wrong, what it is, and what Help Scout says of itself', async () => {
    // The first ticket reaches Help Scout, whose answer is lost; then the user may neither look for it nor create any.
    await running.control('POST', '/faults', { ...CREATE, effect: { drop: 'after' }, when: { count: 1 } });
    await submit({ email: LOST[0] ?? '', message: 'First of three.' });
    await rowOf({ customerEmail: LOST[0] ?? '' }, 'retrying');
    const always = { probability: 1 };
    await running.control('POST', '/faults', { ...LIST, effect: { status: 403 }, when: always });
    await running.control('POST', '/faults', { ...CREATE, effect: { status: 403 }, when: always });
    for (const email of LOST.slice(1)) await submit({ email, message: 'One of three.' });
    for (const customerEmail of LOST) await rowOf({ customerEmail }, 'failed');
    await running.control('PATCH', '/switches', { statusPage: { indicator: 'major', incident: 'Slow API' } });

    const [integration] = await running.storage.integrations.list(running.organizationId);
    await open(manager, HEALTH);
    await noButton(/test api connection/i);
    await refusesManager(`${HEALTH}/${integration?.integrationId}/test`);
    await open(administrator, HEALTH);
    await administrator.getByRole('button', { name: 'Test API connection' }).click();
    await administrator.getByText('Connected user').waitFor();
    for (const page of [manager, administrator]) {
      await open(page, HEALTH);
      await page.locator('.tile', { hasText: 'Success rate, 24 h' }).getByText('below 95%').waitFor();
      const persistent = page.locator('section', { has: page.getByRole('heading', { name: 'Persistent errors' }) });
      await persistent.getByText('3 times').waitFor();
      await persistent.getByRole('link', { name: /is not allowed to do this/ }).waitFor();
      await page.locator('tr', { hasText: 'Connected user' }).getByText('Works').waitFor();
      await page.getByText('Slow API').waitFor();
    }
    await manager.getByRole('link', { name: /is not allowed to do this/ }).click();
    await until(async () => (await manager.locator('tr.event').count()) === 3, { what: 'the three rows' });
  });

  it('retries by cause: preview with what is there already, one first, then the rest, each ticket once', async () => {
    const before = await created();
    await running.control('DELETE', '/faults');
    await open(manager, FAILURES);
    await manager.locator('section.cause', { hasText: 'is not allowed to do this' }).getByText('3 rows').waitFor();
    await noButton(/retry|preview/i);
    await refusesManager(`${FAILURES}/runs`);

    await open(administrator, FAILURES);
    const cause = administrator.locator('section.cause', { hasText: 'is not allowed to do this' });
    await cause.getByRole('link', { name: 'Look at them and retry' }).click();
    await administrator.getByLabel('At most').selectOption({ label: '300 a minute' });
    await administrator.getByRole('button', { name: 'Preview the retry' }).click();
    await administrator.getByRole('button', { name: 'Try one now', exact: true }).waitFor({ timeout: 60_000 });
    const items = administrator.getByRole('table', { name: /Rows in the order/ });
    await items.getByText(/^Yes: \d+\. It is used, not made again$/).waitFor();
    assert.equal(await items.getByText('Creates a ticket in', { exact: false }).count(), 3);
    assert.equal(await created(), before, 'a preview sends nothing');
    await administrator.getByRole('button', { name: 'Try one now', exact: true }).click();
    await administrator.getByText(/Every row had its turn/).waitFor({ timeout: 60_000 });
    for (const customerEmail of LOST) {
      const row = await rowOf({ customerEmail }, 'success');
      assert.equal(row.attempts.at(-1)?.by, running.stack.account?.email);
    }
    assert.equal(await created(), before + 2, 'the one that was there is not made again');
    const ids = await Promise.all(LOST.map(async (customerEmail) => (await rowsOf({ customerEmail }))[0]));
    assert.equal(new Set(ids.map((row) => row?.conversationId)).size, 3);
    await manager.goto(administrator.url());
    await manager.getByText(/Every row had its turn/).waitFor();
  });

  it('shows the calls as Help Scout counted them, warns at 80 %, and switches to batches', async () => {
    const calls = async (page: Page) => {
      await open(page, USAGE);
      const lines = await page
        .getByRole('table', { name: /^Calls by endpoint/ })
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
      return lines
        .filter(([, , count]) => count !== '0')
        .map(([endpoint, , count]) => `${endpoint}: ${count}`)
        .sort();
    };
    const counted = async () => {
      const ours = (await journal()).filter(({ template }) => /^\/(v1|v2|v3)\//.test(template));
      const names = ours.map(({ method, template }) => `${method} ${template.replace(/:(\w+)/g, '{$1}')}`);
      return [...new Set(names)].map((name) => `${name}: ${names.filter((one) => one === name).length}`).sort();
    };
    for (const page of [manager, administrator]) {
      const same = async () => {
        const shown = (await calls(page)).filter((line) => !line.includes('oauth2'));
        return JSON.stringify(shown) === JSON.stringify((await counted()).filter((line) => !line.includes('oauth2')));
      };
      await until(same, { timeoutMs: 30_000 }).catch(async () => assert.deepEqual(await calls(page), await counted()));
    }

    await running.control('PATCH', '/switches', { rateLimit: { otherApps: { share: 0.9, mode: 'burst' } } });
    const warning = /of the calls a minute of .* were used/;
    const warned = async () => {
      await open(administrator, HEALTH);
      await administrator.getByRole('button', { name: 'Test API connection' }).click();
      await open(administrator, USAGE);
      return (await administrator.getByText(warning).count()) === 1;
    };
    await until(warned, { what: 'the warning', timeoutMs: 120_000 });
    await open(manager, USAGE);
    await manager.getByText(warning).waitFor();
    assert.equal(await manager.getByLabel('Customers are synced').count(), 0);
    await refusesManager(`${USAGE}/customers-mode`);

    await administrator.getByLabel('Customers are synced').selectOption('hourly');
    await administrator.getByRole('button', { name: 'Save', exact: true }).click();
    const mode = async () => (await running.storage.settings.get(running.organizationId)).customers.mode;
    await until(async () => (await mode()) === 'hourly', { what: 'batches' });
    await open(manager, USAGE);
    await manager.getByText('In batches, every hour. An administrator can change it.').waitFor();
  });

  it('made no page complain', () => {
    assert.deepEqual(complaints, []);
  });
});
