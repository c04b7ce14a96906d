import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Role } from '../../src/domain/roles.ts';
import { seriousFaults } from '../support/axe.ts';
import { useChrome } from '../support/chrome.ts';
import { addLogRows } from '../support/log-rows.ts';
import { until } from '../support/until.ts';
import { addMember, addOrganization, PASSWORD, useWebApp } from '../support/web-app.ts';
import { fillSignIn } from './page-steps.ts';

const PAGE = '/tools/integrations/helpscout-log';
const HOUR_MS = 3_600_000;
const ANN = 'ann@client.example';

describe('the log page, in a browser', function () {
  this.timeout(120_000);
  const app = useWebApp();
  const chrome = useChrome();
  let organizationId: string;
  const noon = new Date(new Date().setUTCHours(12, 0, 0, 0));
  const hoursAgo = (hours: number) => new Date(noon.getTime() - hours * HOUR_MS);

  before(async () => {
    app.setTime(noon);
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    const invalidEmail = { status: 'failed', error: { code: 'invalidEmail', httpStatus: 400 } } as const;
    const unavailable = { status: 'failed', error: { code: 'helpScoutUnavailable', httpStatus: 503 } } as const;
    await addLogRows(app.storage, organizationId, [
      {
        eventId: 'ticket:o:1',
        customerEmail: ANN,
        submissionId: randomUUID(),
        createdAt: hoursAgo(1),
        ...invalidEmail,
      },
      { eventId: 'ticket:o:2', customerEmail: 'bob@client.example', createdAt: hoursAgo(20), ...unavailable },
      { eventId: 'ticket:o:3', customerEmail: ANN, conversationId: 7001, createdAt: hoursAgo(26), status: 'success' },
      {
        eventId: 'customer:i1:crm-1/1',
        type: 'customerSynced',
        customerEmail: ANN,
        customerExternalId: 'crm-1',
        details: 'email, firstName',
        createdAt: hoursAgo(40),
        status: 'success',
      },
      { eventId: 'scan:1', type: 'scanCompleted', direction: 'internal', createdAt: hoursAgo(60), status: 'success' },
    ]);
  });

  const signedIn = async (role: Role, options: Parameters<Browser['newContext']>[0] = {}) => {
    const context: BrowserContext = await chrome.newContext(options);
    const page = await context.newPage();
    await page.goto(`${app.origin}/sign-in`);
    await fillSignIn(page, { email: `${role}@acme.example`, password: PASSWORD });
    return page;
  };
  const rows = (page: Page) =>
    page.locator('tr.event').evaluateAll((found) => found.map(({ id }) => id.slice('event-'.length)));
  const shows = async (page: Page, wanted: string[]) => {
    const same = async () => JSON.stringify(await rows(page)) === JSON.stringify(wanted);
    await until(same, { timeoutMs: 10_000 }).catch(async () => assert.deepEqual(await rows(page), wanted));
  };

  for (const role of ['manager', 'administrator'] as const) {
    describe(`as ${role}`, () => {
      let page: Page;
      const complaints: string[] = [];
      before(async () => {
        page = await signedIn(role);
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(error.message));
      });
      after(async () => {
        await page?.context().close();
      });

      it('answers the morning’s questions by one click each', async () => {
        await page.goto(app.origin + PAGE);
        const click = (name: RegExp) => page.getByRole('link', { name }).click();
        await click(/^Failed in the last 24 hours/);
        await shows(page, ['ticket:o:1', 'ticket:o:2']);
        await click(/^Ticket Created failed today/);
        await shows(page, ['ticket:o:1']);
        await click(/^All events, 48 hours/);
        await shows(page, ['ticket:o:1', 'ticket:o:2', 'ticket:o:3', 'customer:i1:crm-1/1']);
        assert.equal(await page.locator('.chip[aria-current]').textContent(), 'All events, 48 hours4 events');

        await page.getByLabel('Search').fill(ANN);
        await shows(page, ['ticket:o:1', 'ticket:o:3', 'customer:i1:crm-1/1']);
        await click(/^This customer’s Ticket Created/);
        await shows(page, ['ticket:o:1', 'ticket:o:3']);
        assert.equal(await page.getByLabel('Search').inputValue(), ANN);
        await click(/^This customer’s Customer Synced/);
        await shows(page, ['customer:i1:crm-1/1']);
      });

      it('filters by several values from the keyboard, and keeps them in the address', async () => {
        await page.goto(`${app.origin}${PAGE}?range=7d`);
        await page.locator('.several summary').first().focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await shows(page, ['ticket:o:1', 'ticket:o:2', 'ticket:o:3', 'customer:i1:crm-1/1']);
        await page.waitForURL(/type=ticketCreated&type=customerSynced/);
        await page.reload();
        await shows(page, ['ticket:o:1', 'ticket:o:2', 'ticket:o:3', 'customer:i1:crm-1/1']);
        const named = page.locator('.several').first().locator('.several-one:visible');
        assert.deepEqual(await named.allTextContents(), ['Ticket Created', 'Customer Synced']);
        const csv = await page.locator('a[href*="export.csv"]').getAttribute('href');
        assert.match(csv ?? '', /type=ticketCreated&type=customerSynced/);
      });

      it('opens a row in place and on a page of its own, with what the role may do', async () => {
        await page.goto(`${app.origin}${PAGE}?range=24h`);
        await page.locator('tr.event .expander summary').first().press('Enter');
        await page.locator('tr.event-more').first().getByText('Attempt 1').waitFor();
        assert.equal(
          await page.locator('tr.event').first().getByRole('button', { name: 'Retry' }).count(),
          role === 'administrator' ? 1 : 0,
        );
        await page.locator('tr.event').first().getByRole('link', { name: 'Ticket Created' }).click();
        await page.getByRole('heading', { level: 1, name: 'Ticket Created' }).waitFor();
        assert.equal(await page.getByRole('button', { name: 'Retry' }).count(), role === 'administrator' ? 1 : 0);
      });

      it('saves a view and opens it again', async () => {
        await page.goto(`${app.origin}${PAGE}?range=24h&status=failed`);
        await page.getByText('Saved views').click();
        await page.getByLabel('Save these filters as').fill('Night shift');
        await page.getByRole('button', { name: 'Save view' }).click();
        await page.getByText('Saved as “Night shift”.').waitFor();
        await page.goto(app.origin + PAGE);
        await page.getByText('Saved views (1)').click();
        await page.getByRole('link', { name: 'Night shift' }).click();
        await page.waitForURL(/range=24h&status=failed/);
        await shows(page, ['ticket:o:1', 'ticket:o:2']);
      });

      it('made no page complain', () => {
        assert.deepEqual(complaints, []);
      });

      it('is usable at 390 px, and axe-core finds no serious fault at any width', async () => {
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 844 });
          await page.goto(`${app.origin}${PAGE}?range=48h`);
          await shows(page, ['ticket:o:1', 'ticket:o:2', 'ticket:o:3', 'customer:i1:crm-1/1']);
          assert.deepEqual(await seriousFaults(page), [], `${width} px`);
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(wider <= 0, `${wider} px wider than ${width}`);
        }
        for (const path of ['?range=custom&type=error&q=nobody@', `/${encodeURIComponent('ticket:o:1')}`]) {
          await page.goto(`${app.origin}${PAGE}${path}`);
          assert.deepEqual(await seriousFaults(page), [], path);
        }
      });
    });
  }

  describe('whoever looks', () => {
    it('refreshes itself without losing focus, what is open, or the place', async () => {
      const page = await signedIn('manager', { viewport: { width: 1000, height: 400 } });
      await page.goto(`${app.origin}${PAGE}?range=48h`);
      const expander = page.locator('[id="event-ticket:o:2"] .expander summary');
      await expander.press('Enter');
      await expander.focus();
      await page.evaluate(() => window.scrollTo(0, 500));
      const place = await page.evaluate(() => window.scrollY);
      assert.ok(place > 0);
      await addLogRows(app.storage, organizationId, [
        {
          eventId: 'scan:late',
          type: 'scanCompleted',
          direction: 'internal',
          createdAt: hoursAgo(47),
          status: 'success',
        },
      ]);
      await page.locator('[id="event-scan:late"]').waitFor({ timeout: 15_000 });
      assert.equal(
        await page.locator('[id="event-ticket:o:2"] .expander').evaluate((one) => one.hasAttribute('open')),
        true,
      );
      assert.equal(await expander.evaluate((one) => one === document.activeElement), true);
      assert.equal(await page.evaluate(() => window.scrollY), place);
      await page.context().close();
    });

    it('shows settings and audit trail without a serious fault', async () => {
      const page = await signedIn('administrator', { viewport: { width: 390, height: 844 } });
      for (const path of ['/settings/helpscout', '/settings/helpscout/audit-trail']) {
        await page.goto(app.origin + path);
        assert.deepEqual(await seriousFaults(page), [], path);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `${path} is ${wider} px wider`);
      }
      await page.context().close();
    });
  });
});
