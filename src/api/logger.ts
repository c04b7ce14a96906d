import pino, { type DestinationStream, type Logger } from 'pino';
import { logContext } from '../telemetry/log-context.ts';

/** The web process's log: JSON lines. Errors are cut down to what they say of themselves. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { process: 'api' }, serializers: { err: describeError }, mixin: logContext };
  return destination ? pino(options, destination) : pino(options);
}

interface ErrorDescription {
  type: string;
  message: string;
  stack?: string | undefined;
  cause?: ErrorDescription;
}

/**
 * Type, message, stack and causes, but no other fields: libraries hang documents, requests and options on their
 * errors, with personal data and secrets in them. A duplicate key's message repeats the key, so it is left out.
 */
function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const isDuplicateKey = 'code' in error && error.code === 11000;
  return {
    type: error.name,
    message: isDuplicateKey ? 'duplicate key' : error.message,
    ...(!isDuplicateKey && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
