import assert from 'node:assert/strict';
import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { putCustomer } from '../../src/api/commands/put-customer.ts';
import { createLogger } from '../../src/api/logger.ts';
import type { Submission } from '../../src/domain/submission.ts';
import type { SyncEvent } from '../../src/domain/sync-event.ts';
import { rebuildLog } from '../../src/local/log-rebuild/rebuild.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { retrySignal } from '../../src/workflows/contract.ts';
import { newSubmission } from '../support/new-submission.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const CONVERSATION = 7001;

describe('the log, rebuilt from Temporal’s histories', function () {
  this.timeout(300_000);
  let running: RunningStack;
  let integrationId: string;
  before(async () => {
    running = await startRunningStack({
      corpus: Array.from({ length: 30 }, (_, index) => ({
        id: `c${index}`,
        text: `The export of report ${index} fails with error 500 since Monday.`,
        customerEmail: `ada-${index}@client.example`,
      })),
    });
    integrationId = await running.connect();
    await running.untilScanned(integrationId);
  });
  after(async () => {
    await running?.stop();
  });

  const rows = async (): Promise<SyncEvent[]> => {
    const all: SyncEvent[] = [];
    for await (const row of running.storage.syncEvents.stream(running.organizationId, {})) all.push(row);
    return all;
  };
  const commandDeps = () => ({
    storage: running.storage,
    temporal: running.temporal,
    keyRing: createKeyRing(running.stack.environment.ENCRYPTION_KEYS ?? ''),
    logger: createLogger('silent'),
    now: () => new Date(),
  });
  const submission = (values: Partial<Submission>): Submission =>
    newSubmission({
      ...{ organizationId: running.organizationId, integrationId },
      ...{ formId: null, source: 'manual', createdBy: 'admin@example.com', mailboxId: 0, tags: ['website'] },
      ...{ customerEmail: 'Grace@Client.example', customerName: 'Grace' },
      ...{ subject: 'Invoice', message: 'My invoice is wrong.' },
      ...values,
    });

  /** A row of each kind: sent, held back, spam, without address, retried, dismissed, a customer new and changed. */
  async function makeHistory(): Promise<void> {
    const { storage, organizationId, control, temporal } = running;
    const mailboxId = (await storage.integrations.get(organizationId, integrationId))?.selectedMailboxIds[0] ?? 0;
    const accept = (values: Partial<Submission>) =>
      acceptSubmission(commandDeps(), submission({ mailboxId, ...values }), null);
    const { submissionId } = await accept({});
    const settled = async (id: string) =>
      (await storage.syncEvents.get(organizationId, `ticket:${organizationId}:${id}`))?.settledAt;
    await until(async () => Boolean(await settled(submissionId)), { what: 'the ticket', timeoutMs: 60_000 });
    await accept({});
    await accept({ state: 'spam', message: 'Buy now' });
    await accept({ customerEmail: 'not an address' });
    const fields = { email: 'grace@client.example', firstName: 'Grace' };
    await putCustomer(commandDeps(), organizationId, 'crm-1', fields);
    const synced = async () => (await storage.customers.get(organizationId, 'crm-1'))?.state === 'synced';
    await until(synced, { what: 'the customer', timeoutMs: 60_000 });
    await putCustomer(commandDeps(), organizationId, 'crm-1', { ...fields, jobTitle: 'Admiral' });

    await running.forbid(CONVERSATION);
    await control('POST', `/conversations/${CONVERSATION}/messages`, { type: 'customer', text: 'Still failing' });
    const failed = async () =>
      (
        await storage.syncEvents.list(
          organizationId,
          { statuses: ['failed'], conversationId: CONVERSATION },
          { limit: 1 },
        )
      ).events[0];
    await until(async () => Boolean(await failed()), { what: 'a failed conversation', timeoutMs: 120_000 });
    await running.allow();
    await temporal.workflow.getHandle((await failed())?.workflowId ?? '').signal(retrySignal);
    const quiet = async () => {
      const open = await rows();
      return open.every(({ status }) => status !== 'pending' && status !== 'retrying') && !(await failed());
    };
    await until(quiet, { what: 'everything to settle', timeoutMs: 120_000 });
  }

  it('has every row as it was, field by field, after the collection was emptied', async () => {
    await makeHistory();
    const before = await rows();
    const kinds = new Set(before.map(({ type, status }) => `${type} ${status}`));
    for (const kind of [
      'conversationSynced success',
      'conversationUpdated success',
      'ticketCreated success',
      'ticketCreated skipped',
      'ticketCreated failed',
      'customerSynced success',
      'customerUpdated success',
      'scanCompleted success',
    ]) {
      assert(kinds.has(kind), `${kind} among ${[...kinds].join(', ')}`);
    }
    const { storage, temporal, stack, organizationId } = running;
    const codec = createPayloadCodec(stack.environment.ENCRYPTION_KEYS ?? '');
    const clean = await rebuildLog({ storage, client: temporal, codec }, { apply: false });
    assert.deepEqual(clean.differences, []);

    await storage.connection.collection('syncEvents').deleteMany({});
    const report = await rebuildLog({ storage, client: temporal, codec }, { apply: true });
    assert.equal(report.restored, before.length);
    assert.deepEqual(await rows(), before);
    const counted = await storage.syncEvents.summary(organizationId, {});
    assert.equal(
      counted.byTypeAndStatus.reduce((sum, { events }) => sum + events, 0),
      before.length,
    );
  });

  it('finds a row that somebody changed by hand, and puts it right', async () => {
    const { storage, temporal, stack, organizationId } = running;
    const codec = createPayloadCodec(stack.environment.ENCRYPTION_KEYS ?? '');
    const [row] = await rows();
    assert(row);
    await storage.connection
      .collection('syncEvents')
      .updateOne({ eventId: row.eventId, organizationId }, { $set: { details: 'All is well' } });
    const report = await rebuildLog({ storage, client: temporal, codec }, { apply: true });
    assert.deepEqual(report.differences, [
      { organizationId, eventId: row.eventId, kind: 'different', fields: ['details'] },
    ]);
    assert.deepEqual((await rows())[0], row);
  });
});
