import assert from 'node:assert/strict';
import { type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import { fillOrganization } from '../support/filled-organization.ts';
import { addOrganization, useWebApp } from '../support/web-app.ts';

const ROWS = 7;

describe('lists of the API', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let call: ApiClient;
  let organizationId: string;
  let ids: Record<string, string>;

  before(async () => {
    const { storage } = app;
    const acme = await addOrganization(storage, 'Acme');
    ({ organizationId } = acme);
    ids = await fillOrganization(storage, acme, { conversationId: 7001, earlierRecords: ROWS - 1 });
    const integrationId = ids.integrationId ?? '';
    call = apiClient(app.origin, (await addApiKey(storage, organizationId)).secret);
    // Pairs at one time: the id decides between them.
    const times = Array.from({ length: ROWS }, (_, n) => new Date(Date.now() - Math.floor(n / 2) * 60_000));
    for (const [n, at] of times.entries()) {
      await storage.syncEvents.open(organizationId, [
        {
          eventId: `ticket:${organizationId}:s${n}`,
          integrationId,
          type: 'ticketCreated',
          direction: 'outbound',
          workflowId: `ticket:${organizationId}:s${n}`,
          customerEmail: `customer${n % 2}@example.com`,
          submissionId: `s${n}`,
          createdAt: at,
        },
      ]);
      const insight = await storage.insights.get(organizationId, 7001);
      assert.ok(insight);
      const { revision: _revision, organizationId: _organization, ...rest } = insight;
      await storage.insights.save(organizationId, { ...rest, conversationId: 7100 + n, reportedAt: at });
      await storage.auditTrail.record(organizationId, { at, by: 'ada@acme.example', action: 'tested', target: `${n}` });
      await storage.notifications.add(organizationId, {
        notificationId: `n${n}`,
        kind: 'alert',
        text: 'x',
        href: '/',
        at,
      });
      await storage.sentEmails.record(organizationId, {
        emailId: `e${n}`,
        kind: 'autoReply',
        to: 'ada@example.com',
        subject: 'Thanks',
        status: 'sent',
        error: '',
        customerEmail: 'ada@example.com',
        conversationId: null,
        submissionId: null,
        at,
      });
      const pattern = await storage.patterns.get(organizationId, ids.patternId ?? '');
      assert.ok(pattern);
      const patternId = `many-${n}`;
      await storage.patterns.saveCandidate(
        organizationId,
        integrationId,
        { patternId, title: patternId, centroid: { terms: [['a', 1]], members: 1 }, indexTerms: ['a'] },
        { category: 'bug', reportedAt: at },
      );
      await storage.patterns.saveCounts(organizationId, [
        { ...pattern, patternId, customers: n + 1, byCategory: { bug: 1 } },
      ]);
    }
  });

  const LISTS: [path: string, id: string, atLeast: number][] = [
    ['/api/v1/log/events', 'eventId', ROWS],
    ['/api/v1/log/events?range=custom&type=ticketCreated', 'eventId', ROWS],
    ['/api/v1/insights', 'conversationId', ROWS],
    ['/api/v1/patterns', 'patternId', ROWS],
    ['/api/v1/patterns?sort=rising', 'patternId', ROWS],
    ['/api/v1/bug-reports?status=all', 'number', ROWS],
    ['/api/v1/feature-requests?status=all', 'number', ROWS],
    ['/api/v1/audit-trail', 'entryId', ROWS],
    ['/api/v1/notifications', 'notificationId', ROWS],
    ['/api/v1/sent-emails', 'emailId', ROWS],
    ['/api/v1/submissions', 'submissionId', 0],
    ['/api/v1/suspected-duplicates', 'submissionId', 0],
  ];

  for (const [path, id, atLeast] of LISTS) {
    it(`pages through ${path} without gap or overlap`, async () => {
      const and = path.includes('?') ? '&' : '?';
      const whole = await call('get', `${path}${and}limit=200`);
      assert.equal(whole.status, 200, whole.text);
      assert.equal(whole.body.nextCursor, null);
      const all = whole.body.data.map((row: Record<string, unknown>) => row[id]);
      assert.ok(all.length >= atLeast, String(all.length));
      assert.equal(new Set(all).size, all.length);
      const found: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await call('get', `${path}${and}limit=3${cursor && `&cursor=${cursor}`}`);
        assert.equal(page.status, 200, page.text);
        assert.ok(page.body.data.length <= 3);
        found.push(...page.body.data.map((row: Record<string, unknown>) => row[id]));
        cursor = page.body.nextCursor;
      }
      assert.deepEqual(found, all);
    });
  }

  for (const [path] of LISTS) {
    it(`refuses cursors, limits and parameters that ${path} never gave or knew`, async () => {
      const and = path.includes('?') ? '&' : '?';
      const hostile = ['x', '~', '%00', 'e30', '{"$gt":""}', Buffer.from('1~').toString('base64url'), 'A'.repeat(601)];
      for (const [name, value] of [
        ...hostile.map((cursor) => ['cursor', cursor]),
        ['limit', '0'],
        ['limit', '201'],
        ['limit', 'many'],
        ['unknown', '1'],
      ] as [string, string][]) {
        const answer = await call('get', `${path}${and}${name}=${encodeURIComponent(value)}`);
        assert.equal(answer.status, 400, `${name}=${value}: ${answer.text.slice(0, 200)}`);
        assert.equal(answer.body.code, 'invalidQuery');
        assert.ok(answer.body.errors[name], name);
        if (name === 'limit') assert.match(answer.body.errors[name], /^This must be a whole number from 1 to \d+\.$/);
      }
    });
  }

  it('filters the log by the page’s names, and refuses what the page would ignore', async () => {
    const eventIds = async (query: string) => {
      const { body } = await call('get', `/api/v1/log/events?${query}`);
      return body.data.map((row: { eventId: string }) => row.eventId);
    };
    assert.equal((await eventIds('type=ticketCreated&status=pending&direction=outbound')).length, ROWS);
    assert.equal((await eventIds('type=ticketCreated&status=success')).length, 0);
    assert.equal((await eventIds('type=conversationSynced&type=ticketCreated')).length, ROWS + 1);
    assert.equal((await eventIds('q=customer1@example.com')).length, Math.floor(ROWS / 2));
    assert.deepEqual(await eventIds('q=.*'), []);
    assert.equal((await eventIds('range=custom&from=2001-01-01&to=2001-01-31')).length, 0);
    for (const wrong of ['status=faild', 'type=x', 'range=1y', 'range=custom&from=2026-02-30', 'direction=up']) {
      const answer = await call('get', `/api/v1/log/events?${wrong}`);
      assert.equal(answer.status, 400, `${wrong} ${answer.text}`);
    }
  });

  it('exports the rows of the list in its order, as NDJSON or CSV', async () => {
    const query = 'type=ticketCreated';
    const list = (await call('get', `/api/v1/log/events?${query}`)).body.data.map(
      (row: { eventId: string }) => row.eventId,
    );
    const ndjson = await call('get', `/api/v1/log/export?${query}`);
    assert.match(ndjson.headers.get('content-type') ?? '', /^application\/x-ndjson/);
    const lines = ndjson.text.trim().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).eventId),
      list,
    );
    const csv = await call('get', `/api/v1/log/export?${query}`, undefined, { accept: 'text/csv' });
    assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
    assert.equal(csv.text.trim().split('\r\n').length, list.length + 1);
    const other = await call('get', `/api/v1/log/export?${query}`, undefined, { accept: 'image/png' });
    assert.equal(other.status, 406);
    assert.equal(other.body.code, 'notAcceptable');
  });
});
