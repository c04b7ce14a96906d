import assert from 'node:assert/strict';
import { ERASE_PATH } from '../../src/ui/links.ts';
import type { Browser } from '../support/browser.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const ADDRESS = 'zelda@client.example';

describe('the forms that erase', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let browser: Browser;
  let organizationId: string;
  before(async () => {
    const organization = await addOrganization(app.storage, 'Acme');
    organizationId = organization.organizationId;
    browser = await signIn(app, organization.email);
  });

  const customer = (fields: Record<string, string>) => browser.submit(`${ERASE_PATH}/customer`, fields, ERASE_PATH);
  const isChecked = (html: string, value: string) =>
    / checked/.test(new RegExp(`<input[^>]*value="${value}"[^>]*>`).exec(html)?.[0] ?? '');

  it('begin nothing for an address that is none, is not repeated, or is a member’s, and keep what was chosen', async () => {
    const member = 'administrator@acme.example';
    const refused = [
      [{ email: 'zelda', again: 'zelda', later: 'read' }, /Enter an e-mail address/],
      [{ email: ADDRESS, again: 'other@client.example', later: 'read' }, /not the same/],
      [{ email: member, again: member, later: 'read' }, /member’s address/],
    ] as const;
    for (const [fields, sentence] of refused) {
      const answer = await customer(fields);
      assert.equal(answer.status, 422);
      assert.match(answer.text, sentence);
      assert.ok(answer.text.includes(`value="${fields.email}"`));
      assert.deepEqual([isChecked(answer.text, 'read'), isChecked(answer.text, 'refuse')], [true, false]);
    }
    const none = await customer({ email: ADDRESS, again: ADDRESS, later: 'perhaps' });
    assert.deepEqual([none.status, isChecked(none.text, 'refuse')], [422, true]);
    assert.deepEqual(await app.storage.erasures.list(organizationId), []);
  });

  it('begin nothing for another name than the organization’s', async () => {
    for (const organizationName of ['', 'acme', 'Globex']) {
      const answer = await browser.submit(`${ERASE_PATH}/organization`, { organizationName }, ERASE_PATH);
      assert.equal(answer.status, 422);
      assert.match(answer.text, /not the organization’s name/);
    }
    assert.deepEqual(await app.storage.erasures.list(organizationId), []);
  });

  it('are for administrators', async () => {
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    const manager = await signIn(app, 'manager@acme.example');
    const fields = { email: ADDRESS, again: ADDRESS, later: 'refuse', _csrf: await manager.token('/insights') };
    assert.equal((await manager.post(`${ERASE_PATH}/customer`, fields)).status, 403);
    assert.equal((await manager.get(ERASE_PATH)).status, 403);
  });
});
