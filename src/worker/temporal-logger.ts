import { DefaultLogger, type Logger } from '@temporalio/worker';
import type { Logger as PinoLogger } from 'pino';
import { loggableWorkflowId } from '../telemetry/log-context.ts';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Temporal's messages (SDK, workflows, activities) into our log, with the ids that come with them. */
export function forwardTemporalLogs(logger: PinoLogger): Logger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    // A task's token has the workflow's id in it, which of a customer's is not ours to write down.
    const { error, workflowId, workflowRunId, taskToken: _, ...fields } = meta ?? {};
    // Only the message: a failure's stack and cause may quote what a server answered.
    const reason = error instanceof Error ? error.message : undefined;
    const ids = {
      ...(typeof workflowId === 'string' && { workflowId: loggableWorkflowId(workflowId) }),
      ...(workflowRunId !== undefined && { runId: workflowRunId }),
    };
    logger[LEVELS[level]]({ ...fields, ...ids, ...(reason && { reason }) }, message);
  });
}
