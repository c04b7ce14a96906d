import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePort } from '../../src/local/ports.ts';
import { signedWebhooks } from '../operations/signed-webhooks.ts';
import { startTraceReceiver } from '../operations/trace-receiver.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';

const CONVERSATIONS = 48;
const FAILING = 7003;
const GRAFANA = join(import.meta.dirname, '../../ops/grafana');
/** Words of the corpus, and anything like an address. */
const PRIVATE = /since this morning|client\.example|[\w.+-]+@[\w-]+\.[a-z]{2,}/i;

describe('running the product', function () {
  this.timeout(240_000);
  let running: RunningStack;
  let traces: Awaited<ReturnType<typeof startTraceReceiver>>;
  let metricsPort: number;
  let integrationId: string;

  before(async () => {
    traces = await startTraceReceiver();
    metricsPort = await twoFreePorts();
    running = await startRunningStack({
      corpus: Array.from({ length: CONVERSATIONS }, (_, index) => ({
        id: `c-${index}`,
        text: `The export of report ${index % 16} stops with error ${index % 16} since this morning. Please fix it.`,
        customerEmail: `person-${index % 36}@client.example`,
      })),
      env: {
        METRICS_PORT: String(metricsPort),
        OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
        SHUTDOWN_DRAIN_SECONDS: '1',
      },
    });
    await running.forbid(FAILING);
  });
  after(async () => {
    await running?.stop();
    await traces?.stop();
  });

  const operations = async (process: 'api' | 'worker', path: string) => {
    const response = await fetch(`http://127.0.0.1:${metricsPort + (process === 'worker' ? 1 : 0)}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const logOf = async (name: 'api' | 'worker') => {
    const text = await readFile(join(running.dataDir, 'logs', `${name}.log`), 'utf8');
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    return { text, lines: lines.map((line): Record<string, unknown> => JSON.parse(line)) };
  };

  it('leaves no half-written row when a worker is told to stop in the middle of a scan', async () => {
    const { stack, storage, organizationId } = running;
    integrationId = await running.connect();
    const classified = async () => (await storage.insights.counts(organizationId, {})).total;
    await until(async () => (await classified()) > CONVERSATIONS / 4, { what: 'progress', timeoutMs: 120_000 });
    assert.equal((await operations('worker', '/readyz')).status, 200);
    await stack.kill('worker', 'SIGTERM');
    const rows = async () => {
      const types = ['conversationSynced' as const];
      const { events } = await storage.syncEvents.list(organizationId, { types }, { limit: 1000 });
      return events.filter(({ conversationId }) => conversationId !== FAILING);
    };
    const ids = (await rows()).map(({ conversationId }) => conversationId ?? 0);
    const insights = await storage.insights.getMany(organizationId, integrationId, ids);
    const done = (await rows())
      .filter(({ status }) => status === 'success')
      .map(({ conversationId }) => conversationId);
    assert.deepEqual(done.sort(), insights.map(({ conversationId }) => conversationId).sort());

    await stack.restart('worker');
    await running.untilScanned(integrationId);
    const after = await rows();
    assert.deepEqual([...new Set(after.map(({ status }) => status))], ['success']);
    assert.equal(after.length, CONVERSATIONS - 1);
  });

  it('loses no webhook that was answered when the web app is told to stop in the middle of traffic', async () => {
    const { stack } = running;
    const webhooks = await signedWebhooks(running, integrationId);
    const answered = new Map<number, number>();
    let sending = true;
    let sent = 0;
    const send = async () => {
      while (sending) {
        sent += 1;
        const conversationId = 7004 + (sent % 20);
        const status = await webhooks.deliver(conversationId);
        if (status === 204) answered.set(conversationId, (answered.get(conversationId) ?? 0) + 1);
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const senders = Array.from({ length: 8 }, send);
    await until(() => sent > 100);
    const stopped = stack.kill('api', 'SIGTERM');
    // It goes on serving for a second, so that whoever sends requests sees first that it should not.
    await until(async () => (await operations('api', '/readyz')).status === 503, { what: 'not being ready' });
    assert.match((await operations('api', '/readyz')).text, /stopping/);
    assert.equal((await fetch(`${stack.urls.api}/livez`)).status, 200);
    await stopped;
    sending = false;
    await Promise.all(senders);

    const held = await webhooks.held();
    const total = [...answered.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(total > 50, `${total} were answered`);
    for (const [conversationId, count] of answered) {
      assert.ok((held.get(conversationId) ?? 0) >= count, `${conversationId}: ${held.get(conversationId)} of ${count}`);
    }
    await stack.restart('api');
    assert.equal((await fetch(`${stack.urls.api}/readyz`)).status, 200);
    assert.equal((await fetch(`${stack.urls.api}/healthz`)).status, 200);
  });

  it('exports every metric that the dashboards and alerts show, and none with a name or an address in it', async () => {
    // Both processes count from their restart on.
    const news = { type: 'customer', text: 'Now the import stops with error 77 too, it crashes every time.' };
    await running.control('POST', '/conversations/7005/messages', news);
    await running.forbid(7006);
    await running.control('POST', '/conversations/7006/messages', news);
    const measured = async () =>
      (await Promise.all((['api', 'worker'] as const).map((name) => operations(name, '/metrics')))).map(
        ({ text }) => text,
      );
    const counted = [
      'insights_webhook_delay_seconds_count ',
      'insights_http_request_duration_seconds_count{method="POST",route="/webhooks/helpscout/:webhookKey",status="2xx"} ',
      'insights_classifications_total{category="bug",outcome="classified",classifier="offline"} ',
      'insights_syncs_total{type="conversationUpdated",status="failed",cause="forbidden"',
    ];
    const missing = async () => {
      const lines = (await measured()).join('\n').split('\n');
      return counted.filter((series) => !lines.some((line) => line.startsWith(series) && !line.endsWith(' 0')));
    };
    await until(async () => (await missing()).length === 0).catch(async () => assert.deepEqual(await missing(), []));
    const text = (await measured()).join('\n');
    const exported = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const files = (await readdir(GRAFANA)).filter((name) => /\.(json|ya?ml)$/.test(name));
    assert.ok(files.length > 0);
    for (const file of files) {
      const named = (await readFile(join(GRAFANA, file), 'utf8')).match(
        /\b(insights|temporal|nodejs|process)_[a-z0-9_]+/g,
      );
      for (const name of new Set(named)) {
        const base = name.replace(/_(bucket|sum|count)$/, '');
        assert.ok(exported.has(name) || exported.has(base), `${file}: ${name} is not exported`);
      }
    }
    const { stack, storage, organizationId } = running;
    const organization = await storage.organizations.get(organizationId);
    for (const name of [organizationId, integrationId, `"${organization?.name}"`]) {
      assert.ok(!text.includes(name), `${name} is in the metrics`);
    }
    assert.ok(!PRIVATE.test(text), 'an address or a text is in the metrics');
    assert.equal((await fetch(`${stack.urls.api}/metrics`)).status, 404);
  });

  it('sends one trace from a request through the workflow to its activities', async () => {
    const chosen = () =>
      traces.spans.find(({ name }) => name === 'POST /settings/integrations/:integrationId/mailboxes');
    const ofTheTrace = () => {
      const spans = traces.spans.filter(({ traceId }) => traceId === chosen()?.traceId);
      return spans.map(({ name }) => name);
    };
    const steps = ['HandleUpdate:selectMailboxes', 'RunWorkflow:scan', 'RunActivity:importPage'];
    await until(() => steps.every((step) => ofTheTrace().includes(step)), { what: 'the trace' });
    assert.ok(!traces.spans.some(({ name }) => name === 'GET /healthz'), 'what only asks for health is not traced');
    assert.ok(!PRIVATE.test(traces.text()), 'an address or a text is in the traces');
  });

  it('logs whose work each line is about, and no address or text', async () => {
    const { organizationId } = running;
    const [api, worker] = [await logOf('api'), await logOf('worker')];
    const webhooks = api.lines.filter(({ req }) => JSON.stringify(req ?? {}).includes('/webhooks/helpscout/'));
    assert.ok(webhooks.length > 0);
    for (const line of webhooks) {
      assert.equal(line.organizationId, organizationId);
      assert.equal(line.integrationId, integrationId);
    }
    const ofActivities = worker.lines.filter(({ activityType }) => typeof activityType === 'string');
    assert.ok(ofActivities.length > 0);
    for (const line of ofActivities) {
      assert.ok(typeof line.workflowId === 'string' && typeof line.runId === 'string', JSON.stringify(line));
      if (line.workflowType !== 'integration' && line.workflowType !== 'conversationSync') continue;
      assert.equal(line.organizationId, organizationId);
      assert.equal(line.integrationId, integrationId);
    }
    for (const { text } of [api, worker]) assert.equal(PRIVATE.exec(text)?.[0], undefined);
  });
});

/** A free port whose next one is free too: the worker takes that. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const port = await choosePort(0);
    if ((await choosePort(port + 1)) === port + 1) return port;
  }
}
