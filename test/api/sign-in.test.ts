import assert from 'node:assert/strict';
import { useMongodb } from '../support/mongodb.ts';
import { addMember, addOrganization, PASSWORD, signIn, startWebApp, type WebApp } from '../support/web-app.ts';

const COOKIE = 'helpscout-insights';

describe('set-up and signing in', () => {
  const mongodb = useMongodb();
  let app: WebApp;
  beforeEach(async () => {
    app = await startWebApp({ mongodbUri: mongodb.newDatabase() });
  });
  afterEach(() => app?.stop());

  it('begins with the set-up, signs the administrator in, and never offers it again', async () => {
    const browser = app.browser();
    assert.equal((await browser.get('/')).location, '/setup');
    const fields = { organizationName: 'Acme', name: 'Ada', email: 'Ada@Acme.example', password: PASSWORD };
    const refused = await browser.submit('/setup', { ...fields, email: 'nobody', password: 'short' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Use at least 12 characters/);
    assert.doesNotMatch(refused.text, /value="short"/);

    const done = await browser.submit('/setup', fields);
    assert.equal(done.status, 303);
    assert.equal((await browser.get(done.location)).status, 200);
    assert.equal((await app.browser().get('/setup')).status, 404);
    const token = await app.browser().token('/sign-in');
    assert.equal((await browser.post('/setup', { ...fields, _csrf: token })).status, 403);
    assert.equal((await browser.submit('/setup', fields, '/settings/integrations')).status, 404);
    assert.equal((await app.storage.members.credentials('ada@acme.example'))?.role, 'administrator');
  });

  it('makes one installation when two set-ups arrive at once', async () => {
    const [a, b] = [app.browser(), app.browser()];
    const fields = { organizationName: 'Acme', name: 'Ada', password: PASSWORD };
    const answers = await Promise.all([
      a.submit('/setup', { ...fields, email: 'a@acme.example' }),
      b.submit('/setup', { ...fields, email: 'b@acme.example' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 404]);
  });

  it('signs in and out, under a new session id each time', async () => {
    const { email } = await addOrganization(app.storage, 'Acme');
    const browser = app.browser();
    await browser.get('/sign-in');
    const before = browser.cookies.get(COOKIE);
    assert.equal((await browser.submit('/sign-in', { email: email.toUpperCase(), password: PASSWORD })).status, 303);
    const during = browser.cookies.get(COOKIE);
    assert.notEqual(before, during);
    assert.equal((await browser.get('/insights')).status, 200);

    const planted = app.browser();
    planted.cookies.set(COOKIE, before ?? '');
    assert.match((await planted.get('/insights')).location, /^\/sign-in/);

    assert.equal((await browser.submit('/sign-out', {}, '/insights')).location, '/sign-in');
    const kept = app.browser();
    kept.cookies.set(COOKIE, during ?? '');
    assert.match((await kept.get('/insights')).location, /^\/sign-in/);
  });

  it('sends a cookie that scripts and foreign forms cannot use', async () => {
    await addOrganization(app.storage, 'Acme');
    const [cookie] = (await app.browser().get('/sign-in')).headers.getSetCookie();
    assert.match(cookie ?? '', /HttpOnly/);
    assert.match(cookie ?? '', /SameSite=Lax/);
    assert.doesNotMatch(cookie ?? '', /Secure/);
  });

  it('answers an unknown address like a wrong password', async () => {
    const { email } = await addOrganization(app.storage, 'Acme');
    const wrong = await app.browser().submit('/sign-in', { email, password: 'wrong' });
    const unknown = await app.browser().submit('/sign-in', { email: 'x@y.example', password: 'wrong' });
    assert.deepEqual([wrong.status, unknown.status], [401, 401]);
    const body = (text: string, own: string) => text.replaceAll(own, '').replace(/name="_csrf" value="[^"]+"/, '');
    assert.equal(body(wrong.text, email), body(unknown.text, 'x@y.example'));
  });

  it('returns to the page that was asked for, and to no other site', async () => {
    const { email } = await addOrganization(app.storage, 'Acme');
    const asked = await app.browser().get('/patterns?sort=newest');
    assert.equal(asked.location, `/sign-in?next=${encodeURIComponent('/patterns?sort=newest')}`);
    for (const [returnTo, location] of [
      ['/patterns?sort=newest', '/patterns?sort=newest'],
      ['//evil.example', '/insights'],
      ['/\\evil.example', '/insights'],
      ['/\t/evil.example', '/insights'],
      ['/.//evil.example', '/insights'],
      ['https://evil.example', '/insights'],
      ['javascript:alert(1)', '/insights'],
    ] as const) {
      const answer = await app.browser().submit('/sign-in', { email, password: PASSWORD, returnTo });
      assert.equal(answer.location, location, returnTo);
    }
  });

  it('answers a fragment of a page whose session ended with the way to sign in and back, not with a page', async () => {
    const { headers, status, text } = await app.browser().send('/tools/integrations/helpscout-log/rows?status=failed', {
      headers: {
        'HX-Request': 'true',
        'HX-Current-URL': 'http://app.example/tools/integrations/helpscout-log?status=failed',
      },
    });
    assert.deepEqual([status, text], [401, '']);
    const next = encodeURIComponent('/tools/integrations/helpscout-log?status=failed');
    assert.equal(headers.get('HX-Redirect'), `/sign-in?next=${next}`);
  });

  it('refuses a form without, or with a foreign, token', async () => {
    const { email } = await addOrganization(app.storage, 'Acme');
    const browser = await signIn(app, email);
    const foreign = await (await signIn(app, email)).token('/settings/members');
    for (const token of ['', 'x', foreign]) {
      const answer = await browser.post('/settings/integrations/connect', token ? { _csrf: token } : {});
      assert.equal(answer.status, 403);
      assert.match(answer.text, /form has expired/);
    }
    const signInForm = await app.browser().post('/sign-in', { email, password: PASSWORD });
    assert.equal(signInForm.status, 403);
  });

  it('stops guessing for one address of e-mail, from wherever, even with the right password', async () => {
    const { email, organizationId } = await addOrganization(app.storage, 'Acme');
    for (let n = 0; n < 10; n++) {
      assert.equal((await app.browser().submit('/sign-in', { email, password: `guess ${n}` })).status, 401);
    }
    const eleventh = await app.browser().submit('/sign-in', { email, password: PASSWORD });
    assert.equal(eleventh.status, 429);
    assert.ok(Number(eleventh.headers.get('retry-after')) > 0);
    await addMember(app.storage, organizationId, 'other@acme.example', 'member');
    await signIn(app, 'other@acme.example');
  });

  it('stops guessing from one network address, whoever it tries to be', async () => {
    await addOrganization(app.storage, 'Acme');
    const browser = app.browser();
    const _csrf = await browser.token('/sign-in');
    const statuses: number[] = [];
    for (let n = 0; n < 31; n++) {
      const answer = await browser.post('/sign-in', { _csrf, email: `person-${n}@acme.example`, password: 'guess' });
      statuses.push(answer.status);
    }
    assert.deepEqual(statuses, [...Array.from({ length: 30 }, () => 401), 429]);
  });

  it('lets a removed member out of an open session at once, and applies a new role at once', async () => {
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    const member = await addMember(app.storage, organizationId, 'm@acme.example', 'member');
    const browser = await signIn(app, member.email);
    assert.equal((await browser.get('/settings/members')).status, 403);
    await app.storage.members.setRole(organizationId, member.memberId, 'administrator');
    assert.equal((await browser.get('/settings/members')).status, 200);
    await app.storage.members.remove(organizationId, member.memberId);
    assert.match((await browser.get('/settings/members')).location, /^\/sign-in/);
  });

  it('does not let administrators demote or remove themselves or an operator, nor make operators', async () => {
    const { organizationId, email, member } = await addOrganization(app.storage, 'Acme');
    const operator = await addMember(app.storage, organizationId, 'o@acme.example', 'operator');
    const browser = await signIn(app, email);
    const members = '/settings/members';
    for (const { memberId } of [member, operator]) {
      const demoted = await browser.submit(`${members}/${memberId}/role`, { role: 'member' }, members);
      const removed = await browser.submit(`${members}/${memberId}/remove`, {}, members);
      assert.deepEqual([demoted.status, removed.status], [403, 403]);
    }
    const fields = { name: 'New', email: 'new@acme.example', password: PASSWORD };
    assert.equal((await browser.submit(members, { ...fields, role: 'operator' })).status, 422);
    assert.equal((await browser.submit(members, { ...fields, email, role: 'member' })).status, 422);
    assert.equal((await browser.submit(members, { ...fields, role: 'manager' })).status, 303);
    await signIn(app, fields.email);
    assert.equal((await app.storage.members.list(organizationId)).length, 3);
  });

  it('sends a content policy without anything inline, and no page is stored', async () => {
    const { headers } = await app.browser().get('/setup');
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    assert.match(policy, /form-action 'self' https:\/\/secure\.helpscout\.example/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-powered-by'), null);
  });
});
