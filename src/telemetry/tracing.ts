import { createRequire } from 'node:module';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry/lib/client/index.js';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
} from '@temporalio/interceptors-opentelemetry/lib/worker/index.js';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { privateSpans } from './private-spans.ts';

const WORKFLOW_MODULE = createRequire(import.meta.url).resolve(
  '@temporalio/interceptors-opentelemetry/lib/workflow-interceptors',
);

/**
 * Sends traces to an OTLP receiver, for a whole process: called once, by a `main.ts`, where an endpoint is set. Requests,
 * calls of Temporal, workflow code and activities become spans of one trace; what they say is cut (private-spans.ts).
 */
export function startTracing({ endpoint, service }: { endpoint: string; service: string }) {
  const resource = new Resource({ 'service.name': service });
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const processor = privateSpans(new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 }));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  // Sets what every library of this process asks for its tracer, context and headers.
  provider.register();
  const activity: ActivityInterceptorsFactory = (context) => ({
    inbound: new OpenTelemetryActivityInboundInterceptor(context),
  });
  return {
    /** For `new Client({ interceptors })`. */
    client: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] },
    /** For `Worker.create`; the activity's has to stand outside all others. */
    worker: {
      activity,
      workflowModules: [WORKFLOW_MODULE],
      sinks: { exporter: makeWorkflowExporter(processor, resource) },
    },
    /** Sends what is left. A receiver that does not answer is no reason to stay. */
    stop: () => provider.shutdown().catch(() => undefined),
  };
}
