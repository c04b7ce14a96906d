import assert from 'node:assert/strict';
import { NOTIFICATION_TOPICS } from '../../src/domain/notification.ts';
import type { Browser } from '../support/browser.ts';
import { addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const PATH = '/settings/notifications';
const SECRET = 'https://hooks.example.com/services/T0/secret-of-the-chat';

describe('the forms of notification channels', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let browser: Browser;
  let organizationId: string;
  beforeEach(async () => {
    const name = `Acme-${Math.random().toString(36).slice(2)}`;
    const organization = await addOrganization(app.storage, name);
    organizationId = organization.organizationId;
    browser = await signIn(app, organization.email);
  });

  const send = (channel: string, fields: Record<string, string | string[]>) =>
    browser.submit(`${PATH}/${channel}`, fields, PATH);
  const stored = () => app.storage.notificationChannels.get(organizationId);
  const checked = (html: string, value: string) =>
    [...html.matchAll(new RegExp(`<input[^>]*value="${value}"[^>]*>`, 'g'))].map(([input]) => / checked/.test(input));

  it('keeps addresses once each and the topics, and says that no e-mail can be sent here', async () => {
    assert.match((await browser.get(PATH)).text, /This installation cannot send e-mail/);
    const addresses = 'ada@acme.example\r\nbob@acme.example, ada@acme.example';
    const answer = await send('email', { on: 'on', addresses, topics: ['connection', 'syncs'] });
    assert.equal(answer.status, 303, answer.text);
    const { email } = await stored();
    assert.deepEqual(email?.addresses, ['ada@acme.example', 'bob@acme.example']);
    assert.deepEqual([email?.on, email?.topics], [true, ['connection', 'syncs']]);
  });

  it('shows a refused form as it was filled in', async () => {
    for (const addresses of ['ada@acme.example\nnot an address', '']) {
      const answer = await send('email', { on: 'on', addresses, topics: ['connection', 'syncs'] });
      assert.equal(answer.status, 422);
      assert.match(answer.text, /Each line needs an e-mail address|Enter at least one address/);
      assert.deepEqual(checked(answer.text, 'on'), [true, false]);
      assert.deepEqual(checked(answer.text, 'silence'), [false, true]);
    }
    const many = Array.from({ length: 21 }, (_, index) => `a${index}@acme.example`).join('\n');
    assert.match((await send('email', { addresses: many })).text, /Use at most 20 addresses/);
    assert.equal((await stored()).email, null);
    const chat = await send('webhook', { on: 'on', url: 'http://hooks.example.com/x', topics: 'limits' });
    assert.equal(chat.status, 422);
    assert.deepEqual(checked(chat.text, 'on'), [false, true]);
    assert.deepEqual(checked(chat.text, 'limits'), [true, true]);
    assert.deepEqual(checked(chat.text, 'syncs'), [true, false]);
  });

  it('refuses a chat’s address that is none, or leads into this network, before it is stored', async () => {
    const refused: Record<string, RegExp> = {
      '': /Enter an address\./,
      nonsense: /begins with https/,
      'http://hooks.example.com/x': /begins with https/,
      'javascript:alert(1)': /begins with https/,
      'https://user:word@hooks.example.com/': /Leave user name and password out/,
      ...Object.fromEntries(
        [
          '10.0.0.5',
          '127.0.0.1',
          '169.254.169.254',
          '192.168.1.1',
          '[::1]',
          '[fd00::1]',
          '[::ffff:10.0.0.5]',
          '0.0.0.0',
        ]
          .concat('2130706433', '0x7f.1', 'localhost', 'api.localhost')
          .map((host) => [`https://${host}/hook`, /not one of this network/]),
      ),
    };
    for (const [url, sentence] of Object.entries(refused)) {
      const answer = await send('webhook', { on: 'on', url });
      assert.equal(answer.status, 422, url);
      assert.match(answer.text, sentence, url);
    }
    assert.equal((await stored()).webhook, null);
  });

  it('keeps a chat’s address encrypted, shows its host alone, and keeps it when the field is left empty', async () => {
    assert.equal((await send('webhook', { on: 'on', url: SECRET, topics: [...NOTIFICATION_TOPICS] })).status, 303);
    const { webhook } = await stored();
    assert.ok(webhook && !webhook.urlCiphertext.includes('secret-of-the-chat'));
    const page = (await browser.get(PATH)).text;
    assert.match(page, /Stored: https:\/\/hooks\.example\.com/);
    assert.doesNotMatch(page, /secret-of-the-chat/);
    assert.equal((await send('webhook', { url: '' })).status, 303);
    const after = (await stored()).webhook;
    assert.deepEqual([after?.urlCiphertext, after?.on, after?.topics], [webhook.urlCiphertext, false, []]);
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 10 });
    assert.doesNotMatch(JSON.stringify(entries) + app.logLines.join('\n'), /secret-of-the-chat/);
  });

  it('answers a test with 503 and a remedy while Temporal is away', async () => {
    const answer = await browser.submit(`${PATH}/email/test`, {}, PATH);
    assert.equal(answer.status, 503);
    assert.match(answer.text, /Nothing is lost/);
  });
});
