import assert from 'node:assert/strict';
import { type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { useRetryWorker } from '../support/retry-worker.ts';
import { useTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { addOrganization, useWebApp } from '../support/web-app.ts';

describe('writing through the API', function () {
  this.timeout(120_000);
  const temporal = useTemporal();
  const app = useWebApp({ temporal });
  const worker = useRetryWorker(temporal, app);
  let call: ApiClient;
  let organizationId: string;
  let integrationId: string;
  let ids: Record<string, string>;

  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme');
    ({ organizationId } = acme);
    ids = await fillOrganization(app.storage, acme, { conversationId: 7001 });
    integrationId = ids.integrationId ?? '';
    await app.storage.integrations.update(organizationId, integrationId, { selectedMailboxIds: [310] });
    call = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
  });

  /** What was done last, by whom. */
  const lastAudit = async () => (await app.storage.auditTrail.list(organizationId, { limit: 1 })).entries[0];
  const statusOf = async (eventId: string) => (await app.storage.syncEvents.get(organizationId, eventId))?.status;

  it('creates a ticket once for one idempotency key, and shows where it is', async () => {
    const body = {
      ...{ integrationId, mailboxId: 310, customerEmail: 'Ada@Client.example', customerName: 'Ada' },
      ...{ subject: 'Invoice', message: 'It is wrong.', tags: ['billing'], idempotencyKey: 'order-17' },
    };
    const first = await call('post', '/api/v1/submissions', body);
    assert.equal(first.status, 202, first.text);
    const second = await call('post', '/api/v1/submissions', body);
    assert.deepEqual(second.body, { ...first.body, repeated: true });
    await until(async () => (await statusOf(first.body.eventId)) === 'success', { what: 'the ticket' });
    const submission = await call('get', `/api/v1/submissions/${first.body.submissionId}`);
    assert.equal(submission.body.state, 'created');
    assert.ok(submission.body.conversationId > 0);
    const row = await call('get', `/api/v1/log/events/${encodeURIComponent(first.body.eventId)}`);
    assert.equal(row.body.status, 'success');
    assert.equal(row.body.customerEmail, 'ada@client.example');
    assert.equal((await lastAudit())?.action, 'created a ticket by hand');
  });

  it('corrects a ticket that lacks an address, and retries it', async () => {
    const body = { integrationId, mailboxId: 310, customerEmail: 'ada at client', message: 'Where is my invoice?' };
    const { submissionId, eventId } = (await call('post', '/api/v1/submissions', body)).body;
    await until(async () => (await statusOf(eventId)) === 'failed', { what: 'the row to fail' });
    const edit = await call('patch', `/api/v1/submissions/${submissionId}`, { customerEmail: 'ada@client.example' });
    assert.equal(edit.status, 200, edit.text);
    assert.deepEqual(
      edit.body.edits.map(({ before, after }: { before: string; after: string }) => [before, after]),
      [['ada at client', 'ada@client.example']],
    );
    const retried = await call('post', `/api/v1/log/events/${encodeURIComponent(eventId)}/retry`);
    assert.deepEqual(retried.body, { outcome: 'success', code: null });
    const late = await call('patch', `/api/v1/submissions/${submissionId}`, { subject: 'Too late' });
    assert.equal(late.status, 409);
    assert.equal(late.body.code, 'notWaiting');
  });

  it('retries and dismisses single rows in the key’s name', async () => {
    const [one = '', two = ''] = await worker.fail({ organizationId, integrationId }, [7101, 7102]);
    worker.broken.clear();
    const retried = await call('post', `/api/v1/log/events/${encodeURIComponent(one)}/retry`);
    assert.equal(retried.body.outcome, 'success', retried.text);
    const { attempts } = (await call('get', `/api/v1/log/events/${encodeURIComponent(one)}`)).body;
    assert.match(attempts.at(-1).by, /API key/);
    const again = await call('post', `/api/v1/log/events/${encodeURIComponent(one)}/retry`);
    assert.equal(again.status, 409);
    const dismissed = await call('post', `/api/v1/log/events/${encodeURIComponent(two)}/dismiss`, { reason: 'old' });
    assert.equal(dismissed.body.outcome, 'dismissed', dismissed.text);
    await until(async () => (await statusOf(two)) === 'skipped', { what: 'the dismissed row' });
  });

  it('runs a retry of many: a canary that fails waits, and is cancelled', async () => {
    const eventIds = await worker.fail({ organizationId, integrationId }, [7201, 7202, 7203]);
    const started = await call('post', '/api/v1/retry-runs', { selection: { eventIds }, perMinute: 600 });
    assert.equal(started.status, 201, started.text);
    const path = `/api/v1/retry-runs/${started.body.retryRunId}`;
    const waits = async () => (await call('get', path)).body.state === 'canaryFailed';
    await until(waits, { what: 'the canary to fail' });
    const cancelled = await call('post', `${path}/cancel`);
    assert.ok(cancelled.status < 300, cancelled.text);
    const over = async () => (await call('get', path)).body.state === 'cancelled';
    await until(over, { what: 'the run to end' });
    const { data } = (await call('get', `${path}/items`)).body;
    assert.deepEqual(data.map(({ outcome }: { outcome: string }) => outcome).sort(), [
      'failed',
      'notTried',
      'notTried',
    ]);
    for (const eventId of eventIds) assert.equal(await statusOf(eventId), 'failed');
  });

  it('makes, changes and removes a contact form', async () => {
    const fields = [
      { name: 'email', label: 'E-mail', type: 'email', purpose: 'email', required: true },
      { name: 'message', label: 'Message', type: 'textarea', purpose: 'message', required: true },
    ];
    const made = await call('post', '/api/v1/contact-forms', { integrationId, mailboxId: 310, name: 'Site', fields });
    assert.ok(made.status === 201 || made.status === 200, made.text);
    const path = `/api/v1/contact-forms/${made.body.formId}`;
    const changed = await call('patch', path, { name: 'Website', enabled: false });
    assert.equal(changed.body.name, 'Website');
    assert.equal(changed.body.enabled, false);
    const wrong = await call('patch', path, { mailboxId: 999 });
    assert.equal(wrong.status, 422);
    assert.ok(wrong.body.errors.mailboxId, wrong.text);
    assert.equal((await call('delete', path)).status, 204);
    assert.equal((await call('get', path)).status, 404);
  });

  it('changes single settings, and keeps the others', async () => {
    const changed = await call('patch', '/api/v1/settings', { duplicates: { windowHours: 48 } });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual(changed.body.duplicates, { mode: 'hold', windowHours: 48 });
    assert.match((await lastAudit())?.details ?? '', /48/);
    const wrong = await call('patch', '/api/v1/settings', { duplicates: { windowHours: 'soon' } });
    assert.equal(wrong.status, 422);
    assert.equal((await call('get', '/api/v1/settings')).body.duplicates.windowHours, 48);
  });

  it('moves a bug report along', async () => {
    const path = `/api/v1/bug-reports/${ids.number}`;
    const changed = await call('patch', path, { status: 'inProgress' });
    assert.equal(changed.body.status, 'inProgress', changed.text);
    assert.equal((await call('patch', path, { status: 'unheard of' })).status, 422);
  });

  it('syncs a customer', async () => {
    const path = '/api/v1/customers/crm-1';
    const put = await call('put', path, { email: 'grace@client.example', firstName: 'Grace' });
    assert.equal(put.status, 202, put.text);
    const wrong = await call('put', path, { email: 'no address' });
    assert.equal(wrong.status, 422);
    assert.ok(wrong.body.errors.email);
    assert.equal((await call('get', path)).body.fields.firstName, 'Grace');
  });
});
