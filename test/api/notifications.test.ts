import assert from 'node:assert/strict';
import { API_USAGE_PATH, HEALTH_PATH, NOTIFICATIONS_PATH } from '../../src/ui/links.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

describe('notifications', function () {
  this.timeout(60_000);
  const app = useWebApp();

  const START = Date.now() - 3600_000;
  const add = (organizationId: string, number: number) =>
    app.storage.notifications.add(organizationId, {
      notificationId: `n${number}`,
      kind: number % 2 ? 'alert' : 'recovery',
      text: `Number ${number}`,
      href: HEALTH_PATH,
      at: new Date(START + number * 1000),
    });

  it('ring the bell of managers until each has read them', async () => {
    const { organizationId, email } = await addOrganization(app.storage, 'Acme');
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    await addMember(app.storage, organizationId, 'member@acme.example', 'member');
    await add(organizationId, 1);
    await add(organizationId, 2);
    const administrator = await signIn(app, email);
    const manager = await signIn(app, 'manager@acme.example');
    const member = await signIn(app, 'member@acme.example');
    assert.match((await administrator.get('/insights')).text, /aria-label="Notifications, 2 not read"/);
    assert.doesNotMatch((await member.get('/insights')).text, /Notifications/);
    assert.equal((await member.get(NOTIFICATIONS_PATH)).status, 403);

    const page = (await administrator.get(NOTIFICATIONS_PATH)).text;
    assert.ok(page.indexOf('Number 2') < page.indexOf('Number 1'));
    assert.match(page, /What is watched/);
    const until = /name="until" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail();
    // What comes while the page is open has not been read.
    await add(organizationId, 3);
    const read = await administrator.submit(`${NOTIFICATIONS_PATH}/read`, { until }, NOTIFICATIONS_PATH);
    assert.equal(read.status, 303);
    assert.match((await administrator.get('/insights')).text, /aria-label="Notifications, 1 not read"/);
    const managers = await manager.get(NOTIFICATIONS_PATH);
    assert.match(managers.text, /aria-label="Notifications, 3 not read"/);
    assert.doesNotMatch(managers.text, /What is watched/);
    assert.equal(
      (await manager.submit(`${NOTIFICATIONS_PATH}/read`, { until: 'now' }, NOTIFICATIONS_PATH)).status,
      400,
    );
  });

  it('are none at first, and are paged when they are many', async () => {
    const { organizationId, email } = await addOrganization(app.storage, 'Globex');
    const browser = await signIn(app, email);
    assert.match((await browser.get(NOTIFICATIONS_PATH)).text, /Nothing to tell/);
    for (let number = 1; number <= 51; number++) await add(organizationId, number);
    const first = (await browser.get(NOTIFICATIONS_PATH)).text;
    assert.doesNotMatch(first, />Number 1</);
    const older = /href="([^"]+before=[^"]+)"/.exec(first)?.[1] ?? assert.fail();
    const second = (await browser.get(older.replaceAll('&amp;', '&'))).text;
    assert.match(second, />Number 1</);
    assert.doesNotMatch(second, />Number 2</);
  });

  it('are joined by a banner on the usage page when a minute was nearly full', async () => {
    const { organizationId, email } = await addOrganization(app.storage, 'Initech');
    const { integrationId } = await app.storage.integrations.create(organizationId);
    const account = { userId: 1, companyId: 4711, name: 'Initech', email };
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live', account });
    const browser = await signIn(app, email);
    const quiet = (await browser.get(API_USAGE_PATH)).text;
    assert.doesNotMatch(quiet, /of the calls a minute/);
    assert.match(quiet, /limit not told yet/);
    // In the middle of a minute: on the border of two nobody can tell which one the headers speak of.
    const now = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 30_000);
    const wanted = { account: 'company:4711', cost: 1, assumedLimit: 400, shareForOthers: 0, now };
    const reserved = await app.storage.rateBudget.reserve({ ...wanted, urgency: 'interactive' });
    assert.ok(typeof reserved !== 'number');
    await app.storage.rateBudget.settle(reserved, { seen: { limit: 400, remaining: 40 }, refusedForMs: null, now });
    const busy = (await browser.get(API_USAGE_PATH)).text;
    assert.match(busy, /90% of the calls a minute of Initech were used/);
    assert.match(busy, /Fullest minute, last hour<\/span><span class="tile-count bad">90%/);
    assert.match(busy, /Limit: 400/);
  });
});
