import type { ImportResult, PageResult } from '../../src/activities/import-activities.ts';
import type { Activities } from '../../src/activities/index.ts';
import { FIRST_PAGE, type ScanCursor } from '../../src/domain/scan-cursor.ts';

export const ACCOUNT = { userId: 501, companyId: 9, name: 'Ada Moor', email: 'ada@acme.example' };
export const MAILBOX = { mailboxId: 310, name: 'Support', email: 'support@acme.example' };
const DAY_MS = 86_400_000;

export const imported = (changed: number[], rest: Partial<ImportResult> = {}): ImportResult => ({
  changed,
  unchanged: 0,
  gone: 0,
  failed: [],
  log: [],
  ...rest,
});

/** The page at `cursor` of a list with `pages` pages. */
export const importedPage = (
  cursor: ScanCursor,
  page: { changed: number[]; pages: number; total: number; failed?: ImportResult['failed'] },
): PageResult => ({
  ...imported(page.changed, { failed: page.failed ?? [] }),
  total: page.total,
  next: cursor.page < page.pages ? { ...cursor, page: cursor.page + 1 } : null,
});

/** Which pages were asked for, in order. */
export const pagesRead = (calls: FakeCall[]): number[] =>
  calls.map(({ args }) => (args[1] as { cursor: ScanCursor }).cursor.page);

const NO_ROWS = { log: [] };

export interface FakeCall {
  name: string;
  /** The environment's time, which may be far from the real clock. */
  atMs: number;
  args: unknown[];
}

/**
 * Every activity, doing nothing successfully, and a list of the calls that were made; a test replaces what it is about.
 * Activities see the real clock, so the environment's is handed in.
 */
export function fakeActivities(nowMs: () => Promise<number>, overrides: Partial<Activities> = {}) {
  const calls: FakeCall[] = [];
  const issue = async () => ({ tokenVersion: calls.length, expiresAtMs: (await nowMs()) + 2 * DAY_MS });
  const defaults: Activities = {
    connectAccount: async () => ({ account: ACCOUNT, mailboxes: [MAILBOX], token: await issue() }),
    refreshToken: issue,
    configureWebhook: async () => {},
    endConnection: async () => ({ webhookRemoved: true }),
    listDocsCollections: async () => [],
    saveDocsMapping: async (_scope, { collectionIds }) => collectionIds.length,
    startDocsSyncs: async () => {},
    openDocsSync: async () => [],
    syncDocsPage: async () => null,
    closeDocsCollection: async () => false,
    failDocsCollection: async () => {},
    closeDocsSync: async () => {},
    importPage: async () => importedPage(FIRST_PAGE, { changed: [], pages: 1, total: 0 }),
    importConversations: async (_scope, { conversationIds }) => imported(conversationIds),
    importConversation: async (_scope, { conversationId }) => imported([conversationId]),
    openFailed: async () => NO_ROWS,
    keepWaiting: async () => 0,
    nextWaiting: async () => null,
    endWaiting: async () => 0,
    estimateFirstScan: async () => ({
      ...{ mailboxes: [], model: null, batch: false, dailyCapUsd: null, estimatedAtMs: await nowMs() },
    }),
    classifyConversations: async () => NO_ROWS,
    submitMessageBatch: async (_scope, { conversationIds }) => ({
      ...{ messageBatchId: 'msgbatch_1', submitted: conversationIds, single: [] },
    }),
    takeMessageBatch: async () => ({ running: false, left: [], log: [] }),
    cancelMessageBatch: async () => {},
    openCustomer: async () => ({ version: 1, due: true, state: 'waiting' }),
    syncCustomer: async () => ({ kind: 'ended', status: 'success', details: 'Created', log: [] }),
    settleCustomer: async () => NO_ROWS,
    flushCustomers: async () => ({ started: 0, left: false }),
    importCustomers: async () => ({ left: false }),
    sweepCustomers: async () => {},
    recordIntegrationEvent: async () => NO_ROWS,
    settleSync: async () => NO_ROWS,
    saveIntegration: async () => {},
    saveScan: async () => {},
    startConversationSyncs: async () => NO_ROWS,
    retryFailedSyncs: async () => 0,
    startAcceptedSubmissions: async () => ({ started: 0, log: [] }),
    prepareTicket: async () => ({ kind: 'send', tags: [], log: [] }),
    createTicket: async () => ({ conversationId: 7001, found: false, log: [] }),
    settleTicket: async () => ({ log: [] }),
    previewRetries: async () => {},
    retryRow: async () => 'success',
    giveUpRetry: async () => {},
    saveRetryRun: async () => {},
    endRetryRun: async () => {},
    testConnection: async (_scope, { by }) => ({ by, atMs: await nowMs(), steps: [] }),
    readHelpScoutStatus: async () => {},
    checkAlerts: async () => {},
    deliverNotifications: async () => {},
    testNotificationChannel: async () => null,
    inspectConnection: async (_scope, { mailboxIds }) => ({
      shown: mailboxIds,
      lookBackToMs: null,
      webhook: null,
      webhookOffSinceMs: null,
    }),
    trainOrganizationModel: async () => ({ state: 'published' }),
    failTraining: async () => {},
    runWhatIf: async () => ({ more: false }),
    failWhatIf: async () => {},
    prepareEdition: async () => {},
    putEdition: async () => {},
    settleEdition: async () => {},
    failEdition: async () => {},
    listOrganizationIds: async () => [],
    listUnplaced: async () => [],
    placeIssues: async () => ({ placed: 0, next: null }),
    listRepairs: async () => [],
    repairPatterns: async () => ({ joined: 0, suggested: 0, more: false }),
    checkOutcome: async () => ({ verdict: 'fixed' }),
    startDueRecordWork: async () => ({ started: 0, log: [] }),
    prepareMessage: async () => NO_ROWS,
    sendMessage: async () => ({ threadId: 9001, found: false, log: [] }),
    settleMessage: async () => NO_ROWS,
    removeExpired: async () => ({ rows: 0, more: false }),
    openErasure: async () => {},
    eraseDocuments: async () => ({ found: 0 }),
    eraseHistories: async () => ({ found: 0, left: 0 }),
    settleErasure: async () => {},
    finishErasure: async () => {},
  };
  const activities = Object.fromEntries(
    Object.entries({ ...defaults, ...overrides }).map(([name, run]) => [
      name,
      async (...args: unknown[]) => {
        calls.push({ name, atMs: await nowMs(), args });
        return (run as (...args: unknown[]) => Promise<unknown>)(...args);
      },
    ]),
  );
  return {
    activities,
    calls,
    callsOf: (name: keyof Activities) => calls.filter((call) => call.name === name),
  };
}
