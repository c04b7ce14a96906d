import assert from 'node:assert/strict';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { putCustomer } from '../../src/api/commands/put-customer.ts';
import type { Submission } from '../../src/domain/submission.ts';
import type { SyncErrorCode } from '../../src/domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../src/domain/sync-error-text.ts';
import type { SyncEvent, SyncStatus } from '../../src/domain/sync-event.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import {
  CONVERSATION_SYNC_WORKFLOW,
  conversationWorkflowId,
  customerWorkflowId,
  retryFailedUpdate,
  retryNowUpdate,
  retrySignal,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  ticketWorkflowId,
} from '../../src/workflows/contract.ts';
import { control, start, stopAll } from '../sandbox/support.ts';
import { type LiveProduct, startLiveProduct } from '../support/live-product.ts';
import { newSubmission } from '../support/new-submission.ts';
import { until } from '../support/until.ts';

const ADA = 'ada@acme.example';
const CREATE = { template: '/v2/conversations', method: 'POST' };
const READ = { template: '/v2/conversations/{id}', method: 'GET' };
const ALWAYS = { probability: 1 };

type Way = 'page' | 'temporalWeb' | 'bulk';
/** Who the row says has retried. */
const BY: Record<Way, string> = { page: ADA, temporalWeb: 'Temporal Web', bulk: ADA };

