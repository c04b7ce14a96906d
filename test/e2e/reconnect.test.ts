import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { createLogger } from '../../src/api/logger.ts';
import { createWebClient, type WebClient } from '../../src/local/demo/web-client.ts';
import { formsOf, submitForm } from '../../src/local/demo/web-form.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { retrySignal, ticketWorkflowId } from '../../src/workflows/contract.ts';
import { newSubmission } from '../support/new-submission.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const webhooksSchema = z.object({ page: z.object({ totalElements: z.number() }) });
const SETTINGS = '/settings/integrations';

describe('a connection that ends and is made again', function () {
  this.timeout(300_000);
  let running: RunningStack;
  let client: WebClient;
  let integrationId: string;
  before(async () => {
    running = await startRunningStack({
      corpus: Array.from({ length: 6 }, (_, index) => ({
        id: `c-${index}`,
        text: `The export of report ${index} fails with error 500 since Monday.`,
        customerEmail: `ada-${index}@client.example`,
      })),
    });
    integrationId = await running.connect();
    await running.untilScanned(integrationId);
    await until(stateIs('live'), { what: 'the connection' });
    client = createWebClient();
    const { account, urls } = running.stack;
    const signIn = await client.get(`${urls.api}/sign-in`);
    await submitForm(client, signIn, /\/sign-in$/, { email: account?.email ?? '', password: account?.password ?? '' });
  });
  after(async () => {
    await running?.stop();
  });

  const own = () => running.storage.integrations.get(running.organizationId, integrationId);
  const secrets = () => running.storage.integrations.secrets(running.organizationId, integrationId);
  const stateIs = (state: string) => async () => (await own())?.state === state;
  const pageOf = (path: string) => client.get(`${running.stack.urls.api}${path}`);
  const insights = async () => (await running.storage.insights.counts(running.organizationId, {})).total;
  const accessToken = async (): Promise<string> => {
    const scope = { organizationId: running.organizationId, integrationId };
    const keyRing = createKeyRing(running.stack.environment.ENCRYPTION_KEYS ?? '');
    return keyRing.decrypt((await secrets())?.accessToken ?? '', { ...scope, purpose: 'accessToken' });
  };
  const webhooks = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${running.stack.urls.sandbox}/v2/webhooks`, { headers });
    return webhooksSchema.parse(await answer.json()).page.totalElements;
  };
  const disconnect = async () => {
    await submitForm(client, await pageOf(`${SETTINGS}/${integrationId}/disconnect`), /\/disconnect$/);
    await until(stateIs('disconnected'), { what: 'the end of the connection' });
  };
  /** Presses the button on a page, and Authorize on Help Scout's. */
  const authorize = async (path: string) => {
    const consent = await submitForm(client, await pageOf(path), /\/connect$/);
    const form = formsOf(consent).find(({ action }) => /\/authentication\//.test(action.pathname));
    assert.ok(form, `${consent.url.pathname} asks for permission`);
    const hidden = form.fields.filter(({ type }) => type === 'hidden');
    const fields = hidden.map(({ name, value }): [string, string] => [name, value]);
    return client.post(form.action, [...fields, ['decision', 'authorize']]);
  };
  const submit = async (): Promise<string> => {
    const submission = newSubmission({
      ...{ submissionId: randomUUID(), organizationId: running.organizationId, integrationId },
      ...{ mailboxId: (await own())?.selectedMailboxIds[0] ?? 0, message: `Ticket ${randomUUID()}` },
    });
    await acceptSubmission(
      {
        storage: running.storage,
        temporal: running.temporal,
        keyRing: createKeyRing(running.stack.environment.ENCRYPTION_KEYS ?? ''),
        logger: createLogger('silent'),
        now: () => new Date(),
      },
      submission,
      null,
    );
    return submission.submissionId;
  };
  const rowStatus = async (submissionId: string) => {
    const rowId = ticketWorkflowId(running.organizationId, submissionId);
    return (await running.storage.syncEvents.get(running.organizationId, rowId))?.status;
  };

  it('forgets the access and the webhook, and keeps everything that was read', async () => {
    const token = await accessToken();
    assert.equal(await webhooks(token), 1);
    await disconnect();
    assert.equal(await webhooks(token), 0);
    const { tokenVersion, ...left } = (await secrets()) ?? assert.fail('no secrets');
    assert.ok(tokenVersion > 1);
    assert.deepEqual(
      Object.values(left).filter((value) => value != null),
      [],
    );
    assert.equal(await insights(), 6);
    assert.ok((await running.storage.integrations.resume(running.organizationId, integrationId))?.reconciledUntilMs);
  });

  it('goes on as the same connection, reads what came meanwhile once, and retries what failed for want of access', async () => {
    const submissionId = await submit();
    await until(async () => (await rowStatus(submissionId)) === 'failed', { what: 'the ticket to fail' });
    for (const [subject, text] of [
      ['Dark mode', 'It would be great if you could add a dark mode.'],
      ['Invoices', 'The invoice is wrong since the last update.'],
    ]) {
      await running.control('POST', '/conversations', { subject, text, customerEmail: 'new@client.example' });
    }
    const answer = await authorize(`${SETTINGS}/${integrationId}`);
    assert.match(answer.url.pathname, new RegExp(integrationId));
    await until(stateIs('live'), { what: 'the connection' });
    assert.equal(await webhooks(await accessToken()), 1);
    await until(async () => (await insights()) >= 8, { what: 'what came meanwhile', timeoutMs: 120_000 });
    await until(async () => (await rowStatus(submissionId)) === 'success', { what: 'the ticket', timeoutMs: 60_000 });
    assert.equal((await running.storage.integrations.list(running.organizationId)).length, 1);
    const events = (await running.storage.syncEvents.list(running.organizationId, {}, { limit: 100 })).events;
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, events.length);
    const read = events.filter(({ type }) => type === 'conversationSynced').map(({ conversationId }) => conversationId);
    assert.equal(new Set(read).size, read.length, 'each conversation came in once');
  });

  it('takes the same account up again when it is connected as if it were new', async () => {
    await disconnect();
    const answer = await authorize(SETTINGS);
    assert.match(answer.url.pathname, new RegExp(integrationId));
    await until(stateIs('live'), { what: 'the connection' });
    assert.equal((await running.storage.integrations.list(running.organizationId)).length, 1);
    assert.ok((await secrets())?.refreshToken);
  });

  it('refuses another account, says whose the connection is, and keeps nothing of it', async () => {
    await disconnect();
    const account = { userId: 1, companyId: 1, name: 'Globex', email: 'owner@globex.example' };
    const before = (await own())?.account ?? assert.fail('no account');
    await running.storage.integrations.update(running.organizationId, integrationId, { account });
    const answer = await authorize(`${SETTINGS}/${integrationId}`);
    assert.equal(answer.status, 400);
    assert.match(answer.html, /another Help Scout account/);
    assert.match(answer.html, /Globex \(owner@globex\.example\)/);
    assert.match(answer.html, /a connection of its own/);
    assert.ok(await stateIs('disconnected')());
    assert.equal((await secrets())?.accessToken ?? null, null);
    assert.equal((await secrets())?.refreshToken ?? null, null);
    await running.storage.integrations.update(running.organizationId, integrationId, { account: before });
    await authorize(`${SETTINGS}/${integrationId}`);
    await until(stateIs('live'), { what: 'the connection' });
  });

  it('notices with the next call that Help Scout took our access away, and since when', async () => {
    const began = Date.now();
    await running.control('POST', '/tokens/revoke');
    const submissionId = await submit();
    await until(stateIs('needsReauthorization'), { what: 'the notice', timeoutMs: 120_000 });
    const notices = async () => {
      const filter = { types: ['reauthorizationNeeded' as const] };
      return (await running.storage.syncEvents.list(running.organizationId, filter, { limit: 5 })).events;
    };
    await until(async () => (await notices()).length > 0, { what: 'its row' });
    const [row, ...others] = await notices();
    assert.deepEqual(others, []);
    assert.ok(row && row.createdAt.getTime() >= began && row.error?.code === 'authenticationFailed');
    await authorize(`${SETTINGS}/${integrationId}`);
    await until(stateIs('live'), { what: 'the connection' });
    const handle = running.temporal.workflow.getHandle(ticketWorkflowId(running.organizationId, submissionId));
    await handle.signal(retrySignal).catch(() => undefined);
    await until(async () => (await rowStatus(submissionId)) === 'success', { what: 'the ticket', timeoutMs: 60_000 });
  });
});
