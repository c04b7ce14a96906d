import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { SyncErrorCode } from '../../src/domain/sync-error.ts';
import type { SyncEventType } from '../../src/domain/sync-event.ts';
import { API_USAGE_PATH, HEALTH_PATH } from '../../src/ui/links.ts';
import { customerScheduleId, integrationWorkflowId, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { useStandInWorkflows } from '../support/stand-in-worker.ts';
import { receivedQuery } from '../support/stand-in-workflows.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('the health page', function () {
  this.timeout(60_000);
  const temporal = useStandInWorkflows();
  const app = useWebApp({ temporal });

  const ago = (ms: number) => new Date(Date.now() - ms);
  /** An organization with a live integration, and people of both roles. */
  async function organization() {
    const name = `Org${randomUUID().slice(0, 8)}`;
    const { organizationId, email } = await addOrganization(app.storage, name);
    const manager = `manager@${name.toLowerCase()}.example`;
    await addMember(app.storage, organizationId, manager, 'manager');
    const { integrationId } = await app.storage.integrations.create(organizationId);
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live', webhookActive: true });
    return {
      organizationId,
      integrationId,
      administrator: () => signIn(app, email),
      manager: () => signIn(app, manager),
      email,
      async rows(count: number, type: SyncEventType, createdAt: Date, error?: SyncErrorCode | 'pending') {
        const ids = Array.from({ length: count }, () => randomUUID());
        const row = { integrationId, type, direction: 'outbound' as const, workflowId: 'w', createdAt };
        await app.storage.syncEvents.open(
          organizationId,
          ids.map((eventId) => ({ ...row, eventId })),
        );
        if (error === 'pending') return;
        await app.storage.syncEvents.settle(
          organizationId,
          ids.map((eventId) => ({
            eventId,
            status: error ? ('failed' as const) : ('success' as const),
            ...(error && { error: { code: error } }),
          })),
        );
      },
    };
  }
  const rowOf = (html: string, name: string) =>
    html
      .split('<tr')
      .slice(1)
      .find((row) => row.includes(`>${name}<`)) ?? assert.fail(`no row ${name}`);
  const tile = (html: string, label: string) =>
    new RegExp(`tile-label">${label}</span><span class="([^"]*)">(.*?)</span></a>`).exec(html)?.slice(1) ??
    assert.fail(label);

  it('shows success rates over 24 and 48 hours, by type, and says where there is too little to judge', async () => {
    const { rows, manager } = await organization();
    await rows(19, 'ticketCreated', ago(HOUR_MS));
    await rows(1, 'ticketCreated', ago(HOUR_MS), 'timeout');
    await rows(10, 'ticketCreated', ago(30 * HOUR_MS), 'rejected');
    await rows(2, 'customerSynced', ago(2 * HOUR_MS));
    await rows(50, 'customerUpdated', ago(60 * HOUR_MS), 'timeout');
    const { text } = await (await manager()).get(HEALTH_PATH);
    assert.match(tile(text, 'Success rate, 24 h').join(' '), /^tile-count 95%/);
    assert.match(tile(text, 'Success rate, 48 h').join(' '), /^tile-count bad 66%.*below 95%/);
    assert.match(rowOf(text, 'Ticket Created'), /95%.*63%, below 95%.*>11</s);
    assert.match(rowOf(text, 'Customer Synced'), /Too few to judge: 2 of 2 worked/);
    assert.doesNotMatch(text, /Customer Updated/);
  });

  it('names persistent errors with their remedy, and leads to their rows', async () => {
    const { rows, manager } = await organization();
    await rows(3, 'ticketCreated', ago(HOUR_MS), 'invalidEmail');
    await rows(2, 'ticketCreated', ago(HOUR_MS), 'forbidden');
    const browser = await manager();
    const { text } = await browser.get(HEALTH_PATH);
    assert.match(text, /Help Scout does not accept this e-mail address\.<\/a><p>Correct the address, then retry\./);
    assert.match(text, /3 times/);
    assert.doesNotMatch(text, /is not allowed to do this/);
    const href = /href="([^"]*cause=invalidEmail[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? assert.fail();
    assert.equal((await browser.get(href)).status, 200);
  });

  it('shows refusals, waits, timeouts, what waits, and when things last came', async () => {
    const { rows, manager, organizationId, integrationId } = await organization();
    const call = { integrationId, endpoint: 'GET /v2/conversations', now: new Date() };
    await app.storage.apiUsage.countCall(organizationId, { ...call, units: 1 });
    await app.storage.apiUsage.countError(organizationId, call, 'limited');
    await app.storage.apiUsage.countError(organizationId, call, 'timedOut');
    await app.storage.apiUsage.countWait(organizationId, call);
    await rows(2, 'ticketCreated', ago(11 * MINUTE_MS), 'pending');
    await rows(1, 'ticketCreated', ago(9 * MINUTE_MS), 'pending');
    await rows(1, 'customerSynced', ago(3 * HOUR_MS));
    await app.storage.arrivals.noteWebhook(organizationId, integrationId, ago(5 * MINUTE_MS));
    const { text } = await (await manager()).get(HEALTH_PATH);
    const fact = (name: string) =>
      new RegExp(`<dt>${name}</dt><dd>(.*?)</dd>`).exec(text)?.[1]?.replace(/<[^>]*>/g, '') ?? assert.fail(name);
    assert.equal(fact('Refused \\(429\\)'), '1');
    assert.equal(fact('Waits for room'), '1');
    assert.equal(fact('Timeouts'), '1');
    assert.equal(fact('Waiting'), '2 events, the oldest since 11 minutes ago');
    assert.equal(fact('Webhook came'), '5 minutes ago');
    assert.equal(fact('Customer'), '3 hours ago');
    assert.equal(fact('Conversation'), 'not yet');
    assert.match(text, /calls per minute are used up/);
  });

  it('tells the share of conversations that no webhook told about', async () => {
    const { rows, manager, organizationId } = await organization();
    await rows(20, 'conversationUpdated', ago(HOUR_MS));
    // The second is noted twice, as by an activity that is repeated.
    for (const [eventId, missed] of [['first', 4] as const, ['second', 1] as const, ['second', 1] as const]) {
      await app.storage.arrivals.noteMissed(organizationId, { eventId, missed });
    }
    assert.match((await (await manager()).get(HEALTH_PATH)).text, /25% in 48 hours: 5 of 20 conversations/);
  });

  it('is clear about a connection that is missing, expires, or has to be made anew', async () => {
    const { email } = await addOrganization(app.storage, 'Hooli');
    assert.match((await (await signIn(app, email)).get(HEALTH_PATH)).text, /Help Scout is not connected/);
    const { administrator, organizationId, integrationId } = await organization();
    const browser = await administrator();
    const shown = async (patch: Parameters<typeof app.storage.integrations.update>[2]) => {
      await app.storage.integrations.update(organizationId, integrationId, patch);
      return (await browser.get(HEALTH_PATH)).text;
    };
    assert.match(await shown({ tokenExpiresAt: ago(-30 * HOUR_MS) }), /renewed by itself, lasts until/);
    assert.match(await shown({ tokenExpiresAt: ago(MINUTE_MS) }), /expired/);
    assert.match(await shown({ state: 'needsReauthorization' }), />Reconnect</);
  });

  it('shows Help Scout’s status with its age, also when it could not be read lately', async () => {
    const { manager } = await organization();
    const browser = await manager();
    assert.match((await browser.get(HEALTH_PATH)).text, /Not asked yet/);
    await app.storage.serviceStatus.save(ago(7 * MINUTE_MS), { problem: 'unreachable' });
    assert.match((await browser.get(HEALTH_PATH)).text, /did not answer.*7 minutes ago.*is not known/s);
    const incidents = [{ name: '<b>Slow</b> API', state: 'investigating', impact: 'minor', startedAt: null }];
    const status = { indicator: 'minor' as const, description: 'Minor Service Outage', incidents, components: [] };
    await app.storage.serviceStatus.save(ago(6 * MINUTE_MS), { status });
    const shown = (await browser.get(HEALTH_PATH)).text;
    assert.match(shown, /Minor Service Outage.*6 minutes ago/s);
    assert.match(shown, /&lt;b>Slow&lt;\/b> API|&lt;b&gt;Slow/);
    await app.storage.serviceStatus.save(ago(MINUTE_MS), { problem: 'unreadable' });
    assert.match((await browser.get(HEALTH_PATH)).text, /could not be read.*Minor Service Outage/s);
  });

  it('lets an administrator test the connection, and a manager see the last test', async () => {
    const { administrator, manager, organizationId, integrationId, email } = await organization();
    await temporal.client.workflow.start('integration', {
      workflowId: integrationWorkflowId(integrationId),
      taskQueue: TASK_QUEUE,
      args: [{ organizationId, integrationId, settings: app.config.settings }],
    });
    const path = `${HEALTH_PATH}/${integrationId}/test`;
    const browser = await administrator();
    assert.match((await browser.get(HEALTH_PATH)).text, /Test API connection/);
    const answer = await browser.submit(path, {}, HEALTH_PATH);
    assert.deepEqual([answer.status, answer.location], [303, HEALTH_PATH]);
    assert.match((await browser.get(HEALTH_PATH)).text, /Something does not work: the steps below tell what/);
    const handle = temporal.client.workflow.getHandle(integrationWorkflowId(integrationId));
    assert.deepEqual((await handle.query(receivedQuery)).updates, ['testConnection']);

    const steps = [
      { check: 'webhook', outcome: 'failed', result: 'Our webhook is not there.', remedy: 'Save them.', latencyMs: 41 },
    ] as const;
    await app.storage.diagnoses.save(organizationId, integrationId, { by: email, atMs: Date.now(), steps: [...steps] });
    const other = await manager();
    const { text } = await other.get(HEALTH_PATH);
    assert.match(rowOf(text, 'Webhook'), /Does not work.*Our webhook is not there\..*Save them\..*41 ms/s);
    assert.match(text, new RegExp(`by ${email}`));
    assert.doesNotMatch(text, /Test API connection/);
    assert.equal((await other.submit(path, {}, HEALTH_PATH)).status, 403);
    await handle.terminate();
  });

  it('says why the connection cannot be tested', async () => {
    const { administrator, integrationId } = await organization();
    const browser = await administrator();
    await browser.submit(`${HEALTH_PATH}/${integrationId}/test`, {}, HEALTH_PATH);
    assert.match((await browser.get(HEALTH_PATH)).text, /What this belongs to has ended/);
  });

  it('joins a switch of administrators that syncs customers in batches', async () => {
    const { administrator, manager, organizationId, email } = await organization();
    const path = `${API_USAGE_PATH}/customers-mode`;
    assert.equal((await (await manager()).submit(path, { mode: 'hourly' }, API_USAGE_PATH)).status, 403);
    const browser = await administrator();
    assert.equal((await browser.submit(path, { mode: 'hourly' }, API_USAGE_PATH)).status, 303);
    assert.equal((await app.storage.settings.get(organizationId)).customers.mode, 'hourly');
    const schedule = temporal.client.schedule.getHandle(customerScheduleId(organizationId));
    assert.equal((await schedule.describe()).spec.intervals?.length, 1);
    await schedule.delete();
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 5 });
    assert.deepEqual(
      entries.map(({ by, details }) => [by, details]),
      [[email, 'customer changes are sent: in real time → every hour']],
    );
    assert.match((await (await manager()).get(API_USAGE_PATH)).text, /In batches, every hour\. An administrator/);
  });
});
