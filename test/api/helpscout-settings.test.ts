import assert from 'node:assert/strict';
import type { Browser } from '../support/browser.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const PAGE = '/settings/helpscout';

describe('HelpScout Settings', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let administrator: Browser;
  let organizationId: string;

  before(async () => {
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    administrator = await signIn(app, 'administrator@acme.example');
  });

  const settings = () => app.storage.settings.get(organizationId);
  const entries = async () => (await app.storage.auditTrail.list(organizationId, { limit: 10 })).entries;

  it('shows what is connected and set, with defaults from the start', async () => {
    assert.match((await administrator.get(PAGE)).text, /Help Scout is not connected/);
    const { integrationId } = await app.storage.integrations.create(organizationId);
    await app.storage.integrations.update(organizationId, integrationId, {
      state: 'live',
      mailboxes: [
        { mailboxId: 1, name: 'Sales', email: 's@acme.example' },
        { mailboxId: 2, name: 'Help', email: 'h@acme.example' },
      ],
      selectedMailboxIds: [2],
    });
    const { text } = await administrator.get(PAGE);
    assert.match(text, new RegExp(`href="/settings/integrations/${integrationId}"`));
    assert.match(text, /Help<span class="sub"> of 2 mailboxes/);
    assert.match(text, /name="windowHours"[^>]*value="24"|value="24"[^>]*name="windowHours"/);
  });

  it('saves one section without touching the others, and notes what changed', async () => {
    const before = await settings();
    const values = { duplicateMode: 'flag', windowHours: '48' };
    assert.equal((await administrator.submit(`${PAGE}/duplicates`, values, PAGE)).location, `${PAGE}#duplicates`);
    assert.deepEqual(await settings(), { ...before, duplicates: { mode: 'flag', windowHours: 48 } });
    const [entry] = await entries();
    assert.equal(entry?.by, 'administrator@acme.example');
    assert.equal(
      entry.details,
      'suspected duplicates: held back → created and marked, hours that duplicates are looked for: 24 → 48',
    );

    await administrator.submit(`${PAGE}/duplicates`, values, PAGE);
    assert.equal((await entries()).length, 1, 'nothing changed the second time');
  });

  it('takes a missing checkbox for off', async () => {
    await administrator.submit(`${PAGE}/alerts`, { percent: '90', silenceHours: '12', silenceOn: 'on' }, PAGE);
    assert.deepEqual((await settings()).alerts, {
      successRate: { on: false, percent: 90 },
      failedTicket: { on: false },
      silence: { on: true, hours: 12 },
      quietHour: { on: false },
    });
  });

  it('shows a form that does not fit again, as it was sent', async () => {
    const before = await settings();
    for (const wrong of ['6', '4000', 'many', '-1', '7.5', '']) {
      const values = { logDays: wrong, auditDays: '100' };
      const answer = await administrator.submit(`${PAGE}/retention`, values, PAGE);
      assert.equal(answer.status, 422, wrong);
      assert.match(answer.text, /Use a whole number from 7 to 3,650\./);
      assert.match(answer.text, /id="retention-audit"[^>]*value="100"|value="100"[^>]*id="retention-audit"/);
    }
    assert.deepEqual(await settings(), before);
  });

  it('keeps how customers are synced, and says when the schedule cannot be brought to it', async () => {
    const values = { customerMode: 'hourly', emailTaken: 'report' };
    const answer = await administrator.submit(`${PAGE}/customers`, values, PAGE);
    assert.equal(answer.status, 503, 'Temporal is away');
    assert.deepEqual((await settings()).customers, { mode: 'hourly', emailTaken: 'report' });
    assert.match((await entries())[0]?.details ?? '', /^customer changes are sent: in real time → every hour/);
  });

  it('lists the audit trail by pages', async () => {
    for (let index = 0; index < 55; index++) {
      const at = new Date(Date.now() + index);
      await app.storage.auditTrail.record(organizationId, {
        at,
        by: 'somebody',
        action: 'retried',
        target: `row-${index}`,
      });
    }
    const first = await administrator.get(`${PAGE}/audit-trail`);
    assert.match(first.text, /row-54</);
    assert.doesNotMatch(first.text, /row-3</);
    const older = /href="([^"]+before=[^"]+)"/.exec(first.text)?.[1] ?? '';
    assert.match((await administrator.get(older.replaceAll('&amp;', '&'))).text, /row-3</);
  });

  it('is for administrators alone', async () => {
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    const manager = await signIn(app, 'manager@acme.example');
    assert.equal((await manager.get(PAGE)).status, 403);
    assert.equal((await manager.get(`${PAGE}/audit-trail`)).status, 403);
    const values = { duplicateMode: 'hold', windowHours: '1' };
    assert.equal((await manager.submit(`${PAGE}/duplicates`, values, '/insights')).status, 403);
  });
});
