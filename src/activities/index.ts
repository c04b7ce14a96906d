import { createClassifyActivities } from './classify-activities.ts';
import { createConnectionActivities } from './connection-activities.ts';
import { createConnections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { createDocsActivities } from './docs-activities.ts';
import { createImportActivities } from './import-activities.ts';
import { createLogActivities } from './log-activities.ts';
import { createRetryActivities } from './retry-activities.ts';

/** Every activity, for both task queues: which one runs where is the workflow's choice (activity-profiles.ts). */
export function createActivities(deps: ActivityDeps) {
  const connections = createConnections(deps);
  return {
    ...createConnectionActivities(deps, connections),
    ...createDocsActivities(deps, connections),
    ...createImportActivities(deps, connections),
    ...createClassifyActivities(deps),
    ...createLogActivities(deps),
    ...createRetryActivities(deps),
  };
}
export type Activities = ReturnType<typeof createActivities>;