describe('each error of the log', function () {
  this.timeout(180_000);
  let sandbox: Sandbox;
  let product: LiveProduct;
  let mailboxId: number;
  /** Six tries of an activity take a minute: these fail while the others are looked at. */
  let slow: Record<'down' | 'silent', { eventId: string; lift: () => Promise<unknown> }>;
  before(async () => {
    sandbox = await start({ rateLimitPerMinute: 100_000 });
    product = await startLiveProduct({ sandbox, searchLagMs: 90_000, timeoutMs: 1_500 });
    mailboxId = product.mailboxIds[0] ?? assert.fail('no mailbox');
    slow = {
      down: await failing(7001, { status: 500 }),
      silent: await failing(7002, { delayMs: 4_000 }),
    };
  });
  after(async () => {
    await product?.stop();
    await stopAll();
  });

  /** @returns what lifts it */
  async function fault(rule: object): Promise<() => Promise<unknown>> {
    const { id } = (await control(sandbox, 'POST', '/faults', rule)) as { id: number };
    return () => control(sandbox, 'DELETE', `/faults/${id}`);
  }
  const hideMailbox = (mode: string) => control(sandbox, 'PUT', `/mailboxes/${mailboxId}/hidden`, { mode });
  const showMailbox = () => control(sandbox, 'DELETE', `/mailboxes/${mailboxId}/hidden`);

  /** @returns the row's id */
  async function submit(fields: Partial<Submission>): Promise<string> {
    const { organizationId, integrationId, deps, newId } = product;
    const own = { customerEmail: `${newId()}@client.example`, organizationId, integrationId, mailboxId };
    const { submissionId } = await acceptSubmission(deps, newSubmission({ ...own, ...fields }), null);
    return ticketWorkflowId(organizationId, submissionId);
  }

  /** As after a webhook whose conversation could not be read. */
  async function readConversation(conversationId: number): Promise<string> {
    const { organizationId, integrationId, storage, temporal, newId } = product;
    const eventId = `test/${newId()}/${conversationId}`;
    const workflowId = conversationWorkflowId(integrationId, conversationId);
    await storage.syncEvents.open(organizationId, [
      { eventId, integrationId, type: 'conversationUpdated', direction: 'inbound', workflowId, conversationId },
    ]);
    await temporal.workflow.start(CONVERSATION_SYNC_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ organizationId, integrationId, conversationId, eventId, failure: { code: 'timeout' } }],
      typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.integrationId, value: integrationId }],
    });
    return eventId;
  }

  const failing = async (conversationId: number, effect: object) => {
    const lift = await fault({ ...READ, conversationId, effect, when: ALWAYS });
    return { eventId: await readConversation(conversationId), lift };
  };

  const row = async (eventId: string): Promise<SyncEvent> =>
    (await product.storage.syncEvents.get(product.organizationId, eventId)) ?? assert.fail(`no row ${eventId}`);
  const edit = (eventId: string, changes: Partial<Record<'customerEmail' | 'subject' | 'message', string>>) =>
    product.storage.submissions.edit(product.organizationId, eventId.split(':')[2] ?? '', {
      ...{ by: ADA, at: new Date(), changes },
    });

  /** The row shows the cause in words, and what to do about it. */
  async function shows(eventId: string, code: SyncErrorCode, status: SyncStatus = 'failed'): Promise<SyncEvent> {
    const { organizationId, storage } = product;
    const shown = async () => {
      const found = await storage.syncEvents.get(organizationId, eventId);
      return found?.status === status && found.error !== null;
    };
    await until(shown, { what: `the row to be ${status} with ${code}`, timeoutMs: 120_000 });
    const found = await row(eventId);
    assert.deepEqual(found.error, { code, ...SYNC_ERROR_TEXT[code] });
    return found;
  }

  /** Page, Temporal Web and batch reach the same code; what differs is who the row says it was. */
  async function retry({ workflowId }: SyncEvent, code: SyncErrorCode, way: Way): Promise<void> {
    const handle = product.temporal.workflow.getHandle(workflowId);
    if (way === 'page') {
      await handle.executeUpdate(retryNowUpdate, { args: [{ by: ADA }] });
    } else if (way === 'temporalWeb') {
      await handle.signal(retrySignal);
    } else {
      // The index that a batch is chosen from follows a moment later.
      const ask = () => product.integration.executeUpdate(retryFailedUpdate, { args: [{ code, by: ADA }] });
      await until(async () => (await ask()).matched > 0, { what: 'the failed row to be found' });
    }
  }

  async function succeeds(eventId: string, by: string): Promise<SyncEvent> {
    await until(async () => (await row(eventId)).status === 'success', { what: 'success', timeoutMs: 60_000 });
    const found = await row(eventId);
    assert.equal(found.error, null);
    assert.deepEqual([found.attempts.at(-1)?.by, found.attempts.at(-1)?.outcome], [by, 'success']);
    return found;
  }

  /** The whole story of an error: shown, mended, retried. */
  async function mended(
    eventId: string,
    { code, way, remedy }: { code: SyncErrorCode; way: Way; remedy: () => Promise<unknown> },
  ): Promise<{ failed: SyncEvent; succeeded: SyncEvent }> {
    const failed = await shows(eventId, code);
    await remedy();
    await retry(failed, code, way);
    const succeeded = await succeeds(eventId, BY[way]);
    if (way === 'bulk') {
      const { events } = await product.temporal.workflow.getHandle(failed.workflowId).fetchHistory();
      const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal ?? []);
      assert(signals.length > 0);
      for (const { identity, input } of signals) {
        const clear = (input?.payloads ?? []).map(({ data }) => Buffer.from(data ?? []).toString());
        assert(![identity, ...clear].some((text) => text?.includes(ADA)), 'who asked is nowhere in the clear');
      }
    }
    return { failed, succeeded };
  }

  it('invalidEmail: the address is corrected, then retried from the page', async () => {
    const eventId = await submit({ customerEmail: 'kim@client' });
    const remedy = () => edit(eventId, { customerEmail: 'kim@client.example' });
    const { succeeded } = await mended(eventId, { code: 'invalidEmail', way: 'page', remedy });
    assert.equal(succeeded.customerEmail, 'kim@client.example');
    assert(succeeded.conversationId !== null);
  });

  it('requiredFieldMissing: the message is filled in, then retried from Temporal Web', async () => {
    const eventId = await submit({ message: ' ' });
    const remedy = () => edit(eventId, { message: 'The import fails.' });
    const { failed } = await mended(eventId, { code: 'requiredFieldMissing', way: 'temporalWeb', remedy });
    assert.match(failed.details, /message/);
  });

  it('invalidCharacters: they are removed, then retried in bulk', async () => {
    const eventId = await submit({ subject: 'Export\u0007' });
    const remedy = () => edit(eventId, { subject: 'Export' });
    await mended(eventId, { code: 'invalidCharacters', way: 'bulk', remedy });
  });

  it('duplicateSubmission: sent all the same from Temporal Web, in a row of its own', async () => {
    const twin = { customerEmail: 'twin@client.example' };
    const [one, two] = await Promise.all([submit(twin), submit(twin)]);
    const settled = async () => [(await row(one)).status, (await row(two)).status].sort().join();
    await until(async () => (await settled()) === 'skipped,success');
    const held = (await row(one)).status === 'skipped' ? one : two;
    const first = held === one ? two : one;
    const { details } = await shows(held, 'duplicateSubmission', 'skipped');
    assert(details.includes(first.split(':')[2] ?? '?'));
    await product.temporal.workflow.getHandle(held).signal(retrySignal);
    await until(
      async () => (await product.storage.syncEvents.get(product.organizationId, `${held}/sent`))?.status === 'success',
    );
    await succeeds(`${held}/sent`, 'Temporal Web');
    assert.equal((await row(held)).status, 'skipped');
  });

  it('rateLimited: goes on by itself, and is tried from the page meanwhile', async () => {
    const lift = await fault({ ...CREATE, effect: { status: 429, retryAfterSeconds: 5 }, when: { count: 1 } });
    const eventId = await submit({});
    const waiting = await shows(eventId, 'rateLimited', 'retrying');
    const [noted] = waiting.attempts;
    assert.deepEqual(
      [noted?.httpStatus, noted?.endpoint, noted?.by],
      [429, 'POST /v2/conversations', 'automatic'],
      'the row says which call it was',
    );
    assert((noted?.waitMs ?? 0) >= 5_000);
    await lift();
    await retry(waiting, 'rateLimited', 'page');
    await succeeds(eventId, ADA);
  });

  it('uncertain: looked for when retried from the page, and not sent again', async () => {
    const before = await creates();
    await fault({ ...CREATE, effect: { drop: 'after' }, when: { count: 1 } });
    const eventId = await submit({});
    const waiting = await shows(eventId, 'uncertain', 'retrying');
    await retry(waiting, 'uncertain', 'page');
    const { details } = await succeeds(eventId, ADA);
    assert.match(details, /^Found/);
    assert.equal(await creates(), before + 1);
  });

  it('rejected: a locked customer is unlocked, then retried in bulk', async () => {
    const { organizationId, integrationId, deps, storage } = product;
    const fields = { email: 'lee@client.example', firstName: 'Lee' };
    await putCustomer(deps, organizationId, 'c-1', fields);
    const workflowId = customerWorkflowId(integrationId, 'c-1');
    await until(async () => (await storage.customers.get(organizationId, 'c-1'))?.state === 'synced');
    const id = (await storage.customers.get(organizationId, 'c-1'))?.helpScoutCustomerId;
    await control(sandbox, 'PATCH', '/switches', { customers: { locked: [id] } });
    await putCustomer(deps, organizationId, 'c-1', { ...fields, firstName: 'Leo' });
    const remedy = () => control(sandbox, 'PATCH', '/switches', { customers: { locked: [] } });
    await mended(`${workflowId}/2`, { code: 'rejected', way: 'bulk', remedy });
  });

  it('helpScoutUnavailable: Help Scout is back, retried from Temporal Web', async () => {
    const { eventId, lift } = slow.down;
    const { failed } = await mended(eventId, { code: 'helpScoutUnavailable', way: 'temporalWeb', remedy: lift });
    assert.equal(failed.attempts.at(-1)?.httpStatus, 500);
  });

  it('timeout: Help Scout answers again, retried from the page, once', async () => {
    const { eventId, lift } = slow.silent;
    const failed = await shows(eventId, 'timeout');
    await lift();
    const handle = product.temporal.workflow.getHandle(failed.workflowId);
    await fault({ ...READ, conversationId: 7002, effect: { delayMs: 1_000 }, when: { count: 1 } });
    const first = await handle.startUpdate(retryNowUpdate, { args: [{ by: ADA }], waitForStage: 'ACCEPTED' });
    await assert.rejects(
      handle.executeUpdate(retryNowUpdate, { args: [{ by: 'bob@acme.example' }] }),
      WorkflowUpdateFailedError,
    );
    assert.deepEqual(await first.result(), { status: 'success' });
    await succeeds(eventId, ADA);
  });

  it('mailboxNotFound: the mailbox is back, retried in bulk', async () => {
    await hideMailbox('deleted');
    const eventId = await submit({});
    const { failed } = await mended(eventId, { code: 'mailboxNotFound', way: 'bulk', remedy: showMailbox });
    const [noted] = failed.attempts;
    assert.deepEqual([noted?.httpStatus, noted?.helpScoutMessage], [400, 'mailboxId: does not exist']);
    assert.equal(failed.attempts.length, 1);
  });

  it('forbidden: the user may see the mailbox again, retried from the page', async () => {
    await hideMailbox('forbidden');
    const eventId = await submit({});
    await mended(eventId, { code: 'forbidden', way: 'page', remedy: showMailbox });
  });

  it('conversationGone: it is restored, retried from Temporal Web', async () => {
    await hideMailbox('deleted');
    const eventId = await readConversation(7003);
    await mended(eventId, { code: 'conversationGone', way: 'temporalWeb', remedy: showMailbox });
  });

  it('authenticationFailed: goes on by itself once an administrator has reconnected', async () => {
    await control(sandbox, 'POST', '/tokens/revoke');
    const eventId = await submit({});
    await shows(eventId, 'authenticationFailed');
    await until(async () => (await product.stateOf()) === 'needsReauthorization');
    // The index that the batch is chosen from has to know it as failed.
    const { workflow } = product.temporal;
    const query = `SyncErrorCode = 'authenticationFailed' AND SyncStatus = 'failed'`;
    await until(async () => (await workflow.count(query)).count > 0);
    await product.reconnect();
    await succeeds(eventId, 'automatic');
  });

  async function creates(): Promise<number> {
    const journal = (await control(sandbox, 'GET', '/journal')) as { method?: string; template?: string }[];
    return journal.filter(({ method, template }) => method === CREATE.method && template === CREATE.template).length;
  }
});
