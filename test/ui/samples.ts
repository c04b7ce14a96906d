import type { Category } from '../../src/domain/category.ts';
import type { Insight } from '../../src/domain/insight.ts';
import type { Integration, ScanProgress } from '../../src/domain/integration.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { priorityOf } from '../../src/domain/record-priority.ts';
import type { Role } from '../../src/domain/roles.ts';
import type { SyncEventType } from '../../src/domain/sync-event.ts';
import type { LogRow } from '../../src/ui/components/log-table.tsx';
import { USUAL_LOG_FILTER } from '../../src/ui/log-filter.ts';
import type {
  ConversationPageProps,
  InsightRow,
  InsightsPageProps,
  IntegrationPageProps,
  MembersPageProps,
  PatternHistoryRow,
  PatternRow,
  RecordRow,
  Shell,
} from '../../src/ui/props.ts';
import type { LogPageProps } from '../../src/ui/views/log.tsx';
import type { LogEventPageProps } from '../../src/ui/views/log-event.tsx';
import type { HelpScoutSettingsPageProps } from '../../src/ui/views/settings/helpscout-settings.tsx';

/** Made-up data of one fictional organization, rich enough to judge every page by. */

export const NOW = new Date('2026-11-12T14:30:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(NOW.getTime() - ms);

/** Small repeatable pseudo-random numbers, 0 to below `limit`. */
const wave = (seed: number, limit: number) => Math.floor(Math.abs(Math.sin(seed * 12.9898) * 43758.5453) % limit);

export function shell(path: string, changes: Partial<Shell> & { role?: Role } = {}): Shell {
  const { role = 'administrator', ...rest } = changes;
  return {
    organizationName: 'Northwind Support',
    member: { name: 'Maya Okafor', email: 'maya@northwind.example', role },
    csrfToken: 'csrf-of-this-session',
    path,
    sandboxUrl: 'http://127.0.0.1:4100/',
    classifier: { kind: 'offline', model: 'linear-2026-11' },
    timeZone: 'Europe/Berlin',
    now: NOW,
    ...rest,
  };
}

const SUBJECTS: readonly [Category, string, string, string | null][] = [
  [
    'bug',
    'CSV export stops at 1,000 rows',
    'The report export is cut off after 1,000 rows although the report shows 4,312; it started with last week’s update.',
    'Exports are cut off at 1,000 rows',
  ],
  [
    'feature',
    'Could we get a dark mode for the time sheet?',
    'Wishes for a dark appearance of the time sheet, because the team works night shifts.',
    'Dark mode for the time sheet',
  ],
  [
    'documentation',
    'SSO guide mentions a button that is not there',
    'The single sign-on guide says “Add provider”, which the settings page no longer has.',
    'SSO guide is out of date',
  ],
  ['question', 'Invoice address', 'Asks how to change the address on future invoices.', null],
  [
    'bug',
    'Calendar sync duplicates recurring events',
    'Each sync adds another copy of weekly meetings; deleting them by hand brings them back.',
    'Calendar sync duplicates recurring events',
  ],
  [
    'feature',
    'Approvals on the phone',
    'Wants to approve leave requests from the mobile app.',
    'Approve leave from the mobile app',
  ],
  ['question', '', 'Says thanks and confirms that the import worked.', null],
];
const CUSTOMERS = [
  { name: 'Helene Fournier', email: 'h.fournier@atelier-lumiere.example' },
  { name: 'Tomasz Wiśniewski', email: 'tomasz@fabryka.example' },
  { name: null, email: 'accounts.payable.department@a-very-long-company-name.example' },
  { name: 'Priya Raman', email: 'priya.raman@greenfield.example' },
  { name: 'Unnamed caller', email: null },
];

export const INSIGHT_ROWS: readonly InsightRow[] = Array.from({ length: 14 }, (_, index) => {
  const [category, subject, summary, pattern] = SUBJECTS[index % SUBJECTS.length] ?? ['question', '', '', null];
  const review = index === 5;
  return {
    conversationId: 2_847_101 + index,
    number: 18_342 - index,
    subject,
    summary: review ? '' : summary,
    outcome: review ? 'refused' : 'classified',
    category: review ? null : category,
    confidence: review ? 0 : index === 3 ? 0.41 : 0.62 + wave(index, 37) / 100,
    severity: null,
    reportedAt: ago(index * index * 2.4 * HOUR_MS + 5 * 60_000),
    customer: CUSTOMERS[index % CUSTOMERS.length] ?? { name: null, email: null },
    mailboxName: index % 3 === 0 ? 'Billing' : 'Support',
    pattern: pattern && !review ? { patternId: `p${index}`, title: pattern } : null,
  };
});

export const SCAN: ScanProgress = {
  scanNumber: 1,
  total: 1284,
  imported: 700,
  classified: 612,
  unchanged: 24,
  failed: 2,
  state: 'running',
  waitingFor: null,
  startedAtMs: NOW.getTime() - 95_000,
  finishedAtMs: null,
};

const day = (back: number) =>
  ago(back * DAY_MS)
    .toISOString()
    .slice(0, 10);
const DAYS = Array.from({ length: 30 }, (_, index) => 29 - index);

export function insightsPage(changes: Partial<InsightsPageProps> = {}): InsightsPageProps {
  return {
    shell: shell('/insights'),
    filter: { category: null, mailbox: null, range: '30d', q: '', attention: null, before: null },
    rows: INSIGHT_ROWS,
    counts: { bug: 214, feature: 163, documentation: 58, question: 377 },
    needsReview: 6,
    trend: DAYS.map((back) => ({
      day: day(back),
      bug: 3 + wave(back, 8) + (back < 6 ? 6 : 0),
      feature: 2 + wave(back + 40, 7),
      documentation: wave(back + 80, 4),
      question: 6 + wave(back + 120, 9),
    })),
    older: 'cursor-2',
    scan: null,
    totalInsights: 812,
    connected: true,
    mailboxes: [
      { mailboxId: 11, name: 'Support' },
      { mailboxId: 12, name: 'Billing' },
    ],
    ...changes,
  };
}

export function pattern(index: number): PatternRow {
  const titles: readonly [Category, string][] = [
    ['bug', 'Exports are cut off at 1,000 rows'],
    ['bug', 'Calendar sync duplicates recurring events'],
    ['feature', 'Approve leave from the mobile app'],
    ['documentation', 'SSO guide is out of date'],
    ['feature', 'Dark mode for the time sheet'],
    ['question', 'How to change the invoice address'],
  ];
  const trends = ['rising', 'steady', 'new', 'falling', 'quiet', 'steady'] as const;
  const [category, title] = titles[index % titles.length] ?? ['question', ''];
  const customers = Math.max(1, 41 - index * 7);
  const kind = category === 'bug' ? 'bug' : 'feature';
  return {
    patternId: `p${index}`,
    organizationId: 'o1',
    integrationId: 'i1',
    category,
    title,
    conversations: customers + 9,
    customers,
    firstReportedAt: ago((70 - index * 9) * DAY_MS),
    lastReportedAt: ago((index + 1) * 5 * HOUR_MS),
    summary: 'Customers say that it stops half-way.',
    decided: { mergedInto: null, title: null, category: null, dismissed: null, snoozed: null },
    state: 'open',
    trend: {
      ...{ trend: trends[index % trends.length] ?? 'steady', last7Days: 18 - index * 3, weeklyBefore: 6.25 + index },
      ...{ customers7Days: 16 - index * 2, weeklyCustomersBefore: 5.5 + index },
    },
    weekly: Array.from({ length: 12 }, (_, week) => wave(week + index * 13, 9) + (index === 0 ? week : 0)),
    record:
      index === 0 || index === 2
        ? { kind, number: 12 + index, title, status: index === 0 ? 'inProgress' : 'new' }
        : null,
  };
}

export const PATTERNS = Array.from({ length: 6 }, (_, index) => pattern(index));

export const PATTERN_HISTORY: PatternHistoryRow[] = [
  {
    ...{ changeId: 'd2', at: ago(HOUR_MS), by: 'ann@acme.example', text: 'Merged into this pattern:', reason: '' },
    ...{ other: { patternId: 'p9', title: 'CSV export is empty' }, undone: null },
  },
  {
    ...{ changeId: 'd1', at: ago(DAY_MS), by: null, text: 'Merged into this pattern:', reason: 'similarity 0.71' },
    other: { patternId: 'p8', title: 'Exports' },
    undone: { at: ago(2 * HOUR_MS), by: 'bob@acme.example' },
  },
];

export const PATTERN_TREND = Array.from({ length: 90 }, (_, index) => ({
  day: day(89 - index),
  count: wave(index, 3) + (index > 75 ? wave(index + 7, 4) : 0),
}));

export function record(index: number, kind: 'bug' | 'feature' = 'bug'): RecordRow {
  const statuses = ['inProgress', 'new', 'triaged', 'planned', 'done', 'dismissed'] as const;
  const base = pattern(index);
  return {
    recordId: `r${index}`,
    organizationId: 'o1',
    integrationId: 'i1',
    kind,
    number: 12 + index,
    title: base.title,
    status: statuses[index % statuses.length] ?? 'new',
    patternId: base.patternId,
    createdAt: ago((40 - index) * DAY_MS),
    updatedAt: ago((index + 1) * 9 * HOUR_MS),
    customers: base.customers,
    conversations: base.conversations,
    trend: base.trend,
    ...{ former: [], dismissedReason: null, decided: [], originPatternId: null, mergedInto: null, reopenedAt: null },
    ...{ createdBy: 'automatic', resolution: null, otherCategory: null, severity: 'high' },
    description: `${base.title}.\n\n${base.customers} customers wrote about it.`,
    ...scoredSample(base.customers, base.trend.trend, base.lastReportedAt),
  };
}

function scoredSample(customers: number, trend: RecordRow['trend']['trend'], lastReportedAt: Date) {
  const scored = priorityOf({ customers, trend, severity: 'high', lastReportedAt }, NOW);
  return { scored, priority: scored.level };
}

const CUSTOMER_TEXT = `Hello,

since your update on Monday the CSV export of the project report stops at 1,000 rows. The page itself shows 4,312 entries. I tried Firefox & Chrome and a smaller range; the file always ends at row 1,000.

We close our month on Friday, so this is urgent for us.

Best,
Helene`;
const QUOTE = 'the CSV export of the project report stops at 1,000 rows';
const SECOND_QUOTE = 'the file always ends at row 1,000';
const span = (quote: string) => {
  const start = CUSTOMER_TEXT.indexOf(quote);
  return { threadId: 901, start, end: start + quote.length, quote };
};

export const INSIGHT: Insight = {
  organizationId: 'o1',
  integrationId: 'i1',
  conversationId: 2_847_101,
  outcome: 'classified',
  category: 'bug',
  confidence: 0.93,
  summary:
    'The report export is cut off after 1,000 rows although the report shows 4,312; it started with the last update.',
  productArea: 'Reports',
  severity: 'high',
  evidence: [span(QUOTE), span(SECOND_QUOTE)],
  classifier: { kind: 'offline', model: 'linear-2026-11' },
  issue: 0,
  suggestedCategory: null,
  taxonomyVersion: 1,
  decisionId: null,
  review: 'none',
  documentation: null,
  patternId: 'p0',
  customerKey: 'h.fournier@atelier-lumiere.example',
  subject: 'CSV export stops at 1,000 rows',
  mailboxId: 11,
  reportedAt: ago(3 * HOUR_MS),
  classifiedAt: ago(2 * HOUR_MS),
  contentHash: 'h',
  revision: 2,
};

const EVENT_TYPES: readonly SyncEventType[] = [
  'conversationSynced',
  'ticketCreated',
  'customerUpdated',
  'conversationUpdated',
  'tokenRefreshed',
  'scanCompleted',
  'reconciled',
];

export function logRow(index: number): LogRow {
  const status = (['success', 'failed', 'success', 'retrying', 'skipped', 'success'] as const)[index % 6] ?? 'success';
  const type = EVENT_TYPES[index % EVENT_TYPES.length] ?? 'reconciled';
  const ofConversation = ['conversationSynced', 'conversationUpdated', 'ticketCreated', 'customerUpdated'].includes(
    type,
  );
  return {
    eventId: `e${index}`,
    organizationId: 'o1',
    integrationId: 'i1',
    type,
    status,
    direction: ofConversation ? 'inbound' : 'internal',
    customerEmail: ofConversation ? (CUSTOMERS[index % 4]?.email ?? null) : null,
    submissionId: type === 'ticketCreated' ? '0b6a1f6e-5a4c-4d0e-9a51-3c1f2b7d9e10' : null,
    customerExternalId: type === 'customerUpdated' ? 'crm-4711' : null,
    revision: 2,
    conversationId: ofConversation ? 2_847_101 + index : null,
    conversationKnown: type === 'conversationSynced',
    conversationUrl: ofConversation ? 'https://secure.helpscout.example/conversation/2847101/18342' : null,
    details: ofConversation ? '3 messages read, classified as bug report' : '1,284 conversations, 2 failed',
    error:
      status === 'failed'
        ? {
            code: 'helpScoutUnavailable',
            message: 'Help Scout answered with an error of its own.',
            remedy: 'Retry when Help Scout works again; its status page tells.',
          }
        : null,
    attempts: [
      ...(status === 'failed' || status === 'retrying'
        ? ([
            {
              at: ago(index * HOUR_MS + 90_000),
              by: 'automatic',
              outcome: 'failed',
              errorCode: 'helpScoutUnavailable',
              httpStatus: 500,
              endpoint: 'POST /v2/conversations',
              helpScoutMessage: 'Something went wrong on our side.',
              waitMs: 5000,
            },
          ] as const)
        : []),
      {
        at: ago(index * HOUR_MS),
        by: status === 'failed' ? 'maya@northwind.example' : 'automatic',
        outcome: status === 'retrying' ? 'running' : status,
        ...(status === 'failed' ? { errorCode: 'helpScoutUnavailable', httpStatus: 503 } : {}),
      },
    ].map((attempt) =>
      attempt.outcome === 'running' ? { ...attempt, outcome: 'running' as const } : attempt,
    ) as LogRow['attempts'],
    workflowId: `conversation:i1:${2_847_101 + index}`,
    createdAt: ago(index * HOUR_MS + 4 * 60_000),
    settledAt: ago(index * HOUR_MS),
    temporalUrl: 'http://127.0.0.1:8233/namespaces/default/workflows/conversation%3Ai1%3A2847101',
  };
}

const LOG_HOURS = Array.from({ length: 49 }, (_, index) => ({
  day: `hour-${index}`,
  text: `${index} h`,
  values: { success: wave(index, 40), failed: wave(index + 7, 4), other: wave(index + 3, 6) },
}));

export function logPage(changes: Partial<LogPageProps> = {}): LogPageProps {
  return {
    shell: shell('/tools/integrations/helpscout-log'),
    filter: { ...USUAL_LOG_FILTER, range: '48h' },
    summary: {
      events: { now: 1342, before: 1108 },
      successRate: { now: 0.996, before: 0.912 },
      errorRate: { now: 0.004, before: 0.088 },
      tickets: { now: 42, before: 42 },
      customers: { now: 7, before: 0 },
      failed: 4,
      pending: 3,
      customersUpdated: 19,
      hadEventsBefore: true,
      chart: { unit: 'hour', bars: LOG_HOURS },
    },
    quick: [
      { text: 'Failed in the last 24 hours', filter: { range: '24h', status: ['failed'] }, count: 4 },
      {
        text: 'Ticket Created failed today',
        filter: { range: 'today', type: ['ticketCreated'], status: ['failed'] },
        count: 1,
      },
      { text: 'All events, 48 hours', filter: { range: '48h' }, count: 1342 },
    ],
    savedViews: [
      { viewId: 'v1', name: 'Failed tickets of the week', query: 'range=7d&type=ticketCreated&status=failed' },
    ],
    rows: Array.from({ length: 12 }, (_, index) => logRow(index)),
    older: 'cursor-2',
    anyRows: true,
    similar: [],
    ...changes,
  };
}

const NONE = { now: 0, before: 0 };
const UNKNOWN = { now: null, before: null };
export const EMPTY_LOG_SUMMARY: LogPageProps['summary'] = {
  ...{ events: NONE, successRate: UNKNOWN, errorRate: UNKNOWN, tickets: NONE, customers: NONE },
  ...{ failed: 0, pending: 0, customersUpdated: 0, hadEventsBefore: false, chart: null },
};

export function logEventPage(changes: Partial<LogEventPageProps> = {}): LogEventPageProps {
  return {
    shell: shell('/tools/integrations/helpscout-log/e1'),
    row: { ...logRow(1), workflowId: 'ticket:o1:0b6a1f6e' },
    kind: 'ticket',
    transferred: [
      { name: 'Customer’s e-mail', value: 'tomasz@fabryka.example' },
      { name: 'Subject', value: 'Broken on arrival' },
      { name: 'Tags', value: '' },
      { name: 'Message', value: 'Hello,\n\nthe lamp arrived broken. What now?', long: true },
    ],
    conversation: null,
    edits: [
      {
        at: ago(HOUR_MS),
        by: 'maya@northwind.example',
        field: 'Customer’s e-mail',
        before: 'tomasz@',
        after: 'tomasz@fabryka.example',
      },
      { at: ago(HOUR_MS), by: 'maya@northwind.example', field: 'Message', before: null, after: null },
    ],
    canRetry: true,
    canEdit: true,
    ...changes,
  };
}

export function helpScoutSettingsPage(changes: Partial<HelpScoutSettingsPageProps> = {}): HelpScoutSettingsPageProps {
  return {
    shell: shell('/settings/helpscout'),
    integrations: [integration()],
    forms: [
      { formId: 'f1', name: 'Support', enabled: true },
      { formId: 'f2', name: 'Returns', enabled: false },
    ],
    apiKeys: 2,
    settings: organizationSettingsSchema.parse({}),
    ...changes,
  };
}

export function conversationPage(changes: Partial<ConversationPageProps> = {}): ConversationPageProps {
  const customer = {
    kind: 'customer' as const,
    id: 5,
    name: 'Helene Fournier',
    email: 'h.fournier@atelier-lumiere.example',
  };
  return {
    shell: shell('/conversations/2847101'),
    conversation: {
      conversationId: 2_847_101,
      number: 18_342,
      subject: 'CSV export stops at 1,000 rows',
      status: 'active',
      customer,
      createdAt: ago(3 * HOUR_MS),
      webUrl: 'https://secure.helpscout.example/conversation/2847101/18342',
      threads: [
        { threadId: 901, type: 'customer', author: customer, text: CUSTOMER_TEXT, createdAt: ago(3 * HOUR_MS) },
        {
          threadId: 902,
          type: 'note',
          author: { kind: 'user', name: 'Jonas Berg' },
          text: 'Same as the three from yesterday. @Priya is on it.',
          createdAt: ago(2.7 * HOUR_MS),
        },
        {
          threadId: 903,
          type: 'message',
          author: { kind: 'user', name: 'Jonas Berg', email: 'jonas@northwind.example' },
          text: 'Hello Helene,\n\nthank you, we can see it here as well. Until it is fixed, exporting month by month gives you every row.\n\nBest,\nJonas',
          createdAt: ago(2.5 * HOUR_MS),
        },
        {
          threadId: 904,
          type: 'lineitem',
          author: { kind: 'user', name: 'Jonas Berg' },
          text: 'Jonas Berg changed the status to pending',
          createdAt: ago(2.4 * HOUR_MS),
        },
      ],
    },
    mailboxName: 'Support',
    insight: INSIGHT,
    pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
    record: { kind: 'bug', number: 12, title: 'Exports are cut off at 1,000 rows', status: 'inProgress' },
    log: [logRow(0), logRow(1), logRow(5)],
    ...changes,
  };
}

export function integration(changes: Partial<Integration> = {}): Integration {
  return {
    integrationId: 'i1',
    organizationId: 'o1',
    state: 'live',
    account: { userId: 7, companyId: 3, name: 'Northwind', email: 'admin@northwind.example' },
    mailboxes: [
      { mailboxId: 11, name: 'Support', email: 'support@northwind.example' },
      { mailboxId: 12, name: 'Billing', email: 'billing@northwind.example' },
      { mailboxId: 13, name: 'Partners', email: 'partners@northwind.example' },
    ],
    users: [{ userId: 7, name: 'Ada Moor', email: 'ada@northwind.example' }],
    selectedMailboxIds: [11, 12],
    docs: {
      connected: true,
      collections: [
        { collectionId: 'c1', name: 'Getting started', articles: 12 },
        { collectionId: 'c2', name: 'Administration', articles: 8 },
      ],
      mappedCollectionIds: ['c1'],
    },
    scan: { ...SCAN, state: 'completed', imported: 1284, classified: 1258, finishedAtMs: NOW.getTime() - HOUR_MS },
    otherAppsPercent: 0,
    tokenExpiresAt: new Date(NOW.getTime() + 30 * HOUR_MS),
    webhookActive: true,
    connectedAt: ago(2 * HOUR_MS),
    createdAt: ago(2.1 * HOUR_MS),
    ...changes,
  };
}

export function integrationPage(changes: Partial<IntegrationPageProps> = {}): IntegrationPageProps {
  return {
    shell: shell('/settings/integrations/i1'),
    integration: integration(),
    activity: 'Listening: new messages are read within seconds.',
    waits: [],
    timeLeft: null,
    pendingConversations: 0,
    failedConversations: 2,
    temporalUrl: 'http://127.0.0.1:8233/namespaces/default/workflows/integration%3Ai1',
    ...changes,
  };
}

export function membersPage(changes: Partial<MembersPageProps> = {}): MembersPageProps {
  const person = (memberId: string, name: string, role: Role, isSelf = false) => ({
    memberId,
    name,
    email: `${name.split(' ')[0]?.toLowerCase()}@northwind.example`,
    role,
    createdAt: ago(20 * DAY_MS),
    lastSignedInAt: role === 'member' ? null : ago(3 * HOUR_MS),
    isSelf,
  });
  return {
    shell: shell('/settings/members'),
    members: [
      person('m1', 'Maya Okafor', 'administrator', true),
      person('m2', 'Jonas Berg', 'manager'),
      person('m3', 'Priya Raman', 'member'),
    ],
    ...changes,
  };
}
