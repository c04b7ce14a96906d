import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { putCustomer } from '../../src/api/commands/put-customer.ts';
import { sendRecordMessages } from '../../src/api/commands/send-record-messages.ts';
import { startRetryRun } from '../../src/api/commands/start-retry-run.ts';
import { createLogger } from '../../src/api/logger.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { retryRunWorkflowId } from '../../src/workflows/contract.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import { newSubmission } from '../support/new-submission.ts';
import { until } from '../support/until.ts';

export const BY = 'ada@acme.example';

/** What the web app's commands need, on the stack's own servers. */
export function commandDeps({ storage, temporal, stack }: RunningStack) {
  const keyRing = createKeyRing(stack.environment.ENCRYPTION_KEYS ?? '');
  return { storage, temporal, keyRing, logger: createLogger('silent'), now: () => new Date() };
}

/** A record of the first pattern that the scan might have found. */
export const recordOf = ({ storage, organizationId }: RunningStack, integrationId: string) =>
  storage.issueRecords.createForPattern(
    organizationId,
    { integrationId, patternId: 'played', title: 'The export fails' },
    'bug',
  );

/** A ticket, a customer and a note about a record that Help Scout refuses at first, and that are retried together. */
export async function playOutbound(running: RunningStack, integrationId: string): Promise<void> {
  const { control, storage, temporal, organizationId } = running;
  const deps = commandDeps(running);
  const mailboxId = (await storage.integrations.get(organizationId, integrationId))?.selectedMailboxIds[0] ?? 0;
  for (const template of ['/v2/conversations', '/v2/customers', '/v2/conversations/{id}/notes']) {
    await control('POST', '/faults', { method: 'POST', template, effect: { status: 403 }, when: { count: 1 } });
  }
  await acceptSubmission(deps, newSubmission({ organizationId, integrationId, mailboxId }), null);
  await putCustomer(deps, organizationId, 'crm-1', { email: 'grace@client.example', firstName: 'Grace' });
  const wanted = { conversationId: 7002, integrationId, customerEmail: null, text: 'It works now.' };
  await sendRecordMessages(deps, await recordOf(running, integrationId), 'note', [wanted], BY);
  const outbound = async (status: 'failed' | 'success') => {
    const { events } = await storage.syncEvents.list(organizationId, { statuses: [status] }, { limit: 500 });
    return events.filter(({ direction }) => direction === 'outbound').length;
  };
  await until(async () => (await outbound('failed')) === 3, { what: 'all to fail', timeoutMs: 120_000 });
  const wish = { organizationId, by: BY, selection: { code: 'forbidden' as const }, canary: true, perMinute: 600 };
  const run = await startRetryRun(deps, wish);
  await until(async () => (await outbound('success')) === 3, { what: 'all to be retried', timeoutMs: 120_000 });
  await temporal.workflow.getHandle(retryRunWorkflowId(organizationId, run?.retryRunId ?? '')).result();
}
