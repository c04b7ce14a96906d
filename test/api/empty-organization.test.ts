import assert from 'node:assert/strict';
import { routes } from '../../src/api/routes.ts';
import { OPERATIONS_PATH } from '../../src/ui/links.ts';
import { addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { addOrganization, signIn, useWebApp } from '../support/web-app.ts';

describe('an organization that has nothing yet', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let organizationId: string;
  let administrator: Browser;
  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme');
    organizationId = acme.organizationId;
    administrator = await signIn(app, acme.email);
  });

  const everything = async () => {
    const { secret } = await addApiKey(app.storage, organizationId);
    const call = apiClient(app.origin, secret);
    for (const { method, path, access } of routes) {
      if (
        method !== 'get' ||
        path.includes(':') ||
        path.startsWith('/oauth/') ||
        access === 'machine' ||
        access === 'public' ||
        path === OPERATIONS_PATH // of the whole installation, and for its operators alone
      )
        continue;
      if (access === 'api') {
        const answer = await call('get', path);
        assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 300)}`);
      } else {
        const answer = await administrator.get(path);
        assert.ok(answer.status === 200 || answer.status === 303, `${path}: ${answer.status}`);
        assert.doesNotMatch(answer.text, /NaN|undefined|\[object |Invalid Date/, path);
      }
    }
  };

  it('has an answer at every address', everything);

  it('has one too when its only connection is gone', async () => {
    const { integrationId } = await app.storage.integrations.create(organizationId);
    await app.storage.integrations.update(organizationId, integrationId, { state: 'disconnected' });
    await everything();
    const call = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
    const customer = await call('put', '/api/v1/customers/c1', { email: 'ada@client.example' });
    assert.equal(customer.body.code, 'notConnected');
    const ticket = { integrationId, mailboxId: 310, customerEmail: 'ada@client.example', message: 'Hello' };
    assert.equal((await call('post', '/api/v1/submissions', ticket)).status, 422);
  });
});
