import mongoose, { type Connection } from 'mongoose';
import { createApiUsageStore } from './api-usage.ts';
import { createAuditTrailStore } from './audit-trail.ts';
import { createConversationStore } from './conversations.ts';
import { createInsightStore } from './insights.ts';
import { createIntegrationStore } from './integrations.ts';
import { createIssueRecordStore } from './issue-records.ts';
import { createMemberStore } from './members.ts';
import { createOAuthStateStore } from './oauth-states.ts';
import { createOrganizationSettingsStore } from './organization-settings.ts';
import { createOrganizationStore } from './organizations.ts';
import { createPatternStore } from './patterns.ts';
import { createRateBudgetStore } from './rate-budget.ts';
import { createSentEmailStore } from './sent-emails.ts';
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
    conversations: createConversationStore(connection),
    insights: createInsightStore(connection),
    patterns: createPatternStore(connection),
    issueRecords: createIssueRecordStore(connection),
    syncEvents: createSyncEventStore(connection),
    termCounts: createTermCountStore(connection),
    rateBudget: createRateBudgetStore(connection),
    apiUsage: createApiUsageStore(connection),
    settings: createOrganizationSettingsStore(connection),
    auditTrail: createAuditTrailStore(connection),
    sentEmails: createSentEmailStore(connection),

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
