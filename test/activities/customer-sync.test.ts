import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createCustomerActivities } from '../../src/activities/customer-activities.ts';
import type { CustomerFields } from '../../src/domain/customer-record.ts';
import type { Integration } from '../../src/domain/integration.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { control, journalOf, signIn, start, stopAll } from '../sandbox/support.ts';
import { connectedWith } from '../support/connected-with.ts';
import { useStorage } from '../support/storage.ts';

const CREATE = { template: '/v2/customers', method: 'POST' };

describe('customer sync with Help Scout', function () {
  this.timeout(120_000);
  const storage = useStorage();
  let sandbox: Sandbox;
  let client: HelpScoutClient;
  let integration: Integration;
  let organizationId: string;
  let clock: Date;

  beforeEach(async () => {
    sandbox = await start({ rateLimitPerMinute: 100_000 });
    const { access_token: accessToken } = await signIn(sandbox);
    client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
    ({ organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' }));
    integration = await storage.integrations.create(organizationId);
    await storage.integrations.update(organizationId, integration.integrationId, { state: 'live' });
    clock = new Date();
  });
  afterEach(stopAll);

  const activities = () => createCustomerActivities({ storage, now: () => clock }, connectedWith(client));
  const scope = () => ({ organizationId, integrationId: integration.integrationId });
  const put = (externalId: string, fields: CustomerFields) =>
    storage.customers.put(organizationId, integration.integrationId, externalId, fields);
  let tries = 0;
  /** One try of the version that storage has, as Temporal would make it. */
  const sync = async (externalId: string, by = 'automatic'): Promise<{ details: string }> => {
    const { version } = await activities().openCustomer(scope(), { externalId });
    tries += 1;
    const environment = new MockActivityEnvironment({ attempt: tries }, { logger: new DefaultLogger('ERROR') });
    const request = { externalId, version, by, attemptKey: `run/${tries}` };
    return environment.run(() => activities().syncCustomer(scope(), request));
  };
  const failing = async (externalId: string): Promise<ApplicationFailure> => {
    try {
      await sync(externalId);
    } catch (error) {
      assert(error instanceof ApplicationFailure, String(error));
      return error;
    }
    return assert.fail('it did not fail');
  };
  const rows = async () => (await storage.syncEvents.list(organizationId, {}, { limit: 50 })).events;
  const record = async (externalId: string) =>
    (await storage.customers.get(organizationId, externalId)) ?? assert.fail();
  const creates = async () =>
    (await journalOf(sandbox)).filter(
      ({ method, template }) => method === CREATE.method && template === CREATE.template,
    );
  const committed = async () =>
    (await creates()).filter(({ status, unsentStatus }) => status === 201 || unsentStatus === 201).length;

  it('creates a customer once, then changes what differs, and sends nothing when nothing does', async () => {
    await put('c1', { email: 'Kim@Client.example', firstName: 'Kim', phone: '555 0100' });
    assert.equal((await sync('c1')).details, 'Created in Help Scout');
    const { helpScoutCustomerId, state, syncedVersion } = await record('c1');
    assert.deepEqual([state, syncedVersion], ['synced', 1]);
    const made = await client.customers.get(helpScoutCustomerId ?? 0);
    assert.equal(made.firstName, 'Kim');
    assert.deepEqual(
      made.entries.emails.map(({ value }) => value),
      ['kim@client.example'],
    );

    assert.equal((await put('c1', { email: 'kim@client.example', firstName: 'Kim', phone: '555 0100' })).version, 1);
    await put('c1', { email: 'kim@client.example', firstName: 'Kim', phone: '555 0200', jobTitle: 'Head of data' });
    assert.equal((await sync('c1')).details, 'Changed: Job title, Phone');
    const changed = await client.customers.get(helpScoutCustomerId ?? 0);
    assert.deepEqual(
      changed.entries.phones.map(({ value }) => value),
      ['555 0200'],
      'moved, not added',
    );

    await put('c1', { email: 'kim@client.example', firstName: 'Kim' });
    await sync('c1');
    const found = await rows();
    assert.deepEqual(
      found.map(({ type, status, customerEmail, customerExternalId, direction }) => [
        type,
        status,
        customerEmail,
        customerExternalId,
        direction,
      ]),
      [
        ['customerUpdated', 'success', 'kim@client.example', 'c1', 'outbound'],
        ['customerSynced', 'success', 'kim@client.example', 'c1', 'outbound'],
      ],
    );
    assert.equal((await record('c1')).syncedVersion, 3, 'the unchanged one is known to be there');
    assert.equal(await committed(), 1);
  });

  it('tells whoever asked that there was nothing to change', async () => {
    await put('c1', { email: 'kim@client.example' });
    await sync('c1');
    await storage.customers.askAgain(organizationId, 'c1', 'ada@acme.example');
    await sync('c1');
    const [row] = await rows();
    assert.deepEqual(
      [row?.status, row?.details, row?.attempts[0]?.by],
      ['skipped', 'Nothing to change in Help Scout', 'ada@acme.example'],
    );
  });

  it('moves a changed address instead of making a second customer', async () => {
    await put('c1', { email: 'kim@client.example' });
    await sync('c1');
    const { helpScoutCustomerId } = await record('c1');
    await put('c1', { email: 'kim.ito@client.example' });
    assert.equal((await sync('c1')).details, 'Changed: E-mail');
    assert.equal((await record('c1')).helpScoutCustomerId, helpScoutCustomerId);
    const { entries } = await client.customers.get(helpScoutCustomerId ?? 0);
    assert.deepEqual(
      entries.emails.map(({ value }) => value),
      ['kim.ito@client.example'],
    );
    assert.equal(await client.customers.findByEmail('kim@client.example'), null);
    assert.equal(await committed(), 1);
  });

  it('matches a customer who has the address already', async () => {
    const customerId = await client.customers.create({
      firstName: 'Old',
      entries: { emails: [{ value: 'kim@client.example' }] },
    });
    await put('c1', { email: 'kim@client.example', firstName: 'Kim' });
    assert.equal((await sync('c1')).details, 'Matched by e-mail address; changed: First name');
    assert.equal((await record('c1')).helpScoutCustomerId, customerId);
    assert.equal((await client.customers.get(customerId)).firstName, 'Kim');
    assert.equal((await rows())[0]?.type, 'customerSynced');
  });

  for (const duplicateEmail of ['409', '400'] as const) {
    it(`reports an address that is taken, by setting, also when only the create tells (${duplicateEmail})`, async () => {
      await storage.settings.save(organizationId, { customers: { mode: 'realTime', emailTaken: 'report' } });
      await control(sandbox, 'PATCH', '/switches', { customers: { duplicateEmail } });
      await client.customers.create({ firstName: 'Old', entries: { emails: [{ value: 'kim@client.example' }] } });
      await put('c1', { email: 'kim@client.example', firstName: 'Kim' });
      const found = await failing('c1');
      assert.deepEqual([found.type, found.nonRetryable], ['emailNotUnique', true]);
      const unsearched = { ...client.customers, findByEmail: async () => null };
      const searching = client;
      let searches = 0;
      client = {
        ...client,
        customers: {
          ...unsearched,
          // The first search lags behind; the one after the refusal does not.
          findByEmail: (email) =>
            searches++ === 0 ? unsearched.findByEmail() : searching.customers.findByEmail(email),
        },
      };
      assert.equal((await failing('c1')).type, 'emailNotUnique');
      assert.equal((await record('c1')).createSentAt, null);
      assert.equal(await committed(), 1);
      const [row] = await rows();
      assert.equal(row?.attempts.length, 2);
      assert.equal(row?.attempts[1]?.httpStatus, Number(duplicateEmail));
      assert.equal(row?.attempts[1]?.endpoint, 'POST /v2/customers');
    });
  }

  it('neither moves an address onto another customer’s, nor forgets whose it is', async () => {
    await put('c1', { email: 'kim@client.example' });
    await sync('c1');
    await client.customers.create({ firstName: 'Old', entries: { emails: [{ value: 'taken@client.example' }] } });
    await put('c1', { email: 'taken@client.example' });
    assert.equal((await failing('c1')).type, 'emailNotUnique');
    assert.notEqual((await record('c1')).helpScoutCustomerId, null);
  });

  it('makes nobody twice when answers are lost, though searches lag behind', async () => {
    const LAG_MS = 30_000;
    const CUSTOMERS = 40;
    await control(sandbox, 'PATCH', '/switches', { search: { lagMs: LAG_MS } });
    for (const { drop, ...when } of [
      { drop: 'before', probability: 0.25, seed: 5 },
      { drop: 'after', probability: 0.4, seed: 6 },
    ]) {
      await control(sandbox, 'POST', '/faults', { ...CREATE, effect: { drop }, when });
    }
    let uncertain = 0;
    const ids = new Set<number | null>();
    for (let n = 0; n < CUSTOMERS; n++) {
      await put(`c${n}`, { email: `c${n}@client.example`, firstName: 'Kim' });
      for (;;) {
        try {
          await sync(`c${n}`);
          break;
        } catch (error) {
          assert(error instanceof ApplicationFailure);
          assert.deepEqual([error.type, error.nonRetryable], ['uncertain', false]);
          uncertain++;
          const waitMs = Number(error.nextRetryDelay);
          assert(waitMs > 0);
          clock = new Date(clock.getTime() + waitMs);
          await control(sandbox, 'PUT', '/clock', { advanceSeconds: Math.ceil(waitMs / 1000) });
        }
      }
      ids.add((await record(`c${n}`)).helpScoutCustomerId);
    }
    assert(uncertain > 20, `${uncertain}`);
    assert.equal(ids.size, CUSTOMERS);
    assert.equal(await committed(), CUSTOMERS);
    const found = await rows();
    assert(found.every(({ status, type }) => status === 'success' && type === 'customerSynced'));
    assert(found.some(({ attempts }) => attempts.length > 1 && attempts[0]?.errorCode === 'uncertain'));
  });
});
