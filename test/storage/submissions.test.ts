import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Submission } from '../../src/domain/submission.ts';
import { newSubmission } from '../support/new-submission.ts';
import { useStorage } from '../support/storage.ts';

const HOUR_MS = 3_600_000;
const ADA = 'ada@acme.example';

describe('the ledger of submissions', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let org: string;
  beforeEach(() => {
    org = randomUUID();
  });
  const accept = async (fields: Partial<Submission> = {}, key: string | null = null) =>
    storage.submissions.accept(org, newSubmission({ organizationId: org, ...fields }), key);
  const stateOf = async (id: string) => (await storage.submissions.get(org, id))?.state;

  it('takes one of many that come with the same key at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => accept({}, 'key')));
    assert.equal(new Set(all.map(({ submission }) => submission.submissionId)).size, 1);
    assert.equal(all.filter(({ repeated }) => !repeated).length, 1);
    assert.equal((await storage.submissions.counts(org)).accepted, 1);
  });

  it('keeps keys of forms and organizations apart', async () => {
    const first = await accept({}, 'key');
    const otherForm = await accept({ formId: 'form-2' }, 'key');
    const without = await accept();
    const elsewhere = newSubmission({ organizationId: 'another' });
    const other = await storage.submissions.accept('another', elsewhere, 'key');
    assert.deepEqual(
      [first, otherForm, without, other].map(({ repeated }) => repeated),
      [false, false, false, false],
    );
    assert.equal(await storage.submissions.get(org, elsewhere.submissionId), null);
  });

  it('lets one of equal texts be the first, however many claim it at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => accept()));
    const submissions = all.map(({ submission }) => submission);
    const claims = await Promise.all(submissions.map((item) => storage.submissions.claim(org, item, HOUR_MS)));
    const [first] = claims;
    assert(submissions.some(({ submissionId }) => submissionId === first));
    assert.deepEqual(new Set(claims), new Set([first]));
    // A claim that is asked for again, as after a crash, is the same.
    assert.deepEqual(
      await Promise.all(submissions.map((item) => storage.submissions.claim(org, item, HOUR_MS))),
      claims,
    );
  });

  it('takes an equal text for a new one after the window, and after the first was given up', async () => {
    const receivedAt = new Date('2026-03-01T09:00:00Z');
    const { submission: first } = await accept({ receivedAt });
    const { submission: soon } = await accept({ receivedAt: new Date(receivedAt.getTime() + HOUR_MS) });
    const { submission: late } = await accept({ receivedAt: new Date(receivedAt.getTime() + HOUR_MS + 1) });
    assert.equal(await storage.submissions.claim(org, first, HOUR_MS), first.submissionId);
    assert.equal(await storage.submissions.claim(org, soon, HOUR_MS), first.submissionId);
    assert.equal(await storage.submissions.claim(org, late, HOUR_MS), late.submissionId);
    await storage.submissions.releaseClaim(org, first.submissionId, first.fingerprint); // not its claim any more
    assert.equal(await storage.submissions.claim(org, soon, HOUR_MS), late.submissionId);
    await storage.submissions.releaseClaim(org, late.submissionId, late.fingerprint);
    assert.equal(await storage.submissions.claim(org, soon, HOUR_MS), soon.submissionId);
  });

  it('keeps what a correction replaced, and lets one of two at once win', async () => {
    const problem = { code: 'invalidEmail' as const, field: 'customerEmail' };
    const { submission } = await accept({ customerEmail: 'kim@', problem });
    const { submissionId } = submission;
    const change = (customerEmail: string) =>
      storage.submissions.edit(org, submissionId, { by: ADA, at: new Date(), changes: { customerEmail } });
    assert.equal(await change('kim@client.example'), null, 'it does not wait for a person yet');
    await storage.submissions.settleState(org, submissionId, 'failed');
    const still = await change('kim@client');
    assert.deepEqual(still?.problem, problem);
    const edited = await Promise.all([change('kim@client.example'), change('kim@other.example')]);
    assert.equal(edited.filter((item) => item !== null).length, 1);
    const stored = (await storage.submissions.get(org, submissionId)) ?? assert.fail('it is gone');
    assert.equal(stored.problem, null);
    assert.notEqual(stored.fingerprint, submission.fingerprint);
    assert.deepEqual(
      stored.edits.map(({ field, before, after }) => [field, before, after]),
      [
        ['customerEmail', 'kim@', 'kim@client'],
        ['customerEmail', 'kim@client', stored.customerEmail],
      ],
    );
    assert.equal((await storage.submissions.list(org, { customerEmail: stored.customerEmail, limit: 5 })).next, null);
  });

  it('lets nothing be sent twice side by side, and forgets what was refused', async () => {
    const { submissionId } = (await accept()).submission;
    const at = new Date('2026-03-01T09:00:00Z');
    const tries = await Promise.all([1, 2, 3].map(() => storage.submissions.markSent(org, submissionId, null, at)));
    assert.deepEqual(tries.filter(Boolean), [true]);
    assert.deepEqual(await storage.submissions.outstandingAt(org, submissionId), at);
    await storage.submissions.markRefused(org, submissionId, new Date(at.getTime() + 1));
    assert.deepEqual(await storage.submissions.outstandingAt(org, submissionId), at, 'that was another one');
    await storage.submissions.markRefused(org, submissionId, at);
    assert.equal(await storage.submissions.outstandingAt(org, submissionId), null);
    const later = new Date(at.getTime() + 5);
    assert.equal(await storage.submissions.markSent(org, submissionId, null, later), true);
    assert.deepEqual((await storage.submissions.get(org, submissionId))?.firstSentAt, later, 'the first was refused');
    const last = new Date(at.getTime() + 9);
    assert.equal(await storage.submissions.markSent(org, submissionId, later, last), true);
    await storage.submissions.markRefused(org, submissionId, last);
    assert.deepEqual((await storage.submissions.get(org, submissionId))?.firstSentAt, later, 'it may be there');
  });

  it('stays created whatever comes after', async () => {
    const { submissionId } = (await accept()).submission;
    await storage.submissions.markCreated(org, submissionId, 7001);
    await storage.submissions.settleState(org, submissionId, 'failed');
    await storage.submissions.markSending(org, submissionId, true);
    assert.equal(await stateOf(submissionId), 'created');
    assert.equal(await storage.submissions.markSent(org, submissionId, null, new Date()), false);
  });

  it('lists newest first, page by page, and counts by state', async () => {
    const receivedAt = new Date('2026-03-01T09:00:00Z');
    for (let index = 0; index < 7; index++) await accept({ receivedAt });
    const { submission } = await accept({ receivedAt: new Date(receivedAt.getTime() + 1) });
    await storage.submissions.markDuplicate(org, submission.submissionId, 'the-first');
    await storage.submissions.settleState(org, submission.submissionId, 'held');
    const ids: string[] = [];
    for (let cursor = undefined as Parameters<typeof storage.submissions.list>[1]['cursor']; ; ) {
      const { submissions, next } = await storage.submissions.list(org, { limit: 3, cursor });
      ids.push(...submissions.map(({ submissionId }) => submissionId));
      if (!next) break;
      cursor = next;
    }
    assert.equal(ids[0], submission.submissionId);
    assert.equal(new Set(ids).size, 8);
    const { accepted, held } = await storage.submissions.counts(org);
    assert.deepEqual([accepted, held], [7, 1]);
    const { submissions } = await storage.submissions.suspectedDuplicates(org, { limit: 5 });
    assert.deepEqual(
      submissions.map(({ submissionId }) => submissionId),
      [submission.submissionId],
    );
  });

  it('finds for the sweep what was accepted and not started', async () => {
    const receivedAt = new Date();
    const later = (ms: number) => new Date(receivedAt.getTime() + ms);
    const { submission: lost } = await accept({ receivedAt });
    const { submission: started } = await accept({ receivedAt });
    const { submission: trapped } = await accept({ receivedAt, state: 'spam' });
    const { submission: ended } = await accept({ receivedAt, state: 'spam' });
    const { submission: stopped } = await accept({ receivedAt, state: 'sending' });
    for (const { submissionId } of [started, ended, stopped]) {
      await storage.submissions.markStarted(org, submissionId, later(1));
    }
    const ids = (...found: Submission[]) => found.map(({ submissionId }) => submissionId).sort();
    const unstarted = async (startedBefore: Date) =>
      (await storage.submissions.unstarted(later(2), startedBefore, 100))
        .filter(({ organizationId }) => organizationId === org)
        .map(({ submissionId }) => submissionId)
        .sort();
    assert.deepEqual(await unstarted(receivedAt), ids(lost, trapped));
    assert.deepEqual(await unstarted(later(2)), ids(lost, trapped, started, stopped));
    const early = await storage.submissions.unstarted(receivedAt, later(2), 100);
    assert(!early.some(({ organizationId }) => organizationId === org));
  });
});
