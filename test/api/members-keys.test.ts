import assert from 'node:assert/strict';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

describe('API keys of people who leave', function () {
  this.timeout(60_000);
  const app = useWebApp();

  it('are named when their maker is demoted or removed, and marked from then on', async () => {
    const { organizationId, email } = await addOrganization(app.storage, 'Acme');
    const bob = await addMember(app.storage, organizationId, 'bob@acme.example', 'administrator');
    const theirs = await signIn(app, bob.email);
    await theirs.submit('/settings/api-keys', { name: 'Shop', lifetime: '90', scopes: 'log:read' });
    const administrator = await signIn(app, email);
    assert.doesNotMatch((await administrator.get('/settings/api-keys')).text, /may make no keys any more/);

    const members = '/settings/members';
    const told = async (action: string, values: Record<string, string>) => {
      await administrator.submit(`${members}/${bob.memberId}/${action}`, values, members);
      return (await administrator.get(members)).text;
    };
    assert.match(await told('role', { role: 'manager' }), /is now manager\. API keys of theirs still work: “Shop”/);
    assert.match((await administrator.get('/settings/api-keys')).text, /may make no keys any more/);
    assert.match(await told('remove', {}), /can no longer sign in\. API keys of theirs still work: “Shop”/);

    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 3 });
    assert.deepEqual(
      entries.map(({ by, action, details }) => [by, action, details]),
      [
        [email, 'removed member', 'bob@acme.example, manager'],
        [email, 'changed role of member', 'bob@acme.example, manager'],
        ['bob@acme.example', 'created API key', 'Shop: log:read'],
      ],
    );
  });
});
