import assert from 'node:assert/strict';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import pino from 'pino';
import { logContext, loggableWorkflowId, noteLogContext, withLogContext } from '../../src/telemetry/log-context.ts';
import { privateSpans } from '../../src/telemetry/private-spans.ts';
import { forwardTemporalLogs } from '../../src/worker/temporal-logger.ts';

const EMAIL = 'grace@client.example';
const CUSTOMER_WORKFLOW = `customer:i1:${EMAIL}`;

describe('what leaves a process besides its answers', () => {
  it('has no words of errors in its spans, and no attribute that is not known', () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      resource: new Resource({ 'service.name': 'test' }),
      spanProcessors: [privateSpans(new SimpleSpanProcessor(exporter))],
    });
    const span = provider.getTracer('test').startSpan('RunActivity:syncCustomer');
    span.setAttributes({ temporalWorkflowId: CUSTOMER_WORKFLOW, run_id: 'r1', memo: EMAIL });
    span.recordException(new Error(`${EMAIL} is taken`));
    span.setStatus({ code: 2, message: `${EMAIL} is taken` });
    span.end();
    const [sent] = exporter.getFinishedSpans();
    assert.equal(sent?.name, 'RunActivity:syncCustomer');
    assert.deepEqual(sent.attributes, { temporalWorkflowId: 'customer:i1:customer', run_id: 'r1' });
    assert.deepEqual([sent.events, sent.status], [[], { code: 2 }]);
    assert.equal(sent.spanContext().traceId, span.spanContext().traceId);
  });

  it('names a customer’s workflow without the customer', () => {
    assert.equal(loggableWorkflowId(CUSTOMER_WORKFLOW), 'customer:i1:customer');
    assert.equal(loggableWorkflowId('customer:i1:crm-7'), 'customer:i1:customer');
    assert.equal(loggableWorkflowId('conversation:i1:7001'), 'conversation:i1:7001');
  });

  it('says on every line of the log whose work it is about, as far as that is known by then', async () => {
    const lines: string[] = [];
    const logger = pino({ mixin: logContext }, { write: (line) => void lines.push(line) });
    await withLogContext({ requestId: 'r1' }, async () => {
      logger.info('first');
      await Promise.resolve();
      noteLogContext({ organizationId: 'o1', workflowId: CUSTOMER_WORKFLOW });
      logger.info('second');
    });
    logger.info('third');
    const about = lines.map((line) => {
      const { requestId, organizationId, workflowId } = JSON.parse(line);
      return { requestId, organizationId, workflowId };
    });
    const nothing = { requestId: undefined, organizationId: undefined, workflowId: undefined };
    assert.deepEqual(about, [
      { ...nothing, requestId: 'r1' },
      { requestId: 'r1', organizationId: 'o1', workflowId: 'customer:i1:customer' },
      nothing,
    ]);
  });

  it('has ids, and neither tokens nor customers, in what Temporal’s SDK logs', () => {
    const lines: string[] = [];
    const logger = forwardTemporalLogs(pino({}, { write: (line) => void lines.push(line) }));
    const taskToken = Buffer.from(CUSTOMER_WORKFLOW).toString('base64');
    logger.warn('Activity failed', { workflowId: CUSTOMER_WORKFLOW, workflowRunId: 'r1', taskToken });
    const { workflowId, runId, ...rest } = JSON.parse(lines[0] ?? '{}');
    assert.deepEqual({ workflowId, runId }, { workflowId: 'customer:i1:customer', runId: 'r1' });
    assert.ok(!JSON.stringify(rest).includes(taskToken));
  });
});
