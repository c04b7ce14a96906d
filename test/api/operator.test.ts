import assert from 'node:assert/strict';
import { apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

describe('an operator', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let ids: Record<string, string>;
  let operator: Browser;
  let administrator: Browser;
  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme');
    ids = await fillOrganization(app.storage, acme, { conversationId: 7001 });
    await addMember(app.storage, acme.organizationId, 'operator@acme.example', 'operator');
    operator = await signIn(app, 'operator@acme.example');
    administrator = await signIn(app, acme.email);
  });

  const WRITTEN = /Acme wants to know|The export of Acme fails|The export</;
  const makeKey = async (browser: Browser) => {
    const made = await browser.submit('/settings/api-keys', {
      ...{ name: 'key', lifetime: '30', scopes: 'tickets:read' },
    });
    return /hsi_[\w-]{43}/.exec(made.text)?.[0] ?? assert.fail(made.text.slice(0, 300));
  };

  it('sees no message text on any page, which others do', async () => {
    const pages = [
      `/tickets/${ids.submissionId}`,
      `/tickets/new?from=${ids.submissionId}`,
      `/conversations/${ids.conversationId}`,
    ];
    for (const path of pages) {
      const [theirs, others] = [await operator.get(path), await administrator.get(path)];
      assert.equal(theirs.status, 200, path);
      assert.doesNotMatch(theirs.text, WRITTEN, path);
      assert.match(others.text, WRITTEN, path);
    }
  });

  it('gets none from the API either: not in person, not by a key', async () => {
    const paths = [`/api/v1/submissions/${ids.submissionId}`, '/api/v1/submissions', '/api/v1/suspected-duplicates'];
    for (const path of [...paths, `/api/v1/conversations/${ids.conversationId}`]) {
      const [theirs, others] = [await operator.get(path), await administrator.get(path)];
      assert.equal(theirs.status, 200, path);
      assert.doesNotMatch(theirs.text, WRITTEN, path);
      assert.match(others.text, WRITTEN, path);
    }
    const [theirs, others] = [await makeKey(operator), await makeKey(administrator)];
    for (const path of paths) {
      assert.doesNotMatch((await apiClient(app.origin, theirs)('get', path)).text, WRITTEN, path);
      assert.match((await apiClient(app.origin, others)('get', path)).text, WRITTEN, path);
    }
  });

  it('alone sees the whole installation, without anybody’s words or address, also while Temporal is away', async () => {
    const [theirs, others] = [await operator.get('/operations'), await administrator.get('/operations')];
    assert.equal(others.status, 403);
    assert.equal(theirs.status, 200);
    assert.match(theirs.text, /Temporal does not answer/);
    assert.match(theirs.text, /Errors by cause/);
    assert.doesNotMatch(theirs.text, WRITTEN);
    const outsideOfMenu = theirs.text.slice(theirs.text.indexOf('<main'));
    assert.doesNotMatch(outsideOfMenu, /[\w.+-]+@[\w-]+\.[a-z]{2,}/);
    assert.doesNotMatch((await administrator.get('/insights')).text, /href="\/operations"/);
  });
});
