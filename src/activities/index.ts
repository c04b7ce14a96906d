import { createAlertActivities } from './alert-activities.ts';
import { createClassifyActivities } from './classify-activities.ts';
import { createConnectionActivities } from './connection-activities.ts';
import { createConnections } from './connections.ts';
import { createCustomerActivities } from './customer-activities.ts';
import { createCustomerBatchActivities } from './customer-batch-activities.ts';
import type { ActivityDeps } from './deps.ts';
import { createDiagnosticActivities } from './diagnostic-activities.ts';
import { createDocsActivities } from './docs-activities.ts';
import { createImportActivities } from './import-activities.ts';
import { createLogActivities } from './log-activities.ts';
import { createRetentionActivities } from './retention-activities.ts';
import { createRetryActivities } from './retry-activities.ts';
import { createRetryRunActivities } from './retry-run-activities.ts';
import { createSubmissionActivities } from './submission-activities.ts';
import { createTicketActivities } from './ticket-activities.ts';

/** Every activity, for both task queues: which one runs where is the workflow's choice (activity-profiles.ts). */
export function createActivities(deps: ActivityDeps) {
  const connections = createConnections(deps);
  return {
    ...createConnectionActivities(deps, connections),
    ...createDocsActivities(deps, connections),
    ...createImportActivities(deps, connections),
    ...createClassifyActivities(deps),
    ...createCustomerActivities(deps, connections),
    ...createCustomerBatchActivities(deps),
    ...createLogActivities(deps),
    ...createRetentionActivities(deps),
    ...createRetryActivities(deps),
    ...createRetryRunActivities(deps, connections),
    ...createTicketActivities(deps, connections),
    ...createSubmissionActivities(deps),
    ...createDiagnosticActivities(deps, connections),
    ...createAlertActivities(deps),
  };
}
export type Activities = ReturnType<typeof createActivities>;
