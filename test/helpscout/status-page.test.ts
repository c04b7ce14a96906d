import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { readStatusPage } from '../../src/helpscout/status-page.ts';
import { control, start, stopAll } from '../sandbox/support.ts';

describe('Help Scout’s status page', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await stopAll();
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    return `http://127.0.0.1:${address.port}/api/v2/summary.json`;
  }
  const answering = (body: string, status = 200, headers: Record<string, string> = {}) =>
    serve((_request, response) => response.writeHead(status, headers).end(body));

  it('says that all is well, and what is not, as the sandbox’s switches are', async () => {
    const sandbox = await start();
    const url = `${sandbox.url}/status/api/v2/summary.json`;
    assert.deepEqual(await readStatusPage(url), {
      status: { indicator: 'none', description: 'All Systems Operational', incidents: [], components: [] },
    });
    await control(sandbox, 'PATCH', '/switches', { statusPage: { indicator: 'major', incident: 'API is slow' } });
    const answer = await readStatusPage(url);
    assert.ok('status' in answer);
    const { indicator, incidents, components } = answer.status;
    assert.equal(indicator, 'major');
    assert.deepEqual(
      incidents.map(({ name, state, impact }) => [name, state, impact]),
      [['API is slow', 'investigating', 'major']],
    );
    assert.ok(incidents[0]?.startedAt instanceof Date);
    assert.deepEqual(components, [{ name: 'Inbox API', state: 'partial_outage' }]);
  });

  it('takes an indicator it does not know, and times it cannot read, for what they are', async () => {
    const url = await answering(
      JSON.stringify({
        status: { indicator: 'purple', description: ' Something new ' },
        incidents: [{ name: 'x'.repeat(500), status: 'identified', started_at: 'yesterday', created_at: null }],
        components: [{ name: 'All', status: 'partial_outage', group: true }],
      }),
    );
    const answer = await readStatusPage(url);
    assert.ok('status' in answer);
    assert.equal(answer.status.indicator, 'unknown');
    assert.equal(answer.status.description, 'Something new');
    assert.equal(answer.status.incidents[0]?.name.length, 200);
    assert.equal(answer.status.incidents[0]?.startedAt, null);
    assert.deepEqual(answer.status.components, []);
  });

  it('is unreachable when nobody answers, or not in time', async () => {
    assert.deepEqual(await readStatusPage('http://127.0.0.1:1/'), { problem: 'unreachable' });
    const silent = await serve(() => undefined);
    assert.deepEqual(await readStatusPage(silent, { timeoutMs: 50 }), { problem: 'unreachable' });
    const stalling = await serve((_request, response) => void response.writeHead(200).write('{'));
    assert.deepEqual(await readStatusPage(stalling, { timeoutMs: 50 }), { problem: 'unreachable' });
  });

  it('is not read from another address than the one configured', async () => {
    let asked = 0;
    const elsewhere = await serve((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    const redirecting = await answering('', 302, { location: elsewhere });
    assert.deepEqual(await readStatusPage(redirecting), { problem: 'refused' });
    assert.equal(asked, 0);
    assert.deepEqual(await readStatusPage(await answering('no', 503)), { problem: 'refused' });
  });

  it('is unreadable when it is garbage, of another shape, or far too large', async () => {
    for (const body of ['<html>', '', '[]', 'null', '{"status":{"indicator":"none"}}', '{"status":"ok"}']) {
      assert.deepEqual(await readStatusPage(await answering(body)), { problem: 'unreadable' }, body);
    }
    const huge = await serve((_request, response) => {
      const chunk = ' '.repeat(64 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    assert.deepEqual(await readStatusPage(huge), { problem: 'unreadable' });
  });
});
