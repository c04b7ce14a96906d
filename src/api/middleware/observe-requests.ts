import type { IncomingMessage } from 'node:http';
import { type Span, SpanKind, trace, context as tracingContext } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import { type LogContext, withLogContext } from '../../telemetry/log-context.ts';
import type { Metrics } from '../../telemetry/metrics.ts';

/** Asked every few seconds by whoever watches over the process; traces of that would hide the others. */
const PROBES = new Set(['/livez', '/readyz', '/healthz']);

const contexts = new WeakMap<IncomingMessage, LogContext>();

/** What was found out about a request, for its line in the log. */
export const logContextOf = (req: IncomingMessage): LogContext => contexts.get(req) ?? {};

/** Around every request: a context for its lines of the log, its duration by route, and a span where traces are taken. */
export function observeRequests(metrics: Metrics | undefined): RequestHandler {
  const tracer = trace.getTracer('helpscout-insights-api');
  return (req, res, next) => {
    const context: LogContext = { requestId: String(req.id) };
    contexts.set(req, context);
    const startedAtMs = performance.now();
    const span = PROBES.has(req.path) ? null : tracer.startSpan(`HTTP ${req.method}`, { kind: SpanKind.SERVER });
    res.once('close', () => {
      const labels = { method: req.method, route: routeOf(req), status: statusOf(res) };
      metrics?.httpRequests.observe(labels, (performance.now() - startedAtMs) / 1000);
      if (span) finish(span, req, res, context);
    });
    // Without a receiver of traces both the tracer and its spans do nothing.
    const active = tracingContext.active();
    const within = span ? trace.setSpan(active, span) : active;
    tracingContext.with(within, () => withLogContext(context, () => next()));
  };
}

function finish(span: Span, req: Request, res: Response, { requestId, organizationId, integrationId }: LogContext) {
  span.updateName(`${req.method} ${routeOf(req)}`);
  span.setAttributes({
    'http.request.method': req.method,
    'http.route': routeOf(req),
    'http.response.status_code': res.statusCode,
    ...(requestId && { requestId }),
    ...(organizationId && { organizationId }),
    ...(integrationId && { integrationId }),
  });
  span.end();
}

/** The route as it is declared, never the path: that has ids, keys and addresses in it. */
function routeOf(req: Request): string {
  const path: unknown = req.route?.path;
  if (typeof path !== 'string') return 'none';
  return path.startsWith('/static/') ? '/static' : path;
}

const statusOf = (res: Response) => (res.writableFinished ? `${Math.floor(res.statusCode / 100)}xx` : 'aborted');
