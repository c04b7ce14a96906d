import mongoose, { type Connection } from 'mongoose';
import { createAlertStore } from './alerts.ts';
import { createApiKeyStore } from './api-keys.ts';
import { createApiUsageStore } from './api-usage.ts';
import { createArrivalStore } from './arrivals.ts';
import { createAuditTrailStore } from './audit-trail.ts';
import { createContactFormStore } from './contact-forms.ts';
import { createConversationStore } from './conversations.ts';
import { createCustomerImportStore } from './customer-imports.ts';
import { createCustomerStore } from './customer-records.ts';
import { createDiagnosisStore } from './diagnoses.ts';
import { createInsightStore } from './insights.ts';
import { createIntegrationStore } from './integrations.ts';
import { createIssueRecordStore } from './issue-records.ts';
import { createMemberStore } from './members.ts';
import { createNotificationStore } from './notifications.ts';
import { createOAuthStateStore } from './oauth-states.ts';
import { createOrganizationSettingsStore } from './organization-settings.ts';
import { createOrganizationStore } from './organizations.ts';
import { createPatternStore } from './patterns.ts';
import { createRateBudgetStore } from './rate-budget.ts';
import { createRetryRunStore } from './retry-runs.ts';
import { createRowEditStore } from './row-edits.ts';
import { createSavedLogViewStore } from './saved-log-views.ts';
import { createSentEmailStore } from './sent-emails.ts';
import { createServiceStatusStore } from './service-status.ts';
import { createSubmissionStore } from './submissions.ts';
import { createSyncEventStore } from './sync-events.ts';
import { createTermCountStore } from './term-counts.ts';

/**
 * All stores over one connection. Their functions take the organization's id first, except the few that find out whose
 * a request is (a session's member, a webhook's address) or that count for a whole Help Scout account.
 */
export function createStorage(connection: Connection) {
  return {
    connection,
    organizations: createOrganizationStore(connection),
    members: createMemberStore(connection),
    oauthStates: createOAuthStateStore(connection),
    integrations: createIntegrationStore(connection),
    contactForms: createContactFormStore(connection),
    conversations: createConversationStore(connection),
    customers: createCustomerStore(connection),
    customerImports: createCustomerImportStore(connection),
    insights: createInsightStore(connection),
    patterns: createPatternStore(connection),
    issueRecords: createIssueRecordStore(connection),
    syncEvents: createSyncEventStore(connection),
    termCounts: createTermCountStore(connection),
    rateBudget: createRateBudgetStore(connection),
    apiUsage: createApiUsageStore(connection),
    apiKeys: createApiKeyStore(connection),
    settings: createOrganizationSettingsStore(connection),
    auditTrail: createAuditTrailStore(connection),
    savedViews: createSavedLogViewStore(connection),
    sentEmails: createSentEmailStore(connection),
    submissions: createSubmissionStore(connection),
    notifications: createNotificationStore(connection),
    alerts: createAlertStore(connection),
    diagnoses: createDiagnosisStore(connection),
    serviceStatus: createServiceStatusStore(connection),
    arrivals: createArrivalStore(connection),
    retryRuns: createRetryRunStore(connection),
    rowEdits: createRowEditStore(connection),

    /** Closes the connection; waits for operations under way. */
    async close(): Promise<void> {
      await connection.close();
    },
  };
}
export type Storage = ReturnType<typeof createStorage>;

/**
 * Connects to MongoDB and builds the indexes that the stores rely on (unique ones among them).
 * @throws mongoose's connection error when the server does not answer within 10 s.
 */
export async function connectStorage(uri: string): Promise<Storage> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  const storage = createStorage(connection);
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  return storage;
}
