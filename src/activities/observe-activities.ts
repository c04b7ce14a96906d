import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { z } from 'zod';
import { scopeOf } from '../domain/scope-of.ts';
import { syncEventSchema } from '../domain/sync-event.ts';
import { withLogContext } from '../telemetry/log-context.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** Which of an activity's values are measured; all others, and whatever else these hold, are let be. */
const measuredResult = z.object({ log: z.array(z.object({ row: z.string() })) });
const measuredRequest = z.object({
  conversationIds: z.array(z.number()),
  receivedAtMs: z.record(z.string(), z.number()),
});
const measuredUnfinished = z.object({
  changed: z.array(z.number()).catch([]),
  left: z.array(z.number()).catch([]),
});
const measuredRow = syncEventSchema.pick({ type: true, status: true }).extend({
  error: z.object({ code: z.string() }).nullable(),
});

/**
 * Around every activity: its lines of the log say whose work it is, and what it did is counted. Counting is done from
 * the outside, by what goes in and comes out, so that neither workflows nor activities know of it.
 */
export const observeActivities =
  (metrics: Metrics): ActivityInterceptorsFactory =>
  ({ info }) => {
    let scope = {};
    return {
      inbound: {
        execute(input, next) {
          scope = scopeOf(input.args);
          const { workflowId, runId } = info.workflowExecution ?? {};
          const context = { ...scope, ...(workflowId && { workflowId }), ...(runId && { runId }) };
          const waitedSeconds = secondsSince(info.currentAttemptScheduledTimestampMs);
          metrics.activityWait.observe({ queue: info.taskQueue }, waitedSeconds);
          return withLogContext(context, async () => {
            const result = await next(input);
            countRows(metrics, result);
            countDelays(metrics, info.activityType, input.args, result);
            return result;
          });
        },
      },
      outbound: { getLogAttributes: (input, next) => next({ ...input, ...scope }) },
    };
  };

function countRows(metrics: Metrics, result: unknown): void {
  const rows = measuredResult.safeParse(result);
  for (const { row } of rows.success ? rows.data.log : []) {
    const { type, status, error } = measuredRow.parse(JSON.parse(row));
    // The other states are on the way to one of these.
    if (status === 'pending' || status === 'retrying') continue;
    metrics.syncs.inc({ type, status, cause: error?.code ?? 'none' });
  }
}

/**
 * Of a batch that webhooks told about. A conversation is processed when it is classified, or when there turned out to be
 * nothing new in it: then whoever waits for it sees what there is to see.
 */
function countDelays(metrics: Metrics, activityType: string, args: readonly unknown[], result: unknown): void {
  const request = measuredRequest.safeParse(args[1]);
  if (!request.success) return;
  const { conversationIds, receivedAtMs } = request.data;
  const unfinished = measuredUnfinished.parse(result);
  const later = new Set(activityType === 'classifyConversations' ? unfinished.left : unfinished.changed);
  for (const conversationId of conversationIds) {
    const atMs = receivedAtMs[conversationId];
    if (atMs !== undefined && !later.has(conversationId)) metrics.webhookDelay.observe(secondsSince(atMs));
  }
}

const secondsSince = (atMs: number) => Math.max(0, Date.now() - atMs) / 1000;
