import mongoose, { type Connection } from 'mongoose';
import { createAlertStore } from './alerts.ts';
import { createApiKeyStore } from './api-keys.ts';
import { createApiUsageStore } from './api-usage.ts';
import { createArrivalStore } from './arrivals.ts';
import { createArticleStatisticsStore } from './article-statistics.ts';
import { createArticleStore } from './articles.ts';
import { createAuditTrailStore } from './audit-trail.ts';
import { createCollectionSyncStore } from './collection-syncs.ts';
import { createContactFormStore } from './contact-forms.ts';
import { createConversationStore } from './conversations.ts';
import { createCostStore } from './costs.ts';
import { createCoverageStore } from './coverage.ts';
import { createCustomerImportStore } from './customer-imports.ts';
import { createCustomerStore } from './customer-records.ts';
import { createDecisionStore } from './decisions.ts';
import { createDiagnosisStore } from './diagnoses.ts';
import { createDocumentationNeedStore } from './documentation-needs.ts';
import { createDriftLookStore } from './drift-looks.ts';
import { createEditionCopyStore } from './edition-copies.ts';
import { createEditionStore, editionKey } from './editions.ts';
import { createDocumentEraser } from './erasing/erase-documents.ts';
import { createErasedCustomerStore } from './erasing/erased-customers.ts';
import { createErasureStore } from './erasing/erasures.ts';
import { inEdition } from './in-edition.ts';
import { createInsightWindowStore } from './insight-window.ts';
import { createInsightStore } from './insights.ts';
import { createInstallationStore } from './installation.ts';
import { createIntegrationStore } from './integrations.ts';
import { createIssueRecordStore } from './issue-records.ts';
import { createLeaseStore } from './leases.ts';
import { createMemberStore } from './members.ts';
import { createMessageBatchStore } from './message-batches.ts';
import { createNotificationChannelStore } from './notification-channels.ts';
import { createNotificationDispatchStore } from './notification-dispatches.ts';
import { createNotificationStore } from './notifications.ts';
import { createOAuthStateStore } from './oauth-states.ts';
import { createOrganizationModelStore } from './organization-models.ts';
import { createOrganizationSettingsStore } from './organization-settings.ts';
import { createOrganizationStore } from './organizations.ts';
import { createPatternDecisionStore } from './pattern-decisions.ts';
import { createPatternJudgementStore } from './pattern-judgements.ts';
import { createPatternLinkStore } from './pattern-links.ts';
import { createPatternMemberStore } from './pattern-members.ts';
import { createPatternSuggestionStore } from './pattern-suggestions.ts';
import { createPatternStore } from './patterns.ts';
import { createRateBudgetStore } from './rate-budget.ts';
import { createRecordCommentStore } from './record-comments.ts';
import { createRecordMessageStore } from './record-messages.ts';
import { createRecordProposalStore } from './record-proposals.ts';
import { createRegressionCaseStore } from './regression-cases.ts';
import { createRetryRunStore } from './retry-runs.ts';
import { createReviewSampleStore } from './review-samples.ts';
import { createReviewStore } from './reviews.ts';
import { createRowEditStore } from './row-edits.ts';
import { createSavedLogViewStore } from './saved-log-views.ts';
import { createScanEstimateStore } from './scan-estimates.ts';
import { createSentEmailStore } from './sent-emails.ts';
import { createServiceStatusStore } from './service-status.ts';
import { createSubmissionStore } from './submissions.ts';
import { createSyncEventStore } from './sync-events.ts';
import { createTaxonomyStore } from './taxonomies.ts';
import { createTermCountStore } from './term-counts.ts';
import { createWaitingConversationStore } from './waiting-conversations.ts';
import { createWhatIfStore } from './what-ifs.ts';

/**
 * All stores over one connection. Their functions take the organization's id first, except the few that find out whose
 * a request is (a session's member, a webhook's address) or that count for a whole Help Scout account.
 */
