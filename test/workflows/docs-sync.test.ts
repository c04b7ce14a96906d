import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../src/activities/index.ts';
import { DOCS_SYNC_WORKFLOW, docsSyncStart, SCHEDULED, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

describe('docsSync workflow', function () {
  this.timeout(60_000);
  const env = useTimeSkipping();
  const nowMs = () => env.currentTimeMs();
  const failure = (type: string, rest: { nonRetryable?: boolean; details?: unknown[] } = {}) =>
    ApplicationFailure.create({ message: type, type, ...rest });

  /** Runs a sync of collections `a` and `b` to its end. */
  async function run(overrides: Partial<Activities>, whileItRuns?: (signal: () => Promise<void>) => Promise<void>) {
    const fake = fakeActivities(nowMs, { openDocsSync: async () => ['a', 'b'], ...overrides });
    await withWorkers(env, fake.activities, async () => {
      const scope = { organizationId: 'org', integrationId: randomUUID() };
      const { typedSearchAttributes: _unknownHere, ...start } = docsSyncStart(scope);
      const handle = await env.client.workflow.signalWithStart(DOCS_SYNC_WORKFLOW, start);
      await whileItRuns?.(async () => {
        await env.client.workflow.signalWithStart(DOCS_SYNC_WORKFLOW, start);
      });
      await handle.result();
    });
    return fake;
  }

  it('reads every page of every collection, then ends each and counts the terms', async () => {
    const { calls } = await run({ syncDocsPage: async (_scope, { page }) => (page < 3 ? page + 1 : null) });
    assert.deepEqual(
      calls.map(({ name, args }) => {
        const { collectionId = '', page = '' } = (args[1] ?? {}) as { collectionId?: string; page?: number };
        return `${name} ${collectionId}${page}`.trim();
      }),
      [
        'openDocsSync',
        ...['syncDocsPage a1', 'syncDocsPage a2', 'syncDocsPage a3', 'closeDocsCollection a'],
        ...['syncDocsPage b1', 'syncDocsPage b2', 'syncDocsPage b3', 'closeDocsCollection b'],
        'closeDocsSync',
      ],
    );
    const syncIds = calls.flatMap(({ args }) => (args[1] as { syncId?: string } | undefined)?.syncId ?? []);
    assert.equal(new Set(syncIds).size, 1);
  });

  it('says which collection failed and why, and reads the others all the same', async () => {
    const { callsOf } = await run({
      syncDocsPage: async (_scope, { collectionId }) => {
        if (collectionId === 'a') throw failure('authenticationFailed', { nonRetryable: true });
        return null;
      },
    });
    assert.deepEqual(
      callsOf('failDocsCollection').map(({ args }) => args[1]),
      [{ collectionId: 'a', error: 'authenticationFailed' }],
    );
    assert.equal(callsOf('closeDocsCollection').length, 1);
    assert.equal(callsOf('closeDocsSync').length, 1);
  });

  it('waits for room in the limit, and goes on at the page where it was', async () => {
    let refused = 0;
    const { callsOf } = await run({
      openDocsSync: async () => ['a'],
      syncDocsPage: async (_scope, { page }) => {
        if (page === 2 && refused++ < 8) throw failure('rateLimited', { details: [{ waitMs: 600_000 }] });
        return page < 2 ? page + 1 : null;
      },
    });
    const pages = callsOf('syncDocsPage').map(({ args }) => (args[1] as { page: number }).page);
    assert.deepEqual([...new Set(pages)], [1, 2]);
    assert.equal(pages.filter((page) => page === 1).length, 1);
    assert.equal(callsOf('failDocsCollection').length, 0);
  });

  it('goes round once more when somebody asks while it runs, and once for one request', async () => {
    let release = () => {};
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    let rounds = 0;
    const { callsOf } = await run(
      {
        openDocsSync: async () => {
          rounds += 1;
          if (rounds === 1) await waiting;
          return [];
        },
      },
      async (signal) => {
        await until(async () => rounds === 1, { what: 'the first round', timeoutMs: 30_000 });
        await signal();
        release();
      },
    );
    assert.equal(callsOf('openDocsSync').length, 2);
    assert.equal((await run({})).callsOf('openDocsSync').length, 1);
  });

  it('is started for every connection by a schedule', async () => {
    assert.ok('syncDocs' in SCHEDULED);
    const fake = fakeActivities(nowMs);
    await withWorkers(env, fake.activities, () =>
      env.client.workflow.execute('syncDocs', { workflowId: randomUUID(), taskQueue: TASK_QUEUE, args: [] }),
    );
    assert.deepEqual(
      fake.calls.map(({ name }) => name),
      ['startDocsSyncs'],
    );
  });
});
