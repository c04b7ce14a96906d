import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import { addOrganization, useWebApp } from '../support/web-app.ts';

describe('problems of the API', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let call: ApiClient;
  let secret: string;

  before(async () => {
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    ({ secret } = await addApiKey(app.storage, organizationId));
    call = apiClient(app.origin, secret);
  });

  it('answers addresses that nothing is at', async () => {
    for (const path of ['/api/v1', '/api/v1/', '/api/v1/nothing', '/api/v1/log/events/a/b/c', '/api/v1/insights/x']) {
      const answer = await call('get', path);
      assert.equal(answer.status, 404, path);
      assert.equal(answer.body.code, 'notFound', path);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    }
  });

  it('answers methods that an address does not take, and names those it does', async () => {
    for (const method of ['post', 'put', 'delete', 'patch']) {
      const answer = await call(method, '/api/v1/insights');
      assert.equal(answer.status, 405, method);
      assert.equal(answer.body.code, 'methodNotAllowed');
      assert.equal(answer.headers.get('allow'), 'GET, HEAD, OPTIONS');
    }
    const options = await call('options', '/api/v1/settings');
    assert.equal(options.status, 204);
    assert.equal(options.headers.get('allow'), 'GET, PATCH, HEAD, OPTIONS');
    assert.equal((await call('head', '/api/v1/insights')).status, 200);
  });

  it('names each field of a body that does not fit', async () => {
    const answer = await call('patch', '/api/v1/settings', {
      duplicates: { mode: 'maybe', windowHours: 0 },
      alerts: { silence: { days: 1 } },
      colour: 'red',
    });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.code, 'invalidBody');
    assert.deepEqual(Object.keys(answer.body.errors).sort(), [
      'alerts.silence.days',
      'colour',
      'duplicates.mode',
      'duplicates.windowHours',
    ]);
  });

  it('takes garbage of every kind without failing', async () => {
    const bodies = [
      'null',
      '1',
      '""',
      '[[[[]]]]',
      '{"__proto__":{"admin":true}}',
      '{"constructor":1}',
      '{"a":1e999}',
      '\u0000',
    ];
    for (const body of bodies) {
      const answer = await call('patch', '/api/v1/settings', body);
      assert.ok([200, 400, 422].includes(answer.status), `${body}: ${answer.status} ${answer.text}`);
    }
    const types: Record<string, string>[] = [
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-type': 'application/json', 'content-encoding': 'zstandard' },
      { 'content-type': 'text/plain' },
    ];
    for (const headers of types) {
      const answer = await call('patch', '/api/v1/settings', '{}', headers);
      assert.equal(answer.status, 415, JSON.stringify(headers));
      assert.equal(answer.body.code, 'wrongContentType');
    }
    for (const path of [
      '/api/v1/log/events/%00',
      '/api/v1/log/events/%E0%A4%A',
      '/api/v1/log/events?q[$ne]=1',
      '/api/v1/bug-reports/1e3',
    ]) {
      const answer = await call('get', path);
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status} ${answer.text}`);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, path);
    }
  });

  it('tells nothing of a failure of ours but a reference, which the log has in full', async () => {
    const { list } = app.storage.insights;
    app.storage.insights.list = async () => {
      throw new Error('the pool of mongodb://internal is empty');
    };
    try {
      const answer = await call('get', '/api/v1/insights');
      assert.equal(answer.status, 500);
      assert.equal(answer.body.code, 'internalError');
      assert.doesNotMatch(answer.text, /mongodb|pool/);
      const line = app.logLines.find((text) => text.includes(answer.body.reference) && text.includes('the pool of'));
      assert.ok(line);
      assert.ok(!line.includes(secret));
    } finally {
      app.storage.insights.list = list;
    }
  });

  it('says so when Temporal does not answer, and changes nothing', async () => {
    const { storage } = app;
    const organizationId = (await storage.apiKeys.find(secret))?.organizationId ?? '';
    const { integrationId } = await storage.integrations.create(organizationId);
    await storage.integrations.update(organizationId, integrationId, { state: 'live' });
    const answer = await call('post', `/api/v1/integrations/${integrationId}/pause`);
    assert.equal(answer.status, 503);
    assert.equal(answer.body.code, 'temporalUnavailable');
    assert.ok(answer.headers.get('retry-after'));
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const { hostname, port } = new URL(app.origin);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `PATCH /api/v1/settings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"dup`,
          () => socket.destroy(),
        );
      });
      socket.on('close', () => resolve()).on('error', reject);
    });
    assert.equal((await call('get', '/api/v1/settings')).status, 200);
  });
});
