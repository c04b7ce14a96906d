import assert from 'node:assert/strict';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { keysInHistories } from '../../src/local/keys-rotate/keys-in-histories.ts';
import { rotationReport } from '../../src/local/keys-rotate/report.ts';
import { rotateSecrets } from '../../src/local/keys-rotate/rotate.ts';
import { createDataConverter } from '../../src/security/data-converter.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { secretsSchema } from '../../src/storage/integration-secrets.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { createStoredSecrets, type StoredSecrets } from '../../src/storage/stored-secrets.ts';
import { SEARCH_ATTRIBUTES } from '../../src/workflows/contract.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { startTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const OLD = key('old', 1);
const BOTH = `${key('new', 2)},${OLD}`;

describe('rotating keys', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  let storage: Storage;
  let secrets: StoredSecrets;
  before(async () => {
    mongodb = await startMongodb();
  });
  beforeEach(async () => {
    storage = await connectStorage(mongodb.newDatabase());
    secrets = createStoredSecrets(storage.connection);
  });
  afterEach(() => storage.close());
  after(() => mongodb.stop());

  /** Every text field of an integration's secrets filled, whatever there will be. */
  const fill = async () => {
    const { integrationId } = await storage.integrations.create('org');
    const ring = createKeyRing(OLD);
    const scope = { organizationId: 'org', integrationId };
    const tokens = (which: string) => ({
      accessToken: ring.encrypt(`access ${which}`, { ...scope, purpose: 'accessToken' }),
      refreshToken: ring.encrypt(`refresh ${which}`, { ...scope, purpose: 'refreshToken' }),
    });
    const purposes: Record<string, 'authorizationCode' | 'docsKey' | 'webhookSecret'> = {
      ...{ authorizationCode: 'authorizationCode', docsKey: 'docsKey', newDocsKey: 'docsKey' },
      ...{ webhookSecret: 'webhookSecret', previousWebhookSecret: 'webhookSecret' },
    };
    const others = Object.fromEntries(
      Object.entries(purposes).map(([name, purpose]) => [name, ring.encrypt(name, { ...scope, purpose })]),
    );
    const stored = { ...tokens('now'), ...others, keptTokens: tokens('kept'), tokenVersion: 3 };
    const texts = Object.entries(secretsSchema.shape).filter(([, field]) => field.safeParse('text').success);
    assert.deepEqual(
      texts.map(([name]) => name).filter((name) => !(name in stored)),
      [],
      'a secret that this test, and the rotation, do not know',
    );
    await storage.connection.collection('integrations').updateOne({ integrationId }, { $set: { secrets: stored } });
    return scope;
  };

  it('encrypts every stored secret with the first key, and changes none', async () => {
    const { organizationId, integrationId } = await fill();
    const fresh = createKeyRing(OLD).encrypt('k', {
      organizationId,
      integrationId: organizationId,
      purpose: 'erasureKey',
    });
    await storage.erasedCustomers.keepKey(organizationId, fresh);
    const ring = createKeyRing(BOTH);
    assert.deepEqual(await rotateSecrets(secrets, ring), { rotated: 10, current: 0, secretsByKey: { new: 10 } });
    const stored = await storage.integrations.secrets(organizationId, integrationId);
    const scope = { organizationId, integrationId };
    const newOnly = createKeyRing(key('new', 2));
    assert.equal(newOnly.decrypt(stored?.refreshToken ?? '', { ...scope, purpose: 'refreshToken' }), 'refresh now');
    const kept = stored?.keptTokens?.accessToken ?? '';
    assert.equal(newOnly.decrypt(kept, { ...scope, purpose: 'accessToken' }), 'access kept');
    assert.equal(stored?.tokenVersion, 3);
    assert.deepEqual(await rotateSecrets(secrets, ring), { rotated: 0, current: 10, secretsByKey: { new: 10 } });
  });

  it('goes on where it was stopped, and leaves what was stored meanwhile', async () => {
    const scope = await fill();
    const ring = createKeyRing(BOTH);
    let replaced = 0;
    const stopping: StoredSecrets = {
      ...secrets,
      replace: async (secret, by) => {
        if (replaced === 4) throw new Error('killed');
        replaced += 1;
        return secrets.replace(secret, by);
      },
    };
    await assert.rejects(rotateSecrets(stopping, ring), /killed/);
    const racing: StoredSecrets = {
      ...secrets,
      async replace(secret, by) {
        if (secret.path !== 'secrets.webhookSecret') return secrets.replace(secret, by);
        const webhook = ring.encrypt('newer', { ...scope, purpose: 'webhookSecret' });
        await storage.integrations.saveWebhook('org', scope.integrationId, { secret: webhook, previousSecret: null });
        return secrets.replace(secret, by);
      },
    };
    assert.deepEqual((await rotateSecrets(racing, ring, 1)).secretsByKey, { new: 8 });
    const stored = await storage.integrations.secrets('org', scope.integrationId);
    assert.equal(ring.decrypt(stored?.webhookSecret ?? '', { ...scope, purpose: 'webhookSecret' }), 'newer');
  });

  describe('with workflows', () => {
    let temporal: TestWorkflowEnvironment;
    before(async () => {
      temporal = await startTemporal();
    });
    after(async () => {
      await temporal?.teardown();
    });

    it('says which keys histories still need, and finds what was hashed with an older one', async () => {
      const client = new Client({ connection: temporal.connection, dataConverter: createDataConverter(OLD) });
      const customerEmailHash = createKeyRing(OLD).emailHash('Ada@Client.example');
      const handle = await client.workflow.start('nobodyWorksOnIt', {
        ...{ workflowId: 'ticket:org:1', taskQueue: 'nobody', args: [{ submissionId: '1' }] },
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.customerEmailHash, value: customerEmailHash }],
      });
      const plain = new Client({ connection: temporal.connection });
      const use = async () => keysInHistories(plain);
      await until(async () => (await use()).old?.open === 1, { what: 'the workflow in the list' });
      const hashes = createKeyRing(BOTH).emailHashes('ada@client.example');
      const query = `CustomerEmailHash IN (${hashes.map((hash) => `'${hash}'`).join(', ')})`;
      assert.equal((await plain.workflow.count(query)).count, 1);
      const rotation = { rotated: 2, current: 0, secretsByKey: { new: 2 } };
      const kept = rotationReport(['new', 'old'], rotation, await use()).join('\n');
      assert.match(kept, /Key old: 0 secrets, histories of 1 open and 0 closed workflow runs\. Keep it/);
      await handle.terminate();
      await until(async () => (await use()).old?.closed === 1, { what: 'its end' });
      assert.match(rotationReport(['new', 'old'], rotation, {}).join('\n'), /Key old: .* It may go/);
      assert.match(rotationReport(['new'], rotation, await use()).join('\n'), /Key old is missing/);
    });
  });
});
