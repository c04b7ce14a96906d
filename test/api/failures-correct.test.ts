import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { putCustomer } from '../../src/api/commands/put-customer.ts';
import { createLogger } from '../../src/api/logger.ts';
import { failureHref, LOG_PATH } from '../../src/ui/links.ts';
import { customerWorkflowId, ticketWorkflowId } from '../../src/workflows/contract.ts';
import type { Browser } from '../support/browser.ts';
import { newSubmission } from '../support/new-submission.ts';
import { useRetryWorker } from '../support/retry-worker.ts';
import { useTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { addOrganization, signIn, useWebApp } from '../support/web-app.ts';

describe('correcting a row before it is retried', function () {
  this.timeout(90_000);
  const temporal = useTemporal();
  const app = useWebApp({ temporal });
  const worker = useRetryWorker(temporal, app);

  let organizationId: string;
  let integrationId: string;
  let email: string;
  let administrator: Browser;
  beforeEach(async () => {
    ({ organizationId, email } = await addOrganization(app.storage, `Acme${randomUUID().slice(0, 8)}`));
    ({ integrationId } = await app.storage.integrations.create(organizationId));
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live' });
    administrator = await signIn(app, email);
  });

  const deps = () => ({
    ...{ config: app.config, storage: app.storage, temporal: temporal.client, keyRing: app.keyRing },
    ...{ logger: createLogger('silent'), now: () => new Date() },
  });
  const row = async (eventId: string) => {
    const found = await app.storage.syncEvents.get(organizationId, eventId);
    assert.ok(found);
    return found;
  };
  const ended = (eventId: string, status: string) =>
    until(async () => (await row(eventId)).status === status, { what: `${eventId} to be ${status}` });

  async function failedTicket(changes: Parameters<typeof newSubmission>[0] = {}) {
    const submission = newSubmission({ organizationId, integrationId, ...changes });
    await acceptSubmission(deps(), submission, null);
    const eventId = ticketWorkflowId(organizationId, submission.submissionId);
    await ended(eventId, 'failed');
    return { eventId, submissionId: submission.submissionId };
  }

  it('mends a ticket’s wrong address, keeps what it was, and sends it', async () => {
    const { eventId, submissionId } = await failedTicket({ customerEmail: 'ada@client' });
    assert.equal((await row(eventId)).error?.code, 'invalidEmail');
    const path = failureHref(eventId);
    const { text } = await administrator.get(path);
    assert.match(text, /value="ada@client"/);
    assert.match(text, /Save and retry/);

    const refused = await administrator.submit(path, { customerEmail: 'ada at client' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /This is no e-mail address/);
    assert.match(refused.text, /value="ada at client"/);
    assert.deepEqual((await app.storage.submissions.get(organizationId, submissionId))?.edits, []);

    const answer = await administrator.submit(path, { customerEmail: 'ada@client.example' });
    assert.equal(answer.location, path);
    await ended(eventId, 'success');
    const { attempts, customerEmail } = await row(eventId);
    assert.equal(attempts.at(-1)?.by, email);
    assert.equal(customerEmail, 'ada@client.example');
    const after = await administrator.get(path);
    assert.match(after.text, /Before<\/dt><dd>ada@client<\/dd><dt>After<\/dt><dd>ada@client.example/);
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 5 });
    assert.deepEqual(new Set(entries.map(({ action }) => action)), new Set(['corrected', 'retried']));
  });

  it('asks for a field that is missing, and takes nothing that is empty', async () => {
    const { eventId, submissionId } = await failedTicket({ message: ' ' });
    assert.equal((await row(eventId)).error?.code, 'requiredFieldMissing');
    const path = failureHref(eventId);
    assert.match((await administrator.submit(path, { message: '   ' })).text, /cannot be made without this/);
    await administrator.submit(path, { message: 'The export\r\nfails' });
    await ended(eventId, 'success');
    assert.equal((await app.storage.submissions.get(organizationId, submissionId))?.message, 'The export\nfails');
  });

  it('sends a ticket that was held back, when a person says so, and dismisses it when they agree', async () => {
    const twins = [1, 2, 3].map(() => newSubmission({ organizationId, integrationId, formId: 'form', source: 'form' }));
    const [first, second, third] = twins.map(({ submissionId }) => ticketWorkflowId(organizationId, submissionId));
    for (const twin of twins) {
      await acceptSubmission(deps(), twin, null);
      await until(async () => (await row(ticketWorkflowId(organizationId, twin.submissionId))).settledAt !== null);
    }
    assert.ok(first && second && third);
    assert.deepEqual(
      [(await row(first)).status, (await row(second)).status, (await row(third)).status],
      ['success', 'skipped', 'skipped'],
    );
    assert.match((await administrator.get(failureHref(second))).text, /Send anyway/);
    const sent = await administrator.submit(`${LOG_PATH}/${encodeURIComponent(second)}/retry`, {}, failureHref(second));
    assert.match((await administrator.get(sent.location)).text, /The ticket is sent now/);
    await ended(`${second}/sent`, 'success');

    const dismissal = { reason: 'wrote twice' };
    await administrator.submit(`${LOG_PATH}/${encodeURIComponent(third)}/dismiss`, dismissal, failureHref(third));
    const workflow = temporal.client.workflow.getHandle(third);
    await until(async () => (await workflow.describe()).status.name === 'COMPLETED', {
      what: 'the third to be given up',
    });
    const given = await app.storage.submissions.get(organizationId, twins[2]?.submissionId ?? '');
    assert.equal(given?.state, 'dismissed');
  });

  it('mends a customer’s address, keeps what it was, and sends the new version', async () => {
    worker.refuseCustomers('emailNotUnique');
    await putCustomer(deps(), organizationId, 'c-1', { email: 'ada@client.example', firstName: 'Ada' });
    const eventId = `${customerWorkflowId(integrationId, 'c-1')}/1`;
    await until(async () => (await app.storage.syncEvents.get(organizationId, eventId))?.status === 'failed');
    const path = failureHref(eventId);
    assert.match((await administrator.submit(path, { email: 'nobody' })).text, /Give an e-mail address/);

    worker.refuseCustomers(null);
    const answer = await administrator.submit(path, {
      email: 'ada.moor@client.example',
      lastName: '',
      jobTitle: 'Lead',
    });
    assert.equal(answer.location, path);
    await ended(eventId, 'skipped');
    const record = await app.storage.customers.get(organizationId, 'c-1');
    assert.deepEqual(record?.fields, { email: 'ada.moor@client.example', firstName: 'Ada', jobTitle: 'Lead' });
    const edits = await app.storage.rowEdits.list(organizationId, eventId);
    assert.deepEqual(
      edits.map(({ by, field, before, after }) => [by, field, before, after]),
      [
        [email, 'email', 'ada@client.example', 'ada.moor@client.example'],
        [email, 'jobTitle', '', 'Lead'],
      ],
    );
    assert.match((await administrator.get(path)).text, /ada@client.example.*ada.moor@client.example/s);
  });
});
