import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isOver } from '../../src/domain/retry-run.ts';
import { FAILURES_PATH, failureHref, LOG_PATH } from '../../src/ui/links.ts';
import { conversationWorkflowId } from '../../src/workflows/contract.ts';
import type { Browser } from '../support/browser.ts';
import { useMongodb } from '../support/mongodb.ts';
import { type RetryWorker, useRetryWorker } from '../support/retry-worker.ts';
import { useTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { addMember, addOrganization, signIn, startWebApp, useWebApp } from '../support/web-app.ts';

describe('failed syncs', function () {
  this.timeout(90_000);
  const mongodb = useMongodb();
  const temporal = useTemporal();
  const app = useWebApp({ mongodb, temporal });
  const worker = useRetryWorker(temporal, app);

  let organizationId: string;
  let integrationId: string;
  let email: string;
  let administrator: Browser;
  let manager: Browser;
  let firstConversation = 7000;
  beforeEach(async () => {
    const name = `Acme${randomUUID().slice(0, 8)}`;
    ({ organizationId, email } = await addOrganization(app.storage, name));
    ({ integrationId } = await app.storage.integrations.create(organizationId));
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live' });
    administrator = await signIn(app, email);
    await addMember(app.storage, organizationId, `manager@${name.toLowerCase()}.example`, 'manager');
    manager = await signIn(app, `manager@${name.toLowerCase()}.example`);
    firstConversation += 100;
  });

  const fail = (count: number, code: Parameters<RetryWorker['fail']>[2] = 'helpScoutUnavailable') => {
    const ids = Array.from({ length: count }, () => firstConversation++);
    return worker.fail({ organizationId, integrationId }, ids, code);
  };
  const works = () => worker.broken.clear();
  const row = async (eventId = '') => {
    const found = await app.storage.syncEvents.get(organizationId, eventId);
    assert.ok(found);
    return found;
  };
  const rowPath = (eventId = '') => `${LOG_PATH}/${encodeURIComponent(eventId)}`;
  const audit = async () => (await app.storage.auditTrail.list(organizationId, { limit: 50 })).entries;
  /** Where a run's page is, and its state. */
  const runOf = async (location: string) => {
    const run = await app.storage.retryRuns.get(organizationId, location.split('/').at(-1) ?? '');
    assert.ok(run, location);
    return run;
  };
  const reached = (location: string, state: string) =>
    until(async () => (await runOf(location)).state === state, { what: `the run to be ${state}` });
  const startRun = async (fields: Record<string, string | string[]>) => {
    const answer = await administrator.submit(`${FAILURES_PATH}/runs`, fields, FAILURES_PATH);
    assert.equal(answer.status, 303, answer.text);
    return answer.location;
  };

  describe('the page', () => {
    it('says that nothing waits, and what would be here', async () => {
      const { text } = await manager.get(FAILURES_PATH);
      assert.match(text, /Nothing waits for you/);
    });

    it('gathers rows by cause, with count, remedy, customers and a way to the log', async () => {
      await fail(3);
      await fail(1, 'forbidden');
      const { text } = await manager.get(FAILURES_PATH);
      assert.match(text, /Help Scout answered with an error of its own/);
      assert.match(text, /3 rows/);
      assert.match(text, /is not allowed to do this/);
      assert.match(text, /3 customers affected/);
      assert.match(text, /status=failed&amp;type=conversationSynced&amp;cause=helpScoutUnavailable/);
      assert.ok(text.indexOf('3 rows') < text.indexOf('>1 row<'));
    });

    it('shows a manager the rows, and who can act', async () => {
      await fail(1);
      const path = `${FAILURES_PATH}/rows?code=helpScoutUnavailable`;
      const seen = (await manager.get(path)).text;
      assert.match(seen, /An administrator of your organization can retry/);
      assert.doesNotMatch(seen, /Preview the retry|type="checkbox"/);
      assert.match((await administrator.get(path)).text, /Preview the retry/);
    });

    it('shows nothing of another organization', async () => {
      await fail(1);
      const other = await addOrganization(app.storage, `Globex${randomUUID().slice(0, 8)}`);
      const stranger = await signIn(app, other.email);
      assert.match((await stranger.get(FAILURES_PATH)).text, /Nothing waits for you/);
      assert.match((await stranger.get(`${FAILURES_PATH}/rows`)).text, /Nothing of this kind/);
    });
  });

  describe('one row', () => {
    it('is retried, with who asked in the row and in the audit trail', async () => {
      const [eventId] = await fail(1);
      works();
      const answer = await administrator.submit(
        `${rowPath(eventId)}/retry`,
        { returnTo: FAILURES_PATH },
        FAILURES_PATH,
      );
      assert.equal(answer.location, FAILURES_PATH);
      assert.match((await administrator.get(answer.location)).text, /The retry worked/);
      const { status, attempts } = await row(eventId);
      assert.equal(status, 'success');
      assert.equal(attempts.at(-1)?.by, email);
      const [entry] = await audit();
      assert.deepEqual(
        [entry?.by, entry?.action, entry?.target, entry?.details],
        [email, 'retried', eventId, 'success'],
      );
    });

    it('says why a retry failed again', async () => {
      const [eventId] = await fail(1);
      const answer = await administrator.submit(`${rowPath(eventId)}/retry`, {}, FAILURES_PATH);
      assert.match((await administrator.get(answer.location)).text, /The retry failed. Help Scout answered/);
      assert.equal((await audit())[0]?.details, 'failed: helpScoutUnavailable');
    });

    it('is refused politely while a try runs, and when it does not wait any more', async () => {
      const [eventId = ''] = await fail(1);
      await app.storage.syncEvents.settle(organizationId, [{ eventId, status: 'retrying' }]);
      for (const action of ['retry', 'dismiss']) {
        const refused = await administrator.submit(`${rowPath(eventId)}/${action}`, {}, FAILURES_PATH);
        assert.match((await administrator.get(refused.location)).text, /A try is running already/);
      }
      await app.storage.syncEvents.settle(organizationId, [{ eventId, status: 'success' }]);
      const late = await administrator.submit(`${rowPath(eventId)}/retry`, {}, FAILURES_PATH);
      assert.match((await administrator.get(late.location)).text, /does not wait for a decision any more/);
      assert.deepEqual(await audit(), []);
    });

    it('is dismissed with a reason', async () => {
      const [eventId] = await fail(1);
      await administrator.submit(`${rowPath(eventId)}/dismiss`, { reason: 'answered by phone' }, FAILURES_PATH);
      assert.equal((await row(eventId)).status, 'skipped', 'before the answer, so that the next page shows it');
      assert.match((await row(eventId)).details, /answered by phone/);
      assert.deepEqual(
        (await audit()).map(({ action, details }) => [action, details]),
        [['dismissed', 'answered by phone']],
      );
    });

    it('whose workflow has ended says so, and is started anew', async () => {
      const [eventId = ''] = await fail(1);
      const { workflowId } = await row(eventId);
      await temporal.client.workflow.getHandle(workflowId).terminate();
      const answer = await administrator.submit(`${rowPath(eventId)}/retry`, {}, FAILURES_PATH);
      assert.equal(answer.location, `${failureHref(eventId)}?ended=yes`);
      assert.match((await administrator.get(answer.location)).text, /has ended.*Start it anew/s);
      works();
      const location = await startRun({ eventIds: eventId, perMinute: '60', at: 'once' });
      await reached(location, 'finished');
      await until(async () => (await row(eventId)).status === 'success');
      assert.match((await administrator.get(location)).text, /Started anew/);
    });

    it('of a conversation has nothing to correct, and shows what can be done', async () => {
      const [eventId = ''] = await fail(1);
      const { text } = await administrator.get(failureHref(eventId));
      assert.match(text, /Retry unchanged/);
      assert.doesNotMatch(text, /Save and retry/);
    });
  });

  describe('several rows', () => {
    it('are looked up, then one is tried, then the others, each in the name of who asked', async () => {
      const eventIds = await fail(4);
      await fail(1, 'forbidden');
      works();
      const location = await startRun({ code: 'helpScoutUnavailable', canary: 'yes', perMinute: '600' });
      await reached(location, 'review');
      const preview = await administrator.get(location);
      assert.match(preview.text, /Nothing is sent before you say so/);
      assert.match(preview.text, /Reads the conversation again/);
      assert.match(preview.text, /It only reads from Help Scout/);
      for (const eventId of eventIds) assert.equal((await row(eventId)).status, 'failed');

      await administrator.submit(`${location}/approve`, {}, location);
      await reached(location, 'finished');
      for (const eventId of eventIds) {
        const { status, attempts } = await row(eventId);
        assert.deepEqual([status, attempts.at(-1)?.by], ['success', email]);
      }
      const { retryRunId } = await runOf(location);
      assert.equal((await app.storage.retryRuns.counts(organizationId, retryRunId)).success, 4);
      assert.match((await manager.get(location)).text, /Every row had its turn/);
      assert.match((await manager.get(FAILURES_PATH)).text, /Retries of several rows/);
      assert.match((await manager.get(FAILURES_PATH)).text, /is not allowed to do this/);
    });

    it('stay as they are when the first fails again and somebody stops', async () => {
      const eventIds = await fail(3);
      const location = await startRun({ eventIds, canary: 'yes', perMinute: '600' });
      await reached(location, 'review');
      await administrator.submit(`${location}/approve`, {}, location);
      await reached(location, 'canaryFailed');
      const { text } = await administrator.get(location);
      assert.match(text, /The one that was tried first failed again/);
      assert.match(text, /Go on anyway with 2 rows/);
      await administrator.submit(`${location}/cancel`, {}, location);
      await reached(location, 'cancelled');
      const counts = await app.storage.retryRuns.counts(organizationId, (await runOf(location)).retryRunId);
      assert.deepEqual([counts.failed, counts.notTried], [1, 2]);
      assert.match((await administrator.get(location)).text, /Stopped by/);
    });

    it('go on after the first failed, when somebody says so; what was settled meanwhile is reported as that', async () => {
      const eventIds = await fail(3);
      const location = await startRun({ eventIds, canary: 'yes', perMinute: '600' });
      await reached(location, 'review');
      await administrator.submit(`${location}/approve`, {}, location);
      await reached(location, 'canaryFailed');
      works();
      await administrator.submit(`${rowPath(eventIds[2])}/retry`, {}, FAILURES_PATH);
      await administrator.submit(`${location}/approve`, {}, location);
      await reached(location, 'finished');
      const counts = await app.storage.retryRuns.counts(organizationId, (await runOf(location)).retryRunId);
      assert.deepEqual([counts.failed, counts.success, counts.settled], [1, 1, 1]);
    });

    it('are not retried when none of them waits', async () => {
      assert.equal(await startRun({ code: 'timeout', perMinute: '60' }), FAILURES_PATH);
      assert.deepEqual(await app.storage.retryRuns.list(organizationId, 5), []);
    });

    it('fill in without the page being loaded again', async () => {
      await fail(1);
      const location = await startRun({ code: 'helpScoutUnavailable', perMinute: '600' });
      await reached(location, 'review');
      assert.match((await manager.get(location)).text, /hx-get="[^"]+\/progress"/);
      const part = await manager.get(`${location}/progress`);
      assert.match(part.text, /^<div id="retry-run"/);
      assert.doesNotMatch(part.text, /<form/);
      await administrator.submit(`${location}/cancel`, {}, location);
      await until(async () => isOver((await runOf(location)).state));
    });

    it('are an administrator’s business, and nobody else’s', async () => {
      const [eventId = ''] = await fail(1);
      const location = await startRun({ eventIds: eventId, perMinute: '60' });
      await reached(location, 'review');
      const _csrf = await manager.token(FAILURES_PATH);
      const tries = [`${FAILURES_PATH}/runs`, `${location}/approve`, `${location}/cancel`, failureHref(eventId)];
      for (const path of [...tries, `${rowPath(eventId)}/retry`, `${rowPath(eventId)}/dismiss`]) {
        assert.equal((await manager.post(path, { _csrf })).status, 403, path);
      }
      const other = await addOrganization(app.storage, `Globex${randomUUID().slice(0, 8)}`);
      const stranger = await signIn(app, other.email);
      const token = await stranger.token(FAILURES_PATH);
      for (const path of tries.slice(1)) assert.equal((await stranger.post(path, { _csrf: token })).status, 404, path);
      for (const path of [location, `${location}/progress`, failureHref(eventId)]) {
        assert.equal((await stranger.get(path)).status, 404, path);
      }
      const taken = await stranger.post(`${FAILURES_PATH}/runs`, { _csrf: token, eventIds: eventId });
      assert.equal(taken.location, FAILURES_PATH);
      assert.equal((await row(eventId)).status, 'failed');
      await administrator.submit(`${location}/cancel`, {}, location);
      const conversation = conversationWorkflowId(integrationId, (await row(eventId)).conversationId ?? 0);
      assert.equal((await temporal.client.workflow.getHandle(conversation).describe()).status.name, 'RUNNING');
    });

    it('leave nothing behind when Temporal cannot be reached', async () => {
      const [eventId = ''] = await fail(1);
      const down = await startWebApp({ mongodbUri: mongodb.newDatabase() });
      try {
        const acme = await addOrganization(down.storage, 'Acme');
        const { integrationId, workflowId, type, direction } = await row(eventId);
        await down.storage.syncEvents.open(acme.organizationId, [
          { eventId, integrationId, workflowId, type, direction },
        ]);
        await down.storage.syncEvents.settle(acme.organizationId, [
          { eventId, status: 'failed', error: { code: 'timeout' }, by: 'automatic' },
        ]);
        const browser = await signIn(down, acme.email);
        const answer = await browser.submit(`${FAILURES_PATH}/runs`, { eventIds: eventId }, FAILURES_PATH);
        assert.equal(answer.status, 503);
        assert.deepEqual(await down.storage.retryRuns.list(acme.organizationId, 5), []);
      } finally {
        await down.stop();
      }
    });
  });
});
