import assert from 'node:assert/strict';
import { type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { addReports, insightSettings, type ReportWish } from '../support/reports.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const DAY_MS = 86_400_000;

/** Without Temporal: what it would do is left to the sweep, and nothing is lost. */
describe('bug reports and feature requests', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let organizationId: string;
  let integrationId: string;
  let manager: Browser;
  let api: ApiClient;
  let patterns = 0;

  before(async () => {
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    ({ integrationId } = await app.storage.integrations.create(organizationId));
    manager = await signIn(app, 'manager@acme.example');
    api = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
  });

  /** A pattern that two customers wrote about. @returns its record's number, and its conversations */
  async function reported(change: Partial<ReportWish> = {}, settings = insightSettings()) {
    patterns += 1;
    const patternId = `pattern-${patterns}`;
    const now = new Date();
    const conversations = await addReports(
      app.storage,
      { organizationId, integrationId, patternId },
      ['ada', 'bob'].map((customer) => ({ customer, at: now, ...change })),
      { now, settings },
    );
    const record = await app.storage.issueRecords.byPattern(organizationId, patternId);
    return { patternId, conversations, number: record?.number ?? 0, recordId: record?.recordId ?? '' };
  }
  const submit = (path: string, fields: Record<string, string | string[]>) =>
    manager.submit(path, fields, '/bug-reports');

  it('show their description with evidence, and their priority with its parts', async () => {
    const { number, conversations } = await reported({ severity: 'critical' });
    const { text } = await manager.get(`/bug-reports/${number}`);
    assert.match(text, /2 customers wrote about it in 2 conversations/);
    assert.match(text, /<blockquote>The export fails<\/blockquote>/);
    for (const id of conversations) assert.ok(text.includes(`href="/conversations/${id}"`));
    for (const part of ['Distinct customers', 'Severity', 'Trend', 'Recency']) assert.ok(text.includes(part), part);
    assert.match(text, /\d+ of 100 points/);
    assert.match(text, /25 of 25/);
  });

  it('are changed by managers, with a reason where one is needed', async () => {
    const { number } = await reported();
    const path = `/bug-reports/${number}`;
    const refused = await submit(`${path}/status`, { status: 'dismissed', reason: '' });
    assert.deepEqual([refused.status, /Say why it is dismissed/.test(refused.text)], [422, true]);
    assert.equal((await submit(`${path}/status`, { status: 'dismissed', reason: 'as designed' })).status, 303);
    await submit(`${path}/rating`, { severity: 'high', priority: 'urgent' });
    await submit(`${path}/details`, { title: 'Ours', description: '' });
    await submit(`${path}/comments`, { text: 'Look at <b>this</b>' });
    const { text } = await manager.get(path);
    assert.match(text, /Dismissed: as designed/);
    assert.match(text, /Locked by a person/);
    assert.match(text, /Look at &lt;b>this|Look at &lt;b&gt;this/);
    assert.match(text, /Title: Export fails → Ours/);
    assert.match(text, /Status: new → dismissed/);
    assert.match(text, /manager@acme\.example/);
  });

  it('lead from their former number to the one they have now', async () => {
    const { number, recordId } = await reported();
    const answer = await submit(`/bug-reports/${number}/kind`, { kind: 'feature' });
    const now = await app.storage.issueRecords.byId(organizationId, recordId);
    assert.equal(answer.location, `/feature-requests/${now?.number}`);
    assert.equal((await manager.get(`/bug-reports/${number}`)).location, answer.location);
  });

  it('say that their pattern is of another category by now, when people have decided', async () => {
    const { number, patternId } = await reported();
    await submit(`/bug-reports/${number}/status`, { status: 'triaged', reason: '' });
    const now = new Date();
    const features = ['c', 'd', 'e'].map((customer) => ({ customer, at: now, category: 'feature' as const }));
    await addReports(app.storage, { organizationId, integrationId, patternId }, features, { now });
    const { text } = await manager.get(`/bug-reports/${number}`);
    assert.match(text, /now of another category: feature requests/);
  });

  it('show that in their list too, with the button to follow where the other kind is meant', async () => {
    const { number, patternId } = await reported();
    const plain = await reported();
    await submit(`/bug-reports/${number}/status`, { status: 'triaged', reason: '' });
    const now = new Date();
    const features = ['c', 'd', 'e'].map((customer) => ({ customer, at: now, category: 'feature' as const }));
    await addReports(app.storage, { organizationId, integrationId, patternId }, features, { now });
    const rowOf = async (one: number) =>
      (await manager.get('/bug-reports?status=all')).text
        .split('<tr')
        .find((row) => row.includes(`href="/bug-reports/${one}"`)) ?? '';
    assert.match(await rowOf(number), /Pattern now: feature requests/);
    assert.ok((await rowOf(number)).includes(`action="/bug-reports/${number}/kind"`));
    assert.ok(!(await rowOf(plain.number)).includes('Pattern now'));
    await submit(`/bug-reports/${number}/kind`, { kind: 'feature' });
    assert.equal(await rowOf(number), '');
  });

  it('are not found by the number of another kind', async () => {
    const { number, recordId } = await reported();
    // More than there are feature requests, so that the number stands for a bug report only.
    await app.storage.connection
      .collection('issueRecords')
      .updateOne({ recordId }, { $set: { number: number + 1000 } });
    for (const rest of ['', '/customers', '/customers/preview']) {
      assert.equal((await manager.get(`/bug-reports/${number + 1000}${rest}`)).status, 200, rest);
      assert.equal((await manager.get(`/feature-requests/${number + 1000}${rest}`)).status, 404, rest);
    }
    assert.equal((await api('get', `/api/v1/feature-requests/${number + 1000}`)).status, 404);
    const change = await submit(`/feature-requests/${number + 1000}/comments`, { text: 'Astray' });
    assert.equal(change.status, 404);
  });

  it('say at the field how long a comment may be, and keep its text', async () => {
    const { number, recordId } = await reported();
    const path = `/bug-reports/${number}`;
    assert.match((await manager.get(path)).text, /<textarea[^>]*id="comment-text"[^>]*maxlength="10000"/);
    const refused = await submit(`${path}/comments`, { text: `Kept${'x'.repeat(10_000)}` });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="comment-text-error">Use at most 10,000 characters\./);
    assert.match(refused.text, /Keptxxxx/);
    assert.deepEqual(await app.storage.recordComments.list(organizationId, recordId), []);
    const lines = `${'line\r\n'.repeat(1_999)}last`;
    assert.equal((await submit(`${path}/comments`, { text: lines })).status, 303, 'a line break counts as one');
  });

  it('keep the check for the sweep where Temporal cannot be reached', async () => {
    const { number, recordId } = await reported();
    await submit(`/bug-reports/${number}/status`, { status: 'done', reason: '' });
    const record = await app.storage.issueRecords.byId(organizationId, recordId);
    assert.equal(Math.round(((record?.resolution?.checkAt.getTime() ?? 0) - Date.now()) / DAY_MS), 14);
    const waiting = await app.storage.issueRecords.uncheckedOutcomes(new Date(0), 100);
    assert.ok(waiting.some((one) => one.recordId === recordId));
    assert.match((await manager.get(`/bug-reports/${number}`)).text, /it is looked at whether reports stopped/);
  });

  it('tell each customer’s conversation what a person has read and changed, once', async () => {
    const { number, conversations, recordId } = await reported();
    const path = `/bug-reports/${number}/customers`;
    const [first = 0, second = 0] = conversations;
    const list = (await manager.get(path)).text;
    assert.match(list, /2 customers in 2 conversations/);
    const ticked = (text: string) => text.match(/<input[^>]*name="conversation"[^>]* checked/g)?.length ?? 0;
    assert.equal(ticked(list), 0, 'nobody is told by mistake');
    assert.ok(list.includes(`href="${path}?select=all"`));
    assert.equal(ticked((await manager.get(`${path}?select=all`)).text), 2);
    const preview = await manager.get(`${path}/preview?message=reply&conversation=${first}`);
    assert.match(preview.text, /Hello ada,/);
    assert.ok(!preview.text.includes(`text-${second}`));
    assert.deepEqual(await app.storage.recordMessages.ofRecord(organizationId, recordId), [], 'a look sends nothing');
    const empty = await submit(`${path}/messages`, {
      message: 'reply',
      conversation: [String(first)],
      [`text-${first}`]: ' ',
    });
    assert.equal(empty.status, 422);
    const fields = { message: 'reply', conversation: [String(first)], [`text-${first}`]: 'Hello Ada, it works.' };
    assert.equal((await submit(`${path}/messages`, fields)).status, 303);
    await submit(`${path}/messages`, { ...fields, [`text-${first}`]: 'Once more' });
    const messages = await app.storage.recordMessages.ofRecord(organizationId, recordId);
    assert.deepEqual(
      messages.map(({ conversationId, kind, text, by }) => [conversationId, kind, text, by]),
      [[first, 'reply', 'Hello Ada, it works.', 'manager@acme.example']],
    );
    const rows = await app.storage.syncEvents.list(organizationId, { conversationId: first }, { limit: 5 });
    assert.deepEqual(
      rows.events.map(({ type, direction }) => [type, direction]),
      [['conversationUpdated', 'outbound']],
    );
    const foreign = await submit(`${path}/messages`, { message: 'note', conversation: ['1'], 'text-1': 'x' });
    assert.equal(foreign.status, 303);
    assert.equal((await app.storage.recordMessages.ofRecord(organizationId, recordId)).length, 1);
  });

  it('wait in the inbox where a person is to approve them: approved, as another kind, or rejected for a reason', async () => {
    const approval = insightSettings({ records: 'approval' });
    const [asIs, asOther, not] = [
      await reported({}, approval),
      await reported({}, approval),
      await reported({}, approval),
    ];
    const { text } = await manager.get('/insights/approvals');
    assert.equal(text.match(/Approve bug report/g)?.length, 3);
    const at = (patternId: string, verb: string) => `/insights/approvals/${patternId}/${verb}`;
    await submit(at(asIs.patternId, 'approve'), {});
    await submit(at(asOther.patternId, 'approve'), { kind: 'feature' });
    await submit(at(not.patternId, 'reject'), { reason: '' });
    assert.equal((await app.storage.recordProposals.get(organizationId, not.patternId))?.state, 'waiting');
    await submit(at(not.patternId, 'reject'), { reason: 'known' });
    const kindOf = async (patternId: string) =>
      (await app.storage.issueRecords.byPattern(organizationId, patternId))?.kind;
    assert.deepEqual(
      [await kindOf(asIs.patternId), await kindOf(asOther.patternId), await kindOf(not.patternId)],
      ['bug', 'feature', undefined],
    );
    const after = (await manager.get('/insights/approvals')).text;
    assert.match(after, /Nothing waits/);
    assert.match(after, /Rejected: .*\(known\)/);
  });

  it('are not asked for where the pattern is none any more', async () => {
    const { patternId } = await reported({}, insightSettings({ records: 'approval' }));
    const waits = async () => (await manager.get('/insights/approvals')).text.includes(`/${patternId}/approve`);
    assert.equal(await waits(), true);
    // As an earlier version has left it: nothing was brought up to date with it.
    await app.storage.patterns.saveEmpty(organizationId, [patternId]);
    assert.equal(await waits(), false);
    assert.equal((await api('get', '/api/v1/approvals')).body.total, 0);
    await submit(`/insights/approvals/${patternId}/approve`, {});
    assert.match((await manager.get('/insights/approvals')).text, /in another pattern by now/);
    assert.equal((await api('post', `/api/v1/approvals/${patternId}/approve`, {})).status, 404);
    assert.equal(await app.storage.issueRecords.byPattern(organizationId, patternId), null);
  });

  describe('in the API', () => {
    it('are read with evidence, history and comments, and changed', async () => {
      const { number } = await reported({ severity: 'high' });
      const path = `/api/v1/bug-reports/${number}`;
      const changed = await api('patch', path, { status: 'planned', priority: 'low', title: 'By program' });
      assert.equal(changed.status, 200, changed.text);
      await api('post', `${path}/comments`, { text: 'Seen by a program' });
      const { body } = await api('get', path);
      assert.deepEqual(
        [body.status, body.priority, body.title, body.severity],
        ['planned', 'low', 'By program', 'high'],
      );
      assert.deepEqual(body.decided, ['title', 'priority']);
      assert.equal(body.evidence[0].quote, 'The export fails');
      assert.match(body.history.at(-1).by, /^API key /);
      assert.equal(body.comments[0].text, 'Seen by a program');
      assert.equal(body.scored.parts.length, 4);
      assert.equal((await api('patch', path, { status: 'dismissed' })).status, 422);
      const byPriority = await api('get', '/api/v1/bug-reports?sort=priority&status=all&limit=2');
      assert.equal(byPriority.body.data.length, 2);
      assert.ok(byPriority.body.nextCursor);
      const { data } = (await api('get', `${path}/customers`)).body;
      assert.deepEqual(data.map(({ email }: { email: string }) => email).sort(), [
        'ada@client.example',
        'bob@client.example',
      ]);
    });

    it('are approved and rejected', async () => {
      const { patternId } = await reported({}, insightSettings({ records: 'approval' }));
      const list = await api('get', '/api/v1/approvals');
      assert.deepEqual(
        list.body.data.map((one: { patternId: string }) => one.patternId),
        [patternId],
      );
      const approved = await api('post', `/api/v1/approvals/${patternId}/approve`, { kind: 'feature' });
      assert.equal(approved.body.record.kind, 'feature');
      const again = await api('post', `/api/v1/approvals/${patternId}/reject`, { reason: 'late' });
      assert.equal(again.body.outcome, 'alreadyDecided');
    });
  });
});
