import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createTicketActivities } from '../../src/activities/ticket-activities.ts';
import type { Submission } from '../../src/domain/submission.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { signIn, start, stopAll } from '../sandbox/support.ts';
import { connectedWith } from '../support/connected-with.ts';
import { newSubmission } from '../support/new-submission.ts';
import { useStorage } from '../support/storage.ts';

describe('a ticket from a submission', function () {
  this.timeout(120_000);
  const storage = useStorage();
  let sandbox: Sandbox;
  let client: HelpScoutClient;
  let scope: { organizationId: string; integrationId: string };

  beforeEach(async () => {
    sandbox = await start({ rateLimitPerMinute: 100_000 });
    const { access_token: accessToken } = await signIn(sandbox);
    client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    const { integrationId } = await storage.integrations.create(organizationId);
    scope = { organizationId, integrationId };
  });
  afterEach(stopAll);

  const activities = () =>
    createTicketActivities(
      {
        storage,
        now: () => new Date(),
        helpScout: { apiUrl: sandbox.url, docsUrl: '', appId: '', appSecret: '', callsPerMinute: 100_000 },
      },
      connectedWith(client),
    );

  /** Accepts a submission and takes it as far as its workflow would. */
  async function become(fields: Partial<Submission>) {
    const [{ mailboxId } = assert.fail()] = await client.mailboxes.list();
    const submission = newSubmission({ ...scope, mailboxId, ...fields });
    const { submissionId } = submission;
    await storage.submissions.accept(scope.organizationId, submission, null);
    const workflowId = `ticket:${scope.organizationId}:${submissionId}`;
    const tryOf = { submissionId, eventId: workflowId, workflowId, by: 'automatic', attemptKey: 'run/1' };
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    const prepared = await activities().prepareTicket(scope, { ...tryOf, sendsHeld: false });
    if (prepared.kind !== 'send') return { submissionId, kind: prepared.kind, conversation: null };
    const { tags } = prepared;
    const created: Promise<{ conversationId: number }> = environment.run(() =>
      activities().createTicket(scope, { ...tryOf, tags }),
    );
    const { conversationId } = await created;
    return { submissionId, kind: prepared.kind, conversation: await client.conversations.get(conversationId) };
  }

  it('holds a repeated one back, or sends it marked as such, by setting', async () => {
    const same = { fingerprint: 'the same words of the same customer' };
    const first = await become(same);
    assert.equal(first.kind, 'send');
    assert.equal((await become(same)).kind, 'held');

    await storage.settings.save(scope.organizationId, { duplicates: { mode: 'flag', windowHours: 24 } });
    const flagged = await become(same);
    assert.equal(flagged.kind, 'send');
    const tags = flagged.conversation?.tags?.map(({ tag }) => tag) ?? [];
    assert(tags.includes('suspected-duplicate'), tags.join());
    const kept = await storage.submissions.get(scope.organizationId, flagged.submissionId);
    assert.deepEqual([kept?.state, kept?.duplicateOf], ['created', first.submissionId]);
    const suspected = await storage.submissions.suspectedDuplicates(scope.organizationId, { limit: 10 });
    assert.deepEqual(
      suspected.submissions.map(({ submissionId }) => submissionId),
      [flagged.submissionId],
    );
  });

  it('carries the answers to a form’s own questions below the message', async () => {
    const answers = [
      { label: 'Plan', value: 'Team' },
      { label: 'Steps', value: 'Open it.\nClose it.' },
    ];
    const { conversation } = await become({ answers, message: 'It <b>fails</b>.' });
    const threads = await client.conversations.threads(conversation?.id ?? 0);
    const text = JSON.stringify(threads);
    assert.match(text, /Plan: Team/);
    assert.match(text, /Steps:/);
    assert.match(text, /&lt;b&gt;fails|It <b>fails/);
  });
});
