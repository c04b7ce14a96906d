import assert from 'node:assert/strict';
import { bootstrap } from '../../src/api/bootstrap.ts';
import { verifyPassword } from '../../src/security/passwords.ts';
import { connectStorage } from '../../src/storage/storage.ts';
import { useMongodb } from '../support/mongodb.ts';
import { useStorage } from '../support/storage.ts';

describe('bootstrap', () => {
  const mongodb = useMongodb();
  const storage = useStorage(mongodb);

  it('makes an administrator once, and tells the password that time only', async () => {
    const wanted = { organizationName: 'Acme', email: 'Admin@acme.example' };
    const made = await bootstrap(storage, wanted);
    assert.equal(made?.email, 'admin@acme.example');
    const stored = await storage.members.credentials('admin@acme.example');
    assert.equal(stored?.role, 'administrator');
    assert.equal(await verifyPassword(stored.passwordHash, made.password), true);
    assert.equal((await storage.organizations.get(stored.organizationId))?.name, 'Acme');
    assert.equal(await bootstrap(storage, wanted), null);
  });

  it('leaves no organization behind without an administrator', async () => {
    const again = await connectStorage(mongodb.newDatabase());
    try {
      const interrupted = await again.organizations.setUp({ name: 'Interrupted', timeZone: 'UTC' });
      assert.equal(await again.members.exist(), false);
      const made = await bootstrap(again, { organizationName: 'Acme', email: 'admin@acme.example' });
      const member = await again.members.credentials(made?.email ?? '');
      assert.equal(member?.organizationId, interrupted.organizationId);
    } finally {
      await again.connection.dropDatabase();
      await again.close();
    }
  });
});
