import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** From a few milliseconds to the ten seconds after which Help Scout gives a webhook up. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From the half minute of quiet that every conversation is given to the hours of an outage. */
const DELAY_SECONDS = [1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 300, 900, 3600, 4 * 3600, 24 * 3600];
const WAIT_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/**
 * What a process tells Prometheus. Labels are words of this product only (types, causes, routes as they are declared):
 * never an organization, an address or a text, so their number is bounded and they may be shown to any operator.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,

    httpRequests: new Histogram({
      name: 'insights_http_request_duration_seconds',
      help: 'Time from the request to the end of its answer.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: REQUEST_SECONDS,
      registers,
    }),
    webhookDelay: new Histogram({
      name: 'insights_webhook_delay_seconds',
      help: 'Time from a webhook being received to its conversation being processed, the quiet time included.',
      buckets: DELAY_SECONDS,
      registers,
    }),
    activityWait: new Histogram({
      name: 'insights_activity_wait_seconds',
      help: 'Time that activities waited on a task queue for a worker.',
      labelNames: ['queue'] as const,
      buckets: WAIT_SECONDS,
      registers,
    }),
    syncs: new Counter({
      name: 'insights_syncs_total',
      help: 'Rows of the log that were settled, by type, status and cause of failure.',
      labelNames: ['type', 'status', 'cause'] as const,
      registers,
    }),
    classifications: new Counter({
      name: 'insights_classifications_total',
      help: 'Classifications, by category, outcome and classifier.',
      labelNames: ['category', 'outcome', 'classifier'] as const,
      registers,
    }),
    tokens: new Counter({
      name: 'insights_llm_tokens_total',
      help: 'Tokens of answered calls to a paid model; input counts the cached part too.',
      labelNames: ['kind', 'purpose'] as const,
      registers,
    }),
    cost: new Counter({
      name: 'insights_llm_cost_usd_total',
      help: 'US dollars by list price of answered calls to a paid model.',
      labelNames: ['purpose'] as const,
      registers,
    }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
