import { DefaultLogger, Runtime } from '@temporalio/worker';

let quiet = false;

/** Keeps Temporal's own messages out of the test report; the runtime can be set up once per process only. */
export function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  const telemetryOptions = { logging: { filter: 'ERROR' as const, forward: {} } };
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions });
}
