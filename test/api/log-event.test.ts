import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/domain/roles.ts';
import { addLogRows } from '../support/log-rows.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const MESSAGE = 'The lamp arrived broken, and it was a gift.';
const ANSWER = 'Left at the neighbour’s door';

describe('the page of one event', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let organizationId: string;
  const submissionId = randomUUID();
  const eventId = `ticket:o1:${submissionId}`;
  const path = `/tools/integrations/helpscout-log/${encodeURIComponent(eventId)}`;

  before(async () => {
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    const submission = {
      ...{ submissionId, organizationId, integrationId: 'i1', formId: 'f1', source: 'form' as const, createdBy: null },
      ...{ mailboxId: 310, assigneeId: null, tags: ['web'], autoReplyText: '' },
      ...{ customerEmail: 'ann@', customerName: 'Ann', subject: 'Broken lamp', message: MESSAGE },
      ...{ answers: [{ label: 'Delivery', value: ANSWER }], problem: null, fingerprint: '', state: 'failed' as const },
      ...{ duplicateOf: null, conversationId: null, edits: [], receivedAt: new Date(), firstSentAt: null },
    };
    await app.storage.submissions.accept(organizationId, submission, null);
    const by = 'administrator@acme.example';
    const changes = { customerEmail: 'ann@client', message: `${MESSAGE} Please help.` };
    assert.ok(await app.storage.submissions.edit(organizationId, submissionId, { by, at: new Date(), changes }));
    await addLogRows(app.storage, organizationId, [
      { eventId, submissionId, customerEmail: 'ann@client', status: 'failed', error: { code: 'invalidEmail' } },
    ]);
    await app.storage.syncEvents.noteAttempt(organizationId, eventId, 'run/1/2', {
      ...{ at: new Date(), by: 'automatic', outcome: 'failed', errorCode: 'rateLimited', httpStatus: 429 },
      ...{ endpoint: 'POST /v2/conversations', helpScoutMessage: 'Slow down, please', waitMs: 12_000 },
    });
    await app.storage.syncEvents.settle(organizationId, [
      { eventId, status: 'failed', error: { code: 'invalidEmail', httpStatus: 400 }, by, attemptKey: 'run/1/3' },
    ]);
  });

  const seenBy = async (role: Role) => {
    if (role !== 'administrator') await addMember(app.storage, organizationId, `${role}@acme.example`, role);
    const answer = await (await signIn(app, `${role}@acme.example`)).get(path);
    return answer.status === 200 ? answer.text : assert.fail(String(answer.status));
  };

  it('shows a manager what was tried, what was to be sent, and what was corrected', async () => {
    const text = await seenBy('manager');
    for (const wanted of [
      'POST /v2/conversations',
      'rateLimited · HTTP 429',
      'Slow down, please',
      'next try after 12 s',
      'by administrator@acme.example',
      'Broken lamp',
      MESSAGE,
      ANSWER,
      'ann@client',
      'Correct the address, then retry.',
    ]) {
      assert.ok(text.includes(wanted), wanted);
    }
    assert.match(text, new RegExp(`href="/tickets/new\\?from=${submissionId}"`));
    assert.doesNotMatch(text, /Temporal Web|Edit and retry|\/retry"/);
  });

  it('lets an administrator correct, retry and dismiss', async () => {
    const text = await seenBy('administrator');
    assert.ok(text.includes(`href="/tools/integrations/failures/${encodeURIComponent(eventId)}/edit"`));
    assert.ok(text.includes(`action="${path}/retry"`));
    assert.ok(text.includes(`action="${path}/dismiss"`));
    assert.match(text, /Open in Temporal Web/);
  });

  it('never shows an operator what a customer wrote', async () => {
    const text = await seenBy('operator');
    assert.ok(text.includes('Broken lamp'));
    assert.ok(!text.includes(MESSAGE));
    assert.ok(!text.includes('Please help'));
    assert.ok(!text.includes(ANSWER));
    assert.match(text, /Your role may not see this/);
    assert.match(text, /ann@<\/td>|ann@</);
  });
});
