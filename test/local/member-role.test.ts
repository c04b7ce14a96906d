import assert from 'node:assert/strict';
import { grantRole } from '../../src/local/member-role/grant-role.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

describe('giving a member a role by command', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  let storage: Storage;
  let organizationId: string;
  const EMAIL = 'ada@acme.example';
  before(async () => {
    mongodb = await startMongodb();
  });
  beforeEach(async () => {
    storage = await connectStorage(mongodb.newDatabase());
    organizationId = (await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' })).organizationId;
    await storage.members.create(organizationId, {
      name: 'Ada',
      email: EMAIL,
      role: 'administrator',
      passwordHash: 'hash',
    });
  });
  afterEach(() => storage.close());
  after(() => mongodb.stop());

  const role = async (email = EMAIL) => (await storage.members.credentials(email))?.role;

  it('makes an operator, however the address is written, and says so in the audit trail', async () => {
    const granted = await grantRole(storage, 'Ada@ACME.example', 'operator');
    assert.deepEqual(granted, { done: true, text: `${EMAIL} is now operator (was administrator).` });
    assert.equal(await role(), 'operator');
    const { entries } = await storage.auditTrail.list(organizationId, { limit: 10 });
    assert.deepEqual(
      entries.map(({ by, action, details }) => [by, action, details]),
      [['member:role', 'changed role of member', `${EMAIL}, operator`]],
    );
  });

  it('changes nothing for a role or an address that is not there', async () => {
    assert.match((await grantRole(storage, EMAIL, 'root')).text, /member, manager, administrator, operator/);
    assert.match((await grantRole(storage, 'nobody@acme.example', 'operator')).text, /Nobody signs in/);
    assert.equal(await role(), 'administrator');
    assert.deepEqual((await storage.auditTrail.list(organizationId, { limit: 10 })).entries, []);
  });

  it('leaves an organization somebody who can manage it', async () => {
    assert.deepEqual((await grantRole(storage, EMAIL, 'member')).done, false);
    assert.equal(await role(), 'administrator');
    const bob = { name: 'Bob', email: 'bob@acme.example', passwordHash: 'hash' };
    await storage.members.create(organizationId, { ...bob, role: 'operator' });
    assert.deepEqual((await grantRole(storage, EMAIL, 'member')).done, true);
    assert.equal(await role(), 'member');
  });
});