export function createStorage(connection: Connection) {
  const patternDecisions = createPatternDecisionStore(connection);
  const integrations = createIntegrationStore(connection);
  const editions = createEditionStore(connection);
  const erasures = createErasureStore(connection);
  const [insights, patterns] = [createInsightStore(connection), createPatternStore(connection)];
  return {
    connection,
    organizations: createOrganizationStore(connection),
    members: createMemberStore(connection),
    oauthStates: createOAuthStateStore(connection),
    integrations,
    installation: createInstallationStore(connection),
    contactForms: createContactFormStore(connection),
    conversations: createConversationStore(connection),
    customers: createCustomerStore(connection),
    customerImports: createCustomerImportStore(connection),
    insights: inEdition(insights, editions.keyOf),
    insightWindow: inEdition(createInsightWindowStore(connection), editions.keyOf),
    documentationNeeds: inEdition(createDocumentationNeedStore(connection), editions.keyOf),
    decisions: createDecisionStore(connection),
    costs: createCostStore(connection),
    messageBatches: createMessageBatchStore(connection),
    patterns: {
      ...inEdition(patterns, editions.keyOf),
      unrepairedScopes: async () => editions.inForce(await patterns.unrepairedScopes()),
    },
    leases: createLeaseStore(connection),
    erasures,
    erasedCustomers: createErasedCustomerStore(connection),
    erase: createDocumentEraser(connection, erasures),
    patternDecisions,
    patternMembers: inEdition(createPatternMemberStore(connection), editions.keyOf),
    patternLinks: createPatternLinkStore(connection, patternDecisions),
    patternSuggestions: createPatternSuggestionStore(connection),
    patternJudgements: createPatternJudgementStore(connection),
    issueRecords: createIssueRecordStore(connection),
    recordComments: createRecordCommentStore(connection),
    recordProposals: createRecordProposalStore(connection),
    recordMessages: createRecordMessageStore(connection),
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
    notificationChannels: createNotificationChannelStore(connection),
    notificationDispatches: createNotificationDispatchStore(connection),
    alerts: createAlertStore(connection),
    diagnoses: createDiagnosisStore(connection),
    scanEstimates: createScanEstimateStore(connection),
    serviceStatus: createServiceStatusStore(connection),
    arrivals: createArrivalStore(connection),
    coverage: createCoverageStore(connection),
    articles: createArticleStore(connection),
    articleStatistics: createArticleStatisticsStore(connection),
    collectionSyncs: createCollectionSyncStore(connection),
    retryRuns: createRetryRunStore(connection),
    rowEdits: createRowEditStore(connection),
    taxonomies: createTaxonomyStore(connection, integrations),
    organizationModels: createOrganizationModelStore(connection),
    reviews: createReviewStore(connection),
    reviewSamples: createReviewSampleStore(connection),
    regressionCases: createRegressionCaseStore(connection),
    driftLooks: createDriftLookStore(connection),
    waitingConversations: createWaitingConversationStore(connection),
    whatIfs: createWhatIfStore(connection),
    editions,
    editionCopies: createEditionCopyStore(connection),

    /** Insights and patterns of an edition that is not in force. */
    edition(edition: string) {
      const keyOf = (organizationId: string) => editionKey(organizationId, edition);
      return { insights: inEdition(insights, keyOf), patterns: inEdition(patterns, keyOf) };
    },

    /** Closes the connection; waits for operations under way. */
    async close(): Promise<void> {
      await connection.close();
    },
  };
}
export type Storage = ReturnType<typeof createStorage>;

/**
 * Connects to MongoDB and builds the indexes that the stores rely on (unique ones among them). A write counts once it is
 * in the server's journal: one that is killed forgets what it held in memory alone, and Temporal, which takes an
 * activity that returned for done, would not do it again. An address that names `journal` itself is taken at its word.
 * @throws mongoose's connection error when the server does not answer within 10 s.
 */
export async function connectStorage(uri: string): Promise<Storage> {
  const durable = /[?&]journal=/i.test(uri) ? {} : { journal: true };
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000, ...durable }).asPromise();
  const storage = createStorage(connection);
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  await storage.insights.dropFormerIndex();
  return storage;
}
