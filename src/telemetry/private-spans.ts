import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { loggableWorkflowId } from './log-context.ts';

/** What a span may carry on its way out; whatever else a library put on it stays here. */
const KEPT = new Set([
  ...['run_id', 'temporalWorkflowId', 'temporalActivityId', 'temporalUpdateId'],
  ...['workflowId', 'runId', 'workflowType', 'taskQueue', 'organizationId', 'integrationId'],
  ...['http.request.method', 'http.route', 'http.response.status_code', 'requestId'],
]);

const kept = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => KEPT.has(name))
      .map(([name, value]) => [name, typeof value === 'string' ? loggableWorkflowId(value) : value]),
  );

/**
 * Lets spans pass without the words of errors, memos and search attributes: a message may quote what somebody wrote, and
 * what traces are kept in knows nothing of organizations.
 */
export function privateSpans(to: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => to.onStart(span, context),
    onEnd: (span) => to.onEnd(withoutWords(span)),
    forceFlush: () => to.forceFlush(),
    shutdown: () => to.shutdown(),
  };
}

function withoutWords(span: ReadableSpan): ReadableSpan {
  const changed = { attributes: kept(span.attributes), events: [], status: { code: span.status.code } };
  return new Proxy(span, {
    get: (target, name) => {
      const value = name in changed ? Reflect.get(changed, name) : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
