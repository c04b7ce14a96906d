import type { WorkflowInterceptors } from '@temporalio/workflow';
import { scopeOf } from '../domain/scope-of.ts';

/** The header that carries a trace; the OpenTelemetry interceptors write it. */
const TRACE_HEADER = '_tracer-data';

/**
 * Around every workflow: lines of the log say whose work it is, and each run is a trace of its own, since an integration
 * that goes on as new for years would otherwise be one without an end. Nothing here waits or commands, so histories replay with and without.
 */
export const interceptors = (): WorkflowInterceptors => {
  let scope = {};
  return {
    inbound: [
      {
        execute(input, next) {
          scope = scopeOf(input.args);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        getLogAttributes: (input, next) => next({ ...input, ...scope }),
        continueAsNew(input, next) {
          const { [TRACE_HEADER]: _, ...headers } = input.headers;
          return next({ ...input, headers });
        },
      },
    ],
  };
};
