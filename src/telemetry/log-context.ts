import { AsyncLocalStorage } from 'node:async_hooks';

/** What a line of the log is about. Ids of our own only. */
export interface LogContext {
  requestId?: string;
  organizationId?: string;
  integrationId?: string;
  workflowId?: string;
  runId?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();

/** Runs `work` so that every line it logs says what it is about. */
export const withLogContext = <T>(context: LogContext, work: () => T): T => contexts.run(context, work);

/** Adds what was found out meanwhile to the lines of the request or activity under way. */
export function noteLogContext(found: LogContext): void {
  const context = contexts.getStore();
  if (context) Object.assign(context, found);
}

/** The fields for a line that is being written; pino's `mixin`. */
export function logContext(): LogContext {
  const { workflowId, ...context } = contexts.getStore() ?? {};
  return workflowId === undefined ? context : { ...context, workflowId: loggableWorkflowId(workflowId) };
}

/** A customer's workflow is named after the id that the organization's own systems use, which may be an address. */
export const loggableWorkflowId = (workflowId: string): string =>
  workflowId.replace(/^(customer:[^:]+:).*$/s, '$1customer').replace(/[^:/]*(?:@|%40)[^:/]*/g, 'address');
