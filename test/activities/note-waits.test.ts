import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createWaitNotes } from '../../src/activities/note-waits.ts';
import { HelpScoutRateLimited, HelpScoutUnavailable } from '../../src/helpscout/errors.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { HELPSCOUT_TASK_QUEUE, type Scope } from '../../src/workflows/contract.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';

const NOON = Date.UTC(2026, 10, 12, 12, 0);

describe('what calls wait for', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  let storage: Storage;
  let scope: Scope;
  before(async () => {
    mongodb = await startMongodb();
    quietRuntime();
    storage = await connectStorage(mongodb.newDatabase());
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    scope = { organizationId, integrationId: (await storage.integrations.create(organizationId)).integrationId };
  });
  after(async () => {
    await storage?.close();
    await mongodb?.stop();
  });

  it('is noted by tries that fail, as one wait, and ends with a call that works', async () => {
    let nowMs = NOON;
    let fails: Error | null = null;
    const notes = createWaitNotes({ storage, now: () => new Date(nowMs) });
    const { importPage } = notes.watched({
      importPage: async (_scope: Scope) => {
        if (fails) throw fails;
      },
    });
    const call = (atMs: number, error: Error | null) => {
      [nowMs, fails] = [atMs, error];
      const environment = new MockActivityEnvironment({ taskQueue: HELPSCOUT_TASK_QUEUE });
      return environment.run(importPage, scope).catch(() => undefined);
    };
    const waits = () => storage.integrations.waits(scope.organizationId, scope.integrationId);
    const down = new HelpScoutUnavailable('answered 503', { endpoint: 'GET /v2/conversations', status: 503 });
    await call(NOON, down);
    await call(NOON + 60_000, down);
    const times = { sinceMs: NOON, seenMs: NOON + 60_000, untilMs: null };
    assert.deepEqual(await waits(), [{ source: 'helpScout', code: 'helpScoutUnavailable', ...times }]);
    const limit = { endpoint: 'GET /v2/conversations', status: 429 };
    await call(NOON + 70_000, new HelpScoutRateLimited(30_000, limit));
    const [limited] = await waits();
    assert.equal(limited?.code, 'rateLimited');
    assert.equal(limited?.sinceMs, NOON + 70_000);
    assert((limited?.untilMs ?? 0) >= NOON + 100_000, `until ${limited?.untilMs}`);
    await call(NOON + 120_000, null);
    assert.deepEqual(await waits(), []);
  });
});
