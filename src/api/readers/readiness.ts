import type { Readiness } from '../../telemetry/readiness.ts';
import type { AppDeps } from '../deps.ts';

/** Shorter than a check may take, so that no call outlives it. */
const TEMPORAL_MS = 2_500;

/** What the web app needs to take requests: its database, Temporal, and not being told to stop. */
export function readiness({ storage, temporal, stopping = () => false }: AppDeps): Readiness {
  return {
    stopping,
    checks: {
      mongodb: async () => storage.connection.db?.admin().ping(),
      temporal: () =>
        temporal.withDeadline(Date.now() + TEMPORAL_MS, () =>
          temporal.workflowService.describeNamespace({ namespace: temporal.options.namespace }),
        ),
    },
  };
}
