import { createAlertActivities } from './alert-activities.ts';
import { createClassifyActivities } from './classify-activities.ts';
import { createConnectionActivities } from './connection-activities.ts';
import { createConnections } from './connections.ts';
import { createCustomerActivities } from './customer-activities.ts';
import { createCustomerBatchActivities } from './customer-batch-activities.ts';
import type { ActivityDeps } from './deps.ts';
import { createDiagnosticActivities } from './diagnostic-activities.ts';
import { createDocsActivities } from './docs-activities.ts';
import { createDocsConnection } from './docs-connection.ts';
import { createDocsSyncActivities } from './docs-sync-activities.ts';
import { createEditionActivities } from './edition-activities.ts';
import { createEraseActivities } from './erase-activities.ts';
import { createEstimateActivities } from './estimate-activities.ts';
import { createImportActivities } from './import-activities.ts';
import { createLogActivities } from './log-activities.ts';
import { createLoopActivities } from './loop-activities.ts';
import { createMessageBatchActivities } from './message-batch-activities.ts';
import { createWaitNotes } from './note-waits.ts';
import { createNotifyActivities } from './notify-activities.ts';
import { createPlacementActivities } from './placement-activities.ts';
import { createRecordActivities } from './record-activities.ts';
import { createRepairActivities } from './repair-activities.ts';
import { createRetentionActivities } from './retention-activities.ts';
import { createRetrainActivities } from './retrain-activities.ts';
import { createRetryActivities } from './retry-activities.ts';
import { createRetryRunActivities } from './retry-run-activities.ts';
import { createSubmissionActivities } from './submission-activities.ts';
import { createTicketActivities } from './ticket-activities.ts';
import { createWaitingActivities } from './waiting-activities.ts';
import { createWatchActivities } from './watch-activities.ts';
import { createWebhookImport } from './webhook-import.ts';
import { createWhatIfActivities } from './what-if-activities.ts';

/** Every activity, for both task queues: which one runs where is the workflow's choice (activity-profiles.ts). */
export function createActivities(deps: ActivityDeps) {
  const connections = createConnections(deps);
  const docs = createDocsConnection(deps, connections);
  const imports = createImportActivities(deps, connections);
  const classify = createClassifyActivities(deps);
  return createWaitNotes(deps).watched({
    ...createConnectionActivities(deps, connections),
    ...createDocsActivities(deps, docs),
    ...createDocsSyncActivities(deps, docs),
    ...imports,
    ...createWebhookImport(imports.importConversations, classify.classifyConversations),
    ...createEstimateActivities(deps, connections),
    ...classify,
    ...createMessageBatchActivities(deps),
    ...createCustomerActivities(deps, connections),
    ...createCustomerBatchActivities(deps),
    ...createLogActivities(deps),
    ...createLoopActivities(deps, connections),
    ...createPlacementActivities(deps),
    ...createRecordActivities(deps),
    ...createRetentionActivities(deps),
    ...createRepairActivities(deps),
    ...createRetrainActivities(deps),
    ...createRetryActivities(deps),
    ...createRetryRunActivities(deps, connections),
    ...createTicketActivities(deps, connections),
    ...createSubmissionActivities(deps),
    ...createDiagnosticActivities(deps, connections),
    ...createAlertActivities(deps),
    ...createWatchActivities(deps, connections),
    ...createNotifyActivities(deps),
    ...createWaitingActivities(deps),
    ...createWhatIfActivities(deps),
    ...createEditionActivities(deps),
    ...createEraseActivities(deps),
  });
}
export type Activities = ReturnType<typeof createActivities>;
