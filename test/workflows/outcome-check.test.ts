import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRecordActivities } from '../../src/activities/record-activities.ts';
import { decidedChange } from '../../src/domain/record-change.ts';
import { OUTCOME_CHECK_WORKFLOW, outcomeCheckStart } from '../../src/workflows/contract.ts';
import type { outcomeCheck } from '../../src/workflows/outcome-check.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { addReports } from '../support/reports.ts';
import { useStorage } from '../support/storage.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const DAY_MS = 86_400_000;

/** The real activity and database, on a clock that jumps. */
describe('the outcome check of a record', function () {
  this.timeout(120_000);
  const env = useTimeSkipping();
  const storage = useStorage();
  let clock = new Date();
  const setClock = async () => {
    clock = new Date(await env.currentTimeMs());
  };

  /** A bug report that `customers` wrote about in the four weeks up to now, set to done now. */
  async function done(customers: number) {
    await setClock();
    const fixedAt = clock;
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    const { integrationId } = await storage.integrations.create(organizationId);
    await storage.integrations.update(organizationId, integrationId, { state: 'live' });
    const scope = { organizationId, integrationId, patternId: randomUUID() };
    let nth = 0;
    /** Distinct customers who wrote so many days after the fix, read by us now. */
    const report = async (...days: number[]) => {
      await setClock();
      await addReports(
        storage,
        scope,
        days.map((day) => ({ customer: `c${++nth}`, at: new Date(fixedAt.getTime() + day * DAY_MS) })),
        { now: clock },
      );
    };
    await report(...Array.from({ length: customers }, (_, index) => -28 + (27.9 * index) / customers));
    const made = await storage.issueRecords.byPattern(organizationId, scope.patternId);
    assert.ok(made);
    const { recordId } = made;
    const setDone = async () => {
      await setClock();
      const record = await storage.issueRecords.change(organizationId, recordId, (current) =>
        decidedChange(current, { status: 'done' }, { by: 'ada@acme.example', at: clock, outcomeCheckDays: 14 }),
      );
      assert.ok(record?.resolution);
      const { number, checkAt } = record.resolution;
      const input = { organizationId, recordId, resolution: number, checkAtMs: checkAt.getTime() };
      return env.client.workflow.start<typeof outcomeCheck>(OUTCOME_CHECK_WORKFLOW, outcomeCheckStart(input));
    };
    const handle = await setDone();
    return {
      ...{ handle, report, fixedAt, setDone },
      record: async () => (await storage.issueRecords.byId(organizationId, recordId)) ?? assert.fail(),
      told: async () => (await storage.notifications.list(organizationId, { limit: 10 })).notifications,
      history: () => storage.issueRecords.history(organizationId, recordId),
    };
  }

  async function withCheck(work: () => Promise<void>) {
    const { checkOutcome } = createRecordActivities({ storage, now: () => clock });
    const fake = fakeActivities(() => env.currentTimeMs(), {
      checkOutcome: async (input) => {
        await setClock();
        return checkOutcome(input);
      },
    });
    await withWorkers(env, fake.activities, work);
  }

  it('comes after 14 days and says fixed when reports stopped', async () => {
    await withCheck(async () => {
      const { handle, record, told, history, fixedAt } = await done(12);
      assert.equal(await handle.result(), 'fixed');
      assert.ok((await env.currentTimeMs()) - fixedAt.getTime() >= 14 * DAY_MS);
      const { status, resolution } = await record();
      assert.deepEqual([status, resolution?.outcome?.verdict], ['done', 'fixed']);
      assert.deepEqual(
        (await told()).map(({ kind }) => kind),
        ['recovery'],
      );
      assert.equal((await history()).at(-1)?.what, 'outcome');
    });
  });

  it('opens the record again when customers go on writing', async () => {
    await withCheck(async () => {
      const { handle, record, told, report, history } = await done(8);
      await report(2, 5, 8, 11);
      assert.equal((await record()).status, 'done', 'nothing is opened before the check');
      assert.equal(await handle.result(), 'notFixed');
      const { status, resolution, reopenedAt } = await record();
      assert.deepEqual([status, resolution?.outcome?.after.conversations], ['new', 4]);
      assert.ok(reopenedAt);
      assert.deepEqual(
        (await told()).map(({ kind }) => kind),
        ['alert'],
      );
      const last = (await history()).slice(-2).map(({ what, after, by }) => [what, after, by]);
      assert.deepEqual(last, [
        ['outcome', 'notFixed', 'automatic'],
        ['status', 'new', 'automatic'],
      ]);
    });
  });

  it('says that two reports are too few to tell', async () => {
    await withCheck(async () => {
      const { handle, record, told } = await done(2);
      assert.equal(await handle.result(), 'tooFew');
      assert.equal((await record()).status, 'done');
      assert.deepEqual(await told(), []);
    });
  });

  it('is not misled by reports from before the fix that come late', async () => {
    await withCheck(async () => {
      const { handle, record, report, told } = await done(12);
      await report(-3, -2, -1);
      assert.equal(await handle.result(), 'fixed');
      await env.sleep('30 days');
      await report(-0.5, -4, -6, -9);
      assert.equal((await record()).status, 'done');
      assert.deepEqual(
        (await told()).map(({ kind }) => kind),
        ['recovery'],
      );
    });
  });

  it('opens it again when two customers write 60 days later, and not for one', async () => {
    await withCheck(async () => {
      const { handle, record, report, told, history } = await done(12);
      assert.equal(await handle.result(), 'fixed');
      await env.sleep('46 days');
      await report(60);
      assert.equal((await record()).status, 'done');
      await report(60.1);
      const { status, reopenedAt } = await record();
      assert.equal(status, 'new');
      assert.ok(reopenedAt);
      assert.deepEqual((await told()).map(({ kind }) => kind).sort(), ['alert', 'recovery']);
      assert.match((await history()).at(-1)?.why ?? '', /2 customers/);
      await report(61, 62);
      assert.equal((await told()).length, 2, 'it is told once');
    });
  });

  it('comes to nothing when the record was opened or done again meanwhile', async () => {
    await withCheck(async () => {
      const { handle, record, setDone } = await done(12);
      const { organizationId, recordId } = await record();
      await storage.issueRecords.change(organizationId, recordId, (current) =>
        decidedChange(current, { status: 'inProgress' }, { by: 'ada', at: clock, outcomeCheckDays: 14 }),
      );
      await env.sleep('3 days');
      const second = await setDone();
      assert.equal(await handle.result(), 'superseded');
      assert.equal((await record()).resolution?.outcome, null);
      assert.equal(await second.result(), 'fixed');
    });
  });
});
