import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { routes } from '../../src/api/routes.ts';
import { seriousFaults } from '../support/axe.ts';
import type { Browser as FormBrowser } from '../support/browser.ts';
import { chromeIsHere, openChrome } from '../support/chrome.ts';
import { addContactForm } from '../support/contact-form.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { addMember, addOrganization, PASSWORD, signIn, startWebApp, type WebApp } from '../support/web-app.ts';

/** A width and a color scheme to look at a page in. */
export interface Look {
  width: 390 | 1280;
  colorScheme: 'light' | 'dark';
}

/**
 * Opens every page of the route table, and those for people who are not signed in, and looks for faults in each look. The
 * `short` form looks at the first page in the first look, at the next one in the next, and leaves the pages of an empty
 * organization to test/api/empty-organization.test.ts.
 */
export function describeEveryPage(looks: readonly Look[], { short = false } = {}): void {
  describe('every page, in a browser', function () {
    this.timeout(900_000);
    let mongodb: MongodbServer;
    let app: WebApp;
    let chrome: Browser;
    let ids: Record<string, string>;
    let turn = 0;
    before(async function () {
      if (!chromeIsHere()) this.skip();
      mongodb = await startMongodb();
      app = await startWebApp({ mongodbUri: mongodb.newDatabase() });
      chrome = await openChrome();
    });
    after(async () => {
      await chrome?.close();
      await app?.stop();
      await mongodb?.stop();
    });

    interface Visitor {
      context: BrowserContext;
      page: Page;
      complaints: string[];
    }
    async function visitor(): Promise<Visitor> {
      const context = await chrome.newContext({ reducedMotion: 'reduce' });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        // Pages about an error are answered with its status, which the console repeats.
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return { context, page, complaints };
    }

    /** What is wrong with the page that is open, in its looks. */
    async function faultsOf({ page, complaints }: Visitor, name: string): Promise<string[]> {
      // What axe-core itself, and the taking of pictures, do to the page is not the page's own.
      const faults = complaints.splice(0).map((complaint) => `${name}: ${complaint}`);
      turn += 1;
      const ofThisPage = short ? looks.filter((_look, index) => index === turn % looks.length) : looks;
      for (const { width, colorScheme } of ofThisPage) {
        const look = `${name} at ${width} px, ${colorScheme}`;
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 844 });
        for (const fault of await seriousFaults(page)) faults.push(`${look}: ${fault}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) faults.push(`${look}: ${wide} px wide`);
        const folder = process.env.PICTURES;
        if (folder) {
          const file = `${name.replace(/\W+/g, '-')}.${width}.${colorScheme}.png`;
          await page.screenshot({ path: `${folder}/${file}`, fullPage: true });
        }
      }
      complaints.length = 0;
      return faults;
    }

    const fill = (path: string) =>
      path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(ids[name] ?? assert.fail(name)));
    /** Not a download, not a part of a page, not for programs. */
    async function isPage(path: string, browser: FormBrowser): Promise<boolean> {
      const { headers, text } = await browser.get(path);
      return (headers.get('content-type') ?? '').startsWith('text/html') && text.startsWith('<!doctype html');
    }

    async function signedIn(email: string): Promise<Visitor> {
      const visiting = await visitor();
      const { page } = visiting;
      await page.goto(`${app.origin}/sign-in`);
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
      return visiting;
    }

    it('before the first organization: setup, empty and refused', async () => {
      const visiting = await visitor();
      const { page } = visiting;
      await page.goto(`${app.origin}/setup`);
      const faults = await faultsOf(visiting, '/setup');
      await page.locator('form').evaluate((form: HTMLFormElement) => {
        form.noValidate = true;
      });
      await page.getByRole('button').last().click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
      faults.push(...(await faultsOf(visiting, '/setup refused')));
      await visiting.context.close();
      assert.equal(faults.join('\n'), '');
    });

    it('of an organization that has one of everything, for its administrator', async () => {
      const acme = await addOrganization(app.storage, 'Acme');
      ids = await fillOrganization(app.storage, acme, { conversationId: 7001 });
      const { key } = await addContactForm(app.storage, acme.organizationId);
      ids = { ...ids, key };
      const visiting = await signedIn(acme.email);
      const browser = await signIn(app, acme.email);
      const faults: string[] = [];
      let pages = 0;
      for (const { method, path, access } of routes) {
        if (method !== 'get' || ['api', 'operator'].includes(access) || /^\/(setup|sign-in|oauth)/.test(path)) continue;
        if (!(await isPage(fill(path), browser))) continue;
        pages += 1;
        await visiting.page.goto(app.origin + fill(path), { waitUntil: 'load' });
        // Drawn by script.
        if (path.startsWith('/api/')) await visiting.page.locator('.opblock').first().waitFor();
        faults.push(...(await faultsOf(visiting, path)));
      }
      await visiting.context.close();
      assert.ok(pages > 38, `${pages} pages`);
      assert.equal(faults.join('\n'), '');
    });

    it('of the whole installation, for its operator', async () => {
      const { organizationId } = await addOrganization(app.storage, 'Initech');
      const { email } = await addMember(app.storage, organizationId, 'operator@initech.example', 'operator');
      const visiting = await signedIn(email);
      const faults: string[] = [];
      for (const { path } of routes.filter(({ access }) => access === 'operator')) {
        await visiting.page.goto(app.origin + path);
        await visiting.page.getByRole('heading', { name: 'Task queues' }).waitFor();
        faults.push(...(await faultsOf(visiting, path)));
      }
      await visiting.context.close();
      assert.equal(faults.join('\n'), '');
    });

    if (!short) {
      it('of an organization that has nothing yet', async () => {
        const { email } = await addOrganization(app.storage, 'Globex');
        const visiting = await signedIn(email);
        const browser = await signIn(app, email);
        const faults: string[] = [];
        for (const { method, path, access } of routes) {
          if (method !== 'get' || ['api', 'public', 'machine'].includes(access) || /:|^\/(oauth|api)/.test(path))
            continue;
          if (!(await isPage(path, browser))) continue;
          await visiting.page.goto(app.origin + path);
          faults.push(...(await faultsOf(visiting, `empty ${path}`)));
        }
        await visiting.context.close();
        assert.equal(faults.join('\n'), '');
      });
    }

    it('for people who are not signed in: sign-in, contact form, thanks, refusals', async () => {
      const visiting = await visitor();
      const { page } = visiting;
      const faults: string[] = [];
      const look = async (name: string) => faults.push(...(await faultsOf(visiting, name)));
      await page.goto(`${app.origin}/sign-in`);
      await look('/sign-in');
      await page.getByLabel('E-mail').fill('nobody@acme.example');
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      await look('/sign-in refused');

      const form = `${app.origin}/forms/${ids.key}`;
      await page.goto(form);
      await page.getByLabel('E-mail address').fill('ada@customer.example');
      await page.getByLabel('Message').fill('  ');
      await page.getByRole('button', { name: 'Send message' }).click();
      await page.getByRole('alert').waitFor();
      await look('contact form refused');
      await page.getByLabel('Message').fill('The export fails.');
      await page.getByRole('button', { name: 'Send message' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      await look('contact form thanks');
      await page.goto(`${app.origin}/forms/nobodys-key`);
      await look('contact form unknown');
      await page.goto(`${form}/submissions/nobodys`);
      await look('submission unknown');
      await page.goto(`${app.origin}/nothing/here`);
      await look('error page');
      await visiting.context.close();
      assert.equal(faults.join('\n'), '');
    });
  });
}
