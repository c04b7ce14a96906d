import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createLoopActivities } from '../../src/activities/loop-activities.ts';
import { messageMarker, type RecordMessage } from '../../src/domain/record-message.ts';
import { messageRow } from '../../src/domain/record-message-row.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import { FEATURES_IN_USE } from '../../src/helpscout/endpoints.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { control, signIn, start, stopAll } from '../sandbox/support.ts';
import { connectedWith } from '../support/connected-with.ts';
import { useStorage } from '../support/storage.ts';

const LAG_MS = 60_000;
const ADA = 'ada@acme.example';
const LOST = { effect: { drop: 'after' }, when: { count: 1 } };

describe('a note or draft reply about a record', function () {
  this.timeout(120_000);
  const storage = useStorage();
  let sandbox: Sandbox;
  let client: HelpScoutClient;
  let scope: { organizationId: string; integrationId: string };
  let conversationId: number;
  let aheadMs = 0;
  beforeEach(async () => {
    aheadMs = 0;
    sandbox = await start({ rateLimitPerMinute: 100_000 });
    const { access_token: accessToken } = await signIn(sandbox);
    client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited, features: FEATURES_IN_USE });
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    const { integrationId } = await storage.integrations.create(organizationId);
    scope = { organizationId, integrationId };
    conversationId = await newConversation();
  });
  afterEach(stopAll);

  async function newConversation(): Promise<number> {
    const wish = {
      subject: 'Export fails',
      text: 'The export fails.',
      customerEmail: `${randomUUID()}@client.example`,
    };
    const made = (await control(sandbox, 'POST', '/conversations', wish)) as { conversationId: number };
    return made.conversationId;
  }

  function sendMessage(messageId: string) {
    const activities = createLoopActivities(
      {
        storage,
        now: () => new Date(Date.now() + aheadMs),
        helpScout: {
          ...{ apiUrl: sandbox.url, docsUrl: '', appId: '', appSecret: '' },
          ...{ callsPerMinute: 100_000, searchLagMs: LAG_MS },
        },
      },
      connectedWith(client),
    );
    const workflowId = `message:${scope.organizationId}:${messageId}`;
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    const sent: Promise<{ threadId: number; found: boolean }> = environment.run(() =>
      activities.sendMessage(scope, { messageId, eventId: workflowId, workflowId, by: ADA }),
    );
    return { sent, activities, workflowId };
  }

  async function settleMessage(messageId: string) {
    const { sent, activities, workflowId } = sendMessage(messageId);
    await sent;
    const settlement = {
      messageId,
      eventId: workflowId,
      workflowId,
      status: 'success',
      details: '',
      state: null,
    } as const;
    await activities.settleMessage(scope, { ...settlement, attemptKey: 'k', by: ADA });
  }

  async function accept(kind: 'note' | 'reply', change: Partial<RecordMessage> = {}): Promise<RecordMessage> {
    const { message } = await storage.recordMessages.accept(scope.organizationId, {
      ...{ integrationId: scope.integrationId, recordId: randomUUID(), conversationId, kind, by: ADA, at: new Date() },
      ...{ text: 'We <b>fixed</b> it.', marker: messageMarker({ kind: 'bug', number: 12 }), customerEmail: null },
      ...change,
    });
    const workflowId = `message:${scope.organizationId}:${message.messageId}`;
    await storage.syncEvents.open(scope.organizationId, [messageRow(message, workflowId)]);
    return message;
  }
  const written = async (type: string, id = conversationId) =>
    (await client.conversations.threads(id)).filter((thread) => thread.type === type);
  const uncertain = (error: unknown) => error instanceof ApplicationFailure && error.type === 'uncertain';

  it('is a note that keeps the conversation’s status', async () => {
    const before = await client.conversations.get(conversationId);
    const { messageId } = await accept('note');
    const { found } = await sendMessage(messageId).sent;
    assert.equal(found, false);
    const [note] = await written('note');
    assert.match(note?.body ?? '', /We &lt;b&gt;fixed&lt;\/b&gt; it\.<br><br>Reference: bug-0012/);
    assert.equal((await client.conversations.get(conversationId)).status, before.status);
  });

  it('is a draft reply, which mails nobody', async () => {
    const { messageId } = await accept('reply');
    await sendMessage(messageId).sent;
    const [reply, ...more] = await written('message');
    assert.deepEqual([reply?.state, more.length], ['draft', 0]);
  });

  it('is written once, however often it is asked for', async () => {
    const { messageId, recordId } = await accept('note');
    await sendMessage(messageId).sent;
    const again = await accept('note', { recordId, text: 'Another text' });
    assert.deepEqual([again.messageId, again.text], [messageId, 'We <b>fixed</b> it.']);
    assert.equal((await sendMessage(messageId).sent).found, true);
    assert.equal((await written('note')).length, 1);
  });

  for (const kind of ['note', 'reply'] as const) {
    it(`is looked for before it is sent again when the answer to a ${kind} was lost`, async () => {
      const path = kind === 'note' ? 'notes' : 'reply';
      await control(sandbox, 'POST', '/faults', {
        template: `/v2/conversations/{id}/${path}`,
        method: 'POST',
        ...LOST,
      });
      const { messageId } = await accept(kind);
      await assert.rejects(sendMessage(messageId).sent, uncertain);
      assert.equal((await sendMessage(messageId).sent).found, true);
      assert.equal((await written(kind === 'note' ? 'note' : 'message')).length, 1);
      assert.equal((await storage.recordMessages.get(scope.organizationId, messageId))?.state, 'sent');
    });
  }

  it('is not sent again by the next try of one that was killed before it knew, until it would be seen', async () => {
    const { messageId } = await accept('note');
    await storage.recordMessages.markOutgoing(scope.organizationId, messageId, null, new Date());
    await assert.rejects(sendMessage(messageId).sent, uncertain);
    assert.equal((await written('note')).length, 0);
    aheadMs = LAG_MS + 1000;
    assert.equal((await sendMessage(messageId).sent).found, false);
    assert.equal((await written('note')).length, 1);
  });

  it('is written once by two tries at a time', async () => {
    const { messageId } = await accept('note');
    const tries = await Promise.allSettled([sendMessage(messageId).sent, sendMessage(messageId).sent]);
    assert.ok(tries.some(({ status }) => status === 'fulfilled'));
    assert.equal((await written('note')).length, 1);
  });

  it('goes to the conversation that survived a merge', async () => {
    const into = await newConversation();
    const { messageId } = await accept('note');
    await control(sandbox, 'POST', `/conversations/${conversationId}/merge`, { into });
    await sendMessage(messageId).sent;
    assert.equal((await written('note', into)).length, 1);
  });

  it('says in the log and in the record’s history that it was sent, once', async () => {
    const record = await storage.issueRecords.createForPattern(
      scope.organizationId,
      { integrationId: scope.integrationId, patternId: randomUUID(), title: 'Export fails' },
      'bug',
    );
    const { messageId } = await accept('note', { recordId: record.recordId });
    await settleMessage(messageId);
    await settleMessage(messageId);
    const row = await storage.syncEvents.get(scope.organizationId, `message:${scope.organizationId}:${messageId}`);
    assert.deepEqual([row?.type, row?.direction, row?.status], ['conversationUpdated', 'outbound', 'success']);
    const history = await storage.issueRecords.history(scope.organizationId, record.recordId);
    assert.deepEqual(
      history.map(({ what, by }) => [what, by]),
      [
        ['created', 'automatic'],
        ['message', ADA],
      ],
    );
  });
});
