import assert from 'node:assert/strict';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

describe('rate budget', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  let storage: Storage;
  before(async () => {
    mongodb = await startMongodb();
    storage = await connectStorage(mongodb.newDatabase());
  });
  after(async () => {
    await storage?.connection.dropDatabase();
    await storage?.close();
    await mongodb?.stop();
  });

  const now = new Date('2026-03-01T09:30:20Z');
  const call = { endpoint: 'GET /v2/conversations', cost: 1, assumedLimit: 20, share: 0.9, now };
  const reserve = (account: string, change: Partial<typeof call> = {}) =>
    storage.rateBudget.reserve('org', { account, ...call, ...change });

  it('gives out exactly the share of the minute, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => reserve('company:1')));
    assert.equal(answers.filter((answer) => answer === null).length, 18);
    assert.deepEqual([...new Set(answers.filter((answer) => answer !== null))], [40_000]);
  });

  it('keeps the rest for people, and starts anew with the next minute', async () => {
    assert.equal(await reserve('company:1'), 40_000);
    assert.equal(await reserve('company:1', { share: 1 }), null);
    assert.equal(await reserve('company:1', { now: new Date('2026-03-01T09:31:00Z') }), null);
  });

  it('takes over what Help Scout says was used by others', async () => {
    assert.equal(await reserve('company:2'), null);
    await storage.rateBudget.correct('company:2', { limit: 20, remaining: 1, now });
    assert.equal(await reserve('company:2'), 40_000);
  });

  it('gives out nothing more once Help Scout has refused', async () => {
    assert.equal(await reserve('company:3'), null);
    await storage.rateBudget.exhaust('company:3', now);
    assert.equal(await reserve('company:3', { share: 1 }), 40_000);
  });

  it('counts calls by endpoint, also those that Help Scout does not limit', async () => {
    await reserve('company:4', { endpoint: 'GET /v2/users/me' });
    const free = { account: 'company:4', endpoint: 'POST /v2/oauth2/token', now };
    await Promise.all([1, 2, 3].map(() => storage.rateBudget.countFree('org-4', free)));
    const calls = await storage.rateBudget.callsByEndpoint('org', new Date(0));
    assert.equal(calls['GET /v2/users/me'], 1);
    assert.equal(calls['POST /v2/oauth2/token'], 3);
  });
});
