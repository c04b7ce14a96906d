import assert from 'node:assert/strict';
import { Client, Connection } from '@temporalio/client';
import { changeRecord } from '../../src/api/commands/change-record.ts';
import { sendRecordMessages } from '../../src/api/commands/send-record-messages.ts';
import { connectionOptions } from '../../src/api/temporal/connection-options.ts';
import type { IssueRecord } from '../../src/domain/issue-record.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { recordMessageWorkflowId, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { control, signIn, start, stopAll } from '../sandbox/support.ts';
import { type LiveProduct, startLiveProduct } from '../support/live-product.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const ADA = 'ada@acme.example';

describe('closing the loop, with Temporal and a sandbox', function () {
  this.timeout(180_000);
  let sandbox: Sandbox;
  let product: LiveProduct;
  let client: HelpScoutClient;
  let unreachable: Connection;
  let record: IssueRecord;
  before(async () => {
    sandbox = await start({ rateLimitPerMinute: 100_000 });
    product = await startLiveProduct({ sandbox, searchLagMs: 3_000, timeoutMs: 5_000 });
    const { access_token: accessToken } = await signIn(sandbox);
    client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
    unreachable = Connection.lazy(connectionOptions('127.0.0.1:1'));
    const { organizationId, integrationId, storage, newId } = product;
    const pattern = { integrationId, patternId: newId(), title: 'Export fails' };
    record = await storage.issueRecords.createForPattern(organizationId, pattern, 'bug');
  });
  after(async () => {
    await unreachable?.close();
    await product?.stop();
    await stopAll();
  });

  async function newConversation(): Promise<number> {
    const wish = { subject: 'Export fails', text: 'It fails.', customerEmail: `${product.newId()}@client.example` };
    const made = (await control(sandbox, 'POST', '/conversations', wish)) as { conversationId: number };
    return made.conversationId;
  }
  const wanted = (conversationId: number) => ({
    ...{ conversationId, integrationId: product.integrationId, customerEmail: null, text: 'It works now.' },
  });
  const notesIn = async (conversationId: number) =>
    (await client.conversations.threads(conversationId)).filter(({ type }) => type === 'note').length;
  const rowOf = (conversationId: number) =>
    product.storage.syncEvents.get(
      product.organizationId,
      recordMessageWorkflowId(product.organizationId, `${record.recordId}.${conversationId}.note`),
    );
  const settled = (conversationId: number) =>
    until(async () => (await rowOf(conversationId))?.status === 'success', { timeoutMs: 60_000 });
  /** As when Temporal is down; what it does happens a minute before. */
  const cutOff = () => ({
    ...product.deps,
    temporal: new Client({ connection: unreachable }),
    now: () => new Date(Date.now() - 60_000),
  });
  const sweep = () =>
    product.temporal.workflow.execute('sweepRecords', { workflowId: product.newId(), taskQueue: TASK_QUEUE });

  it('writes a note once although the answer to it was lost', async () => {
    const conversationId = await newConversation();
    await control(sandbox, 'POST', '/faults', {
      ...{ template: '/v2/conversations/{id}/notes', method: 'POST' },
      ...{ effect: { drop: 'after' }, when: { count: 1 } },
    });
    await sendRecordMessages(product.deps, record, 'note', [wanted(conversationId)], ADA);
    await settled(conversationId);
    assert.equal(await notesIn(conversationId), 1);
    const row = await rowOf(conversationId);
    assert.match(row?.details ?? '', /^Found/);
    assert.deepEqual(
      row?.attempts.map(({ by, outcome }) => [by, outcome]),
      [
        [ADA, 'failed'],
        [ADA, 'success'],
      ],
    );
    const again = await sendRecordMessages(product.deps, record, 'note', [wanted(conversationId)], ADA);
    assert.deepEqual(again, { taken: 0, repeated: 1 });
    assert.equal(await notesIn(conversationId), 1);
  });

  it('starts by a sweep what could not be started: messages, and checks of outcomes', async () => {
    const conversationId = await newConversation();
    await sendRecordMessages(cutOff(), record, 'note', [wanted(conversationId)], ADA);
    const { organizationId, storage } = product;
    const fixedAt = new Date(Date.now() - 20 * DAY_MS);
    await changeRecord(cutOff(), organizationId, record, { status: 'done', fixedAt }, ADA);
    assert.equal(await notesIn(conversationId), 0);
    assert.equal((await sweep()).started, 2);
    await settled(conversationId);
    assert.equal(await notesIn(conversationId), 1);
    await until(async () => {
      const found = await storage.issueRecords.byId(organizationId, record.recordId);
      return found?.resolution?.outcome?.verdict === 'tooFew';
    });
    assert.equal((await sweep()).started, 0);
  });
});
