import assert from 'node:assert/strict';
import { routes } from '../../src/api/routes.ts';
import type { ApiEndpoint } from '../../src/api/v1/api-endpoint.ts';
import type { ApiScope } from '../../src/domain/api-key.ts';
import { hasRole, ROLES, type Role } from '../../src/domain/roles.ts';
import { type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

describe('every route', function () {
  this.timeout(180_000);
  const app = useWebApp();
  const browsers = new Map<Role, Browser>();
  let acmeId: string;
  let globexId: string;
  let own: Record<string, string>;
  let foreign: Record<string, string>;

  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme', 'administrator');
    const globex = await addOrganization(app.storage, 'Globex', 'administrator');
    acmeId = acme.organizationId;
    globexId = globex.organizationId;
    own = await fillOrganization(app.storage, acme, { conversationId: 7001 });
    foreign = await fillOrganization(app.storage, globex, { conversationId: 8001, earlierRecords: 3 });
    for (const role of ROLES) {
      const email = `walker-${role}@acme.example`;
      await addMember(app.storage, acme.organizationId, email, role);
      browsers.set(role, await signIn(app, email));
    }
  });

  const as = (role: Role) => {
    const browser = browsers.get(role);
    assert.ok(browser);
    return browser;
  };
  const fill = (path: string, ids: Record<string, string>) =>
    path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(ids[name] ?? assert.fail(name)));
  const forMembers = routes.filter(({ access }) => access !== 'public' && access !== 'machine' && access !== 'api');
  const ofApi = routes.filter((endpoint) => endpoint.access === 'api');
  /** Values that fit each form, so that a refusal is never about them. */
  const FIELDS = {
    role: 'member',
    status: 'triaged',
    apiKey: 'key',
    mailboxIds: '310',
    collectionIds: 'c1',
    kind: 'bug',
    category: 'bug',
    otherAppsPercent: '30',
  };
  const call = async (browser: Browser, method: string, path: string) =>
    method === 'get' ? browser.get(path) : browser.post(path, { ...FIELDS, _csrf: await browser.token('/insights') });

  it('is listed once', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    assert.equal(new Set(names).size, names.length);
    assert.ok(forMembers.length > 25);
  });

  it('sends people who are not signed in to the sign-in page', async () => {
    for (const { method, path } of forMembers) {
      const answer = await app.browser().send(fill(path, own), { method: method.toUpperCase() });
      assert.equal(answer.status, 303, `${method} ${path}`);
      assert.match(answer.location, /^\/sign-in/, `${method} ${path}`);
    }
  });

  it('refuses with 403 whoever has a lower role than it needs', async () => {
    for (const { method, path, access } of forMembers) {
      for (const role of ROLES.filter(
        (role) => access !== 'public' && access !== 'machine' && access !== 'api' && !hasRole(role, access),
      )) {
        const answer = await call(as(role), method, fill(path, own));
        assert.equal(answer.status, 403, `${role} ${method} ${path}`);
      }
    }
  });

  it('shows its page to whoever has the role', async () => {
    const withPage = forMembers.filter(({ method, path }) => method === 'get' && !path.startsWith('/oauth/'));
    for (const { path, access } of withPage) {
      const role = ROLES.find((role) => role === access);
      assert.ok(role);
      const answer = await as(role).get(fill(path, own));
      assert.equal(answer.status, 200, `${role} ${path}: ${answer.text.slice(0, 300)}`);
    }
  });

  it('answers 404 for everything of another organization, to every role', async () => {
    const withIds = forMembers.filter(({ path }) => path.includes(':'));
    assert.ok(withIds.length > 15);
    for (const { method, path, access } of withIds) {
      for (const role of ROLES.filter(
        (role) => access !== 'public' && access !== 'machine' && access !== 'api' && hasRole(role, access),
      )) {
        const answer = await call(as(role), method, fill(path, foreign));
        assert.equal(answer.status, 404, `${role} ${method} ${path}`);
        assert.doesNotMatch(answer.text, /Globex/, path);
      }
    }
  });

  it('answers the same for another organization’s ids as for ids that nobody has', async () => {
    const nobody = Object.fromEntries(Object.keys(own).map((name) => [name, name === 'number' ? '999' : '424242']));
    const plain = (text: string) => text.replace(/value="[^"]{40,}"/g, '');
    for (const { method, path } of forMembers.filter(({ path, method }) => path.includes(':') && method === 'get')) {
      const [theirs, nobodys] = [
        await call(as('administrator'), method, fill(path, foreign)),
        await call(as('administrator'), method, fill(path, nobody)),
      ];
      assert.equal(plain(theirs.text), plain(nobodys.text), path);
    }
  });

  it('lists nothing of another organization', async () => {
    for (const { path } of forMembers.filter(
      ({ method, path }) => method === 'get' && !path.includes(':') && !path.startsWith('/oauth/'),
    )) {
      const { text } = await as('operator').get(path);
      assert.doesNotMatch(text, /Globex|8001/, path);
    }
  });

  describe('of the API', () => {
    let ofAcme: ApiClient;
    let ofGlobex: ApiClient;
    let withoutScopes: ApiClient;
    before(async () => {
      const client = async (organizationId: string, scopes?: ApiScope[]) =>
        apiClient(app.origin, (await addApiKey(app.storage, organizationId, scopes && { scopes })).secret);
      ofAcme = await client(acmeId);
      ofGlobex = await client(globexId);
      withoutScopes = await client(acmeId, []);
    });
    /** A body that fits, for those few whose parts are asked about before their ids. */
    const BODIES: Record<string, unknown> = {
      'post /api/v1/integrations/:integrationId/estimate': { mailboxIds: [310] },
      'post /api/v1/insights/:conversationId/review': { category: 'bug' },
      'patch /api/v1/bug-reports/:number': { status: 'triaged' },
      'patch /api/v1/feature-requests/:number': { status: 'triaged' },
      'post /api/v1/bug-reports/:number/comments': { text: 'Seen' },
      'post /api/v1/feature-requests/:number/comments': { text: 'Seen' },
      'post /api/v1/patterns/:patternId/merge': { into: 'other' },
      'post /api/v1/patterns/:patternId/keep-apart': { other: 'other' },
      'post /api/v1/patterns/:patternId/split': { members: [{ conversationId: 1 }] },
      'post /api/v1/patterns/:patternId/move': { member: { conversationId: 1 }, into: 'other' },
      'post /api/v1/patterns/:patternId/dismiss': { reason: 'known' },
      'post /api/v1/patterns/:patternId/snooze': { more: 3 },
      'post /api/v1/approvals/:patternId/reject': { reason: 'known' },
    };
    const send = (client: ApiClient, { method, path, body }: ApiEndpoint, ids: Record<string, string>) => {
      if (body && 'kind' in body) {
        return client(method, fill(path, ids), '', { 'content-type': body.types[0] ?? 'text/plain' });
      }
      return client(method, fill(path, ids), body ? (BODIES[`${method} ${path}`] ?? {}) : undefined);
    };

    it('needs a key', async () => {
      assert.ok(ofApi.length > 40);
      for (const endpoint of ofApi) {
        const answer = await send(apiClient(app.origin, null), endpoint, own);
        assert.equal(answer.status, 401, `${endpoint.method} ${endpoint.path}`);
      }
    });

    it('needs the scope', async () => {
      for (const endpoint of ofApi) {
        const answer = await send(withoutScopes, endpoint, own);
        assert.equal(answer.status, 403, `${endpoint.method} ${endpoint.path}`);
        assert.ok(answer.body.detail.includes(endpoint.scope), endpoint.path);
      }
    });

    it('answers 404 for everything of another organization, and lists nothing of it', async () => {
      for (const endpoint of ofApi) {
        const name = `${endpoint.method} ${endpoint.path}`;
        // What is put under an id of one's own choosing is made there, in one's own organization.
        if (endpoint.method === 'put') continue;
        if (endpoint.method !== 'get' && !endpoint.path.includes(':')) continue;
        const answer = await send(ofAcme, endpoint, foreign);
        assert.equal(answer.status, endpoint.path.includes(':') ? 404 : 200, `${name}: ${answer.text.slice(0, 200)}`);
        assert.doesNotMatch(answer.text, /Globex|8001/, name);
      }
    });

    it('shows each organization its own', async () => {
      for (const endpoint of ofApi.filter(({ method }) => method === 'get')) {
        assert.equal((await send(ofGlobex, endpoint, foreign)).status, 200, endpoint.path);
      }
    });
  });

  it('is answered 404 when it is not in the list, with the menu for people who are signed in', async () => {
    const answer = await as('member').get('/nothing/here');
    assert.equal(answer.status, 404);
    assert.match(answer.text, /Acme/);
  });
});
