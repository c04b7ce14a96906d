import assert from 'node:assert/strict';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { startOperationsServer } from '../../src/telemetry/operations-server.ts';

describe('the server for those who run the installation', () => {
  let answers: boolean;
  let stopping: boolean;
  let server: Awaited<ReturnType<typeof startOperationsServer>>;
  beforeEach(async () => {
    [answers, stopping] = [true, false];
    const metrics = createMetrics();
    metrics.classifications.inc({ category: 'bug', outcome: 'classified', classifier: 'offline' });
    server = await startOperationsServer({
      host: '127.0.0.1',
      port: 0,
      metrics: () => metrics.registry.metrics(),
      readiness: {
        stopping: () => stopping,
        checks: { mongodb: async () => (answers ? 1 : Promise.reject(new Error('gone'))) },
      },
    });
  });
  afterEach(() => server.close());
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('offers metrics in Prometheus’s format', async () => {
    const { status, text } = await get('/metrics');
    assert.equal(status, 200);
    assert.match(
      text,
      /^insights_classifications_total\{category="bug",outcome="classified",classifier="offline"\} 1$/m,
    );
    assert.match(text, /^process_resident_memory_bytes \d+$/m);
  });

  it('is ready while its parts answer, and says which does not', async () => {
    assert.equal((await get('/readyz')).status, 200);
    answers = false;
    assert.deepEqual(await get('/readyz'), { status: 503, text: '{"status":"notReady","missing":["mongodb"]}' });
    assert.equal((await get('/livez')).status, 200);
  });

  it('is not ready once the process was told to stop', async () => {
    stopping = true;
    assert.deepEqual(await get('/readyz'), { status: 503, text: '{"status":"stopping","missing":[]}' });
  });

  it('has nothing else', async () => {
    assert.equal((await get('/')).status, 404);
  });
});
