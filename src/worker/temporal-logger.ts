import { DefaultLogger, type Logger } from '@temporalio/worker';
import type { Logger as PinoLogger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Temporal's messages (SDK, workflows, activities) into our log, with the ids that come with them. */
export function forwardTemporalLogs(logger: PinoLogger): Logger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { error, ...fields } = meta ?? {};
    // Only the message: a failure's stack and cause may quote what a server answered.
    const reason = error instanceof Error ? error.message : undefined;
    logger[LEVELS[level]]({ ...fields, ...(reason && { reason }) }, message);
  });
}
