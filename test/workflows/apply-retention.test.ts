import assert from 'node:assert/strict';
import { subDays } from 'date-fns';
import { createRetentionActivities } from '../../src/activities/retention-activities.ts';
import { applyRetention } from '../../src/workflows/apply-retention.ts';
import { TASK_QUEUE } from '../../src/workflows/contract.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useStorage } from '../support/storage.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const NOW = new Date('2026-03-31T12:30:00Z');

describe('retention', function () {
  this.timeout(120_000);
  const env = useTimeSkipping();
  const storage = useStorage();

  const fill = async (organizationId: string, daysOld: number, count: number) => {
    await storage.syncEvents.open(
      organizationId,
      Array.from({ length: count }, (_, number) => ({
        eventId: `${daysOld}-${number}`,
        integrationId: 'integration-1',
        type: 'conversationSynced',
        direction: 'inbound',
        workflowId: 'scan:1',
        createdAt: subDays(NOW, daysOld),
      })),
    );
    await storage.auditTrail.record(organizationId, {
      at: subDays(NOW, daysOld),
      by: 'ada@acme.example',
      action: 'retried',
      target: `${daysOld}`,
    });
    for (const over of [true, false]) {
      const id = `${daysOld}-${over ? 'over' : 'under way'}`;
      const createdAt = subDays(NOW, daysOld);
      await storage.customerImports.create({
        organizationId,
        importId: id,
        createdBy: 'ada@acme.example',
        fileName: 'customers.csv',
        format: 'csv',
        state: over ? 'done' : 'working',
        lines: 1,
        createdAt,
        finishedAt: over ? createdAt : null,
      });
      await storage.customerImports.addLines(organizationId, id, [
        { line: 2, externalId: null, fields: null, error: 'No address' },
      ]);
      const retryRunId = `${organizationId}/${id}`;
      await storage.retryRuns.addItems(organizationId, retryRunId, 0, [
        { eventId: `${daysOld}-0`, type: 'ticketCreated', customerEmail: null, conversationId: null },
      ]);
      await storage.retryRuns.create({
        retryRunId,
        organizationId,
        by: 'ada@acme.example',
        selection: { code: 'timeout', type: 'ticketCreated', rows: false },
        canary: false,
        perMinute: 10,
        total: 1,
        state: over ? 'finished' : 'running',
        previewed: 1,
        decidedBy: null,
        createdAt,
        endedAt: over ? createdAt : null,
      });
    }
  };
  const run = (activities: object) =>
    withWorkers(env, activities, () =>
      env.client.workflow.execute(applyRetention, { taskQueue: TASK_QUEUE, workflowId: `retention-${Math.random()}` }),
    );

  it('removes what each organization keeps no longer, with its counters, and nothing else', async () => {
    const create = async (name: string) =>
      (await storage.organizations.create({ name, timeZone: 'UTC' })).organizationId;
    const [short, usual] = [await create('Short'), await create('Usual')];
    await storage.settings.save(short, { retention: { logDays: 30, auditDays: 60 } });
    for (const organizationId of [short, usual]) {
      for (const [daysOld, count] of [
        [800, 3],
        [90, 20],
        [40, 2],
        [1, 5],
      ] as const)
        await fill(organizationId, daysOld, count);
    }
    const real = createRetentionActivities({ storage, now: () => NOW });
    await run(fakeActivities(() => env.currentTimeMs(), real).activities);

    const idsOf = async (collection: string, organizationId: string, field: string) =>
      (await storage.connection.collection(collection).distinct(field, { organizationId }))
        .map((id) => `${id}`.split('/').at(-1))
        .toSorted();
    const left = async (organizationId: string) => ({
      rows: (await storage.syncEvents.counts(organizationId, {})).reduce((sum, { events }) => sum + events, 0),
      hours: await storage.connection.collection('logHours').countDocuments({ organizationId }),
      audit: (await storage.auditTrail.list(organizationId, { limit: 10 })).entries.map(({ target }) => target),
    });
    assert.deepEqual(await left(short), { rows: 5, hours: 1, audit: ['1', '40'] });
    assert.deepEqual(await left(usual), { rows: 27, hours: 3, audit: ['1', '40', '90'] });
    const underWay = ['1-under way', '40-under way', '800-under way', '90-under way'];
    for (const [collection, field] of [
      ['customerImports', 'importId'],
      ['customerImportLines', 'importId'],
      ['retryRuns', '_id'],
      ['retryItems', 'retryRunId'],
    ] as const) {
      assert.deepEqual(await idsOf(collection, short, field), ['1-over', ...underWay].toSorted(), collection);
      assert.deepEqual(
        await idsOf(collection, usual, field),
        ['1-over', '40-over', '90-over', ...underWay].toSorted(),
        collection,
      );
    }
  });

  it('comes back for an organization with more to remove, and goes on when one cannot be done', async () => {
    const calls: string[] = [];
    const { activities } = fakeActivities(() => env.currentTimeMs(), {
      listOrganizationIds: async () => ['broken', 'large', 'small'],
      removeExpired: async ({ organizationId }) => {
        calls.push(organizationId);
        if (organizationId === 'broken') throw new Error('no such index');
        return { rows: 1, more: organizationId === 'large' && calls.filter((id) => id === 'large').length < 3 };
      },
    });
    await run(activities);
    assert.deepEqual(
      calls.filter((id) => id !== 'broken'),
      ['large', 'large', 'large', 'small'],
    );
    assert.equal(calls.filter((id) => id === 'broken').length, 5);
  });
});
