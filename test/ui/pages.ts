import type { VNode } from 'preact';
import {
  ApiDocsPage,
  ApiKeysPage,
  ApiUsagePage,
  ApprovalsPage,
  AuditTrailPage,
  ChoosePatternPage,
  ContactFormPage,
  ConversationPage,
  CorrectRowPage,
  CostsPage,
  CoveragePage,
  CustomerPage,
  CustomersPage,
  CustomerUploadPage,
  CustomerUploadsPage,
  DeleteFormPage,
  DisconnectPage,
  DocumentationPage,
  DuplicatesPage,
  ErasePage,
  ErrorPage,
  FailedRowsPage,
  FailuresPage,
  FormEditorPage,
  FormsPage,
  HealthPage,
  HelpScoutSettingsPage,
  InsightsPage,
  IntegrationPage,
  IntegrationsPage,
  LogEventPage,
  LogPage,
  MembersPage,
  NewTicketPage,
  NoContactFormPage,
  NotificationChannelsPage,
  NotificationsPage,
  OperationsPage,
  PatternPage,
  PatternsPage,
  ReceiptPage,
  RecordCustomersPage,
  RecordMessagesPage,
  RecordPage,
  RecordsPage,
  RetryRunPage,
  RevokeApiKeyPage,
  SentEmailsPage,
  SetupPage,
  SignInPage,
  ThankYouPage,
  TicketPage,
} from '../../src/ui/index.ts';
import * as channels from './channel-samples.ts';
import * as costs from './cost-samples.ts';
import * as coverage from './coverage-samples.ts';
import { documentation } from './documentation-samples.ts';
import * as erase from './erase-samples.ts';
import * as health from './health-samples.ts';
import { operationsPage } from './operations-samples.ts';
import * as outbound from './outbound-samples.ts';
import * as records from './record-samples.ts';
import * as sample from './samples.ts';

const publicShell = { csrfToken: 'csrf-of-this-session', sandboxUrl: 'http://127.0.0.1:4100/' };
const { shell } = sample;

/**
 * Every page of the product with rich, empty and failing data, by name. `change` sees the props of each page before they
 * are drawn: tests put hostile text into them.
 */
export function allPages(change: <T>(props: T) => T = (props) => props): Record<string, VNode> {
  const patternsFilter = { category: null, state: 'open' as const, sort: 'customers' as const, before: null };
  const recordsFilter = { status: 'open' as const, sort: 'newest' as const, before: null };
  const { integration, integrationPage, insightsPage, logPage, conversationPage, membersPage } = sample;
  const awaiting = integration({
    state: 'awaitingMailboxes',
    selectedMailboxIds: [],
    scan: null,
    docs: { connected: false, collections: [], mappedCollectionIds: [] },
  });
  return {
    setup: SetupPage(change({ shell: publicShell, values: { organizationName: '', name: '', email: '' }, errors: {} })),
    'setup-refused': SetupPage(
      change({
        shell: publicShell,
        values: { organizationName: 'Northwind Support', name: 'Maya Okafor', email: 'maya@' },
        errors: { email: 'This is not an e-mail address.', password: 'At least 12 characters, please.' },
      }),
    ),
    'sign-in': SignInPage(change({ shell: publicShell, values: { email: '' }, errors: {}, returnTo: '/patterns' })),
    'sign-in-refused': SignInPage(
      change({
        shell: publicShell,
        values: { email: 'maya@northwind.example' },
        errors: { form: 'E-mail and password do not match.' },
      }),
    ),
    integrations: IntegrationsPage(
      change({
        shell: shell('/settings/integrations'),
        integrations: [integration(), integration({ integrationId: 'i0', state: 'disconnected' })],
      }),
    ),
    'integrations-empty': IntegrationsPage(change({ shell: shell('/settings/integrations'), integrations: [] })),
    integration: IntegrationPage(change(integrationPage())),
    'integration-awaiting': IntegrationPage(
      change(
        integrationPage({
          shell: shell('/settings/integrations/i1', { flash: { kind: 'success', text: 'Help Scout is connected.' } }),
          integration: awaiting,
          activity: 'Choose the mailboxes to read, and the scan starts.',
          failedConversations: 0,
          errors: { mailboxIds: 'Choose at least one mailbox.', apiKey: 'Help Scout does not accept this key.' },
        }),
      ),
    ),
    'integration-scanning': IntegrationPage(
      change(
        integrationPage({
          integration: integration({ state: 'scanning', scan: sample.SCAN }),
          activity: 'Reading page 14 of 26 from Support.',
          timeLeft: { leftMs: 240_000 },
          pendingConversations: 3,
        }),
      ),
    ),
    'integration-waiting': IntegrationPage(
      change(
        integrationPage({
          shell: shell('/settings/integrations/i1', {
            banner: {
              kind: 'error',
              text: 'Help Scout no longer accepts our access. Work waits; nothing is lost.',
              actionHref: '/settings/integrations/i1',
              actionText: 'Reconnect',
            },
          }),
          integration: integration({
            state: 'needsReauthorization',
            tokenExpiresAt: null,
            webhookActive: false,
            scan: { ...sample.SCAN, state: 'waiting', waitingFor: 'authenticationFailed' },
          }),
          activity: 'Waiting for an administrator to reconnect.',
          failedConversations: 0,
        }),
      ),
    ),
    'integration-leaving-calls-refused': IntegrationPage(
      change(
        integrationPage({
          integration: integration({ otherAppsPercent: 35 }),
          errors: { otherAppsPercent: 'Choose a share from 0 to 90 %.' },
        }),
      ),
    ),
    'api-usage': ApiUsagePage(change(health.apiUsagePage())),
    'api-usage-empty': ApiUsagePage(change(health.emptyApiUsagePage())),
    health: HealthPage(change(health.healthPage())),
    'health-empty': HealthPage(change(health.emptyHealthPage())),
    coverage: CoveragePage(change(coverage.coveragePage())),
    'coverage-troubled': CoveragePage(change(coverage.troubledCoveragePage())),
    'coverage-empty': CoveragePage(change(coverage.coveragePage({ integrations: [] }))),
    'notification-channels': NotificationChannelsPage(change(channels.notificationChannelsPage())),
    'notification-channels-refused': NotificationChannelsPage(change(channels.refusedChannelsPage())),
    erase: ErasePage(change(erase.erasePage())),
    'erase-refused': ErasePage(
      change(
        erase.erasePage({
          erasures: [],
          values: { email: 'ada@client.example', later: 'read' },
          errors: { again: 'The two addresses are not the same.', organizationName: 'This is not the name.' },
        }),
      ),
    ),
    receipt: ReceiptPage(change({ shell: publicShell, erasure: erase.erasure() })),
    'receipt-running': ReceiptPage(change({ shell: publicShell, erasure: erase.waitingErasure() })),
    operations: OperationsPage(change(operationsPage())),
    'operations-empty': OperationsPage(
      change(operationsPage({ queues: [], stuck: [], failures: [], histories: [], connections: 0 })),
    ),
    'operations-temporal-away': OperationsPage(change(operationsPage({ queues: null, histories: null }))),
    notifications: NotificationsPage(change(health.notificationsPage())),
    'notifications-empty': NotificationsPage(change(health.notificationsPage({ notifications: [] }))),
    'integration-disconnected': IntegrationPage(
      change(
        integrationPage({ integration: integration({ state: 'disconnected', scan: null }), activity: 'Disconnected.' }),
      ),
    ),
    disconnect: DisconnectPage(
      change({
        shell: shell('/settings/integrations/i1/disconnect'),
        integration: integration(),
        kept: { insights: 1258, patterns: 84, records: 21, logRows: 1342 },
      }),
    ),
    insights: InsightsPage(change(insightsPage())),
    'insights-scanning': InsightsPage(
      change(insightsPage({ scan: sample.SCAN, filter: { ...insightsPage().filter, category: 'bug' } })),
    ),
    'insights-empty': InsightsPage(change(insightsPage({ rows: [], totalInsights: 0, connected: false, older: null }))),
    'insights-no-match': InsightsPage(
      change(insightsPage({ rows: [], older: null, filter: { ...insightsPage().filter, q: 'zebra', before: 'c' } })),
    ),
    conversation: ConversationPage(change(conversationPage())),
    'conversation-explained': ConversationPage(
      change(
        conversationPage({
          decision: costs.decision(),
          further: [{ ...sample.INSIGHT, issue: 1, summary: 'They also ask for a dark theme.', category: 'feature' }],
        }),
      ),
    ),
    costs: CostsPage(change(costs.costsPage())),
    'costs-none': CostsPage(change(costs.freeCostsPage())),
    'conversation-unclassified': ConversationPage(
      change(conversationPage({ insight: null, pattern: null, record: null, log: [] })),
    ),
    documentation: DocumentationPage(documentation()),
    'documentation-empty': DocumentationPage({
      ...documentation(),
      articles: [],
      topics: [],
      total: 0,
      docsMapped: false,
    }),
    patterns: PatternsPage(
      change({
        shell: shell('/patterns'),
        filter: patternsFilter,
        rows: sample.PATTERNS,
        older: 'c2',
        totalPatterns: 84,
        connected: true,
        suggestions: [{ a: sample.pattern(0), b: sample.pattern(1), similarity: 0.41 }],
      }),
    ),
    'patterns-empty': PatternsPage(
      change({
        shell: shell('/patterns'),
        filter: patternsFilter,
        rows: [],
        older: null,
        totalPatterns: 0,
        connected: true,
        suggestions: [],
      }),
    ),
    pattern: PatternPage(
      change({
        shell: shell('/patterns/p1'),
        pattern: sample.pattern(1),
        trend: sample.PATTERN_TREND,
        conversations: sample.INSIGHT_ROWS.slice(0, 6).map((row) => ({ ...row, issue: 0 })),
        history: sample.PATTERN_HISTORY,
        changed: sample.PATTERN_HISTORY[0] ?? null,
        similar: [{ pattern: sample.pattern(0), similarity: 0.41 }],
        others: [sample.pattern(0), sample.pattern(2)],
      }),
    ),
    'pattern-choice': ChoosePatternPage(
      change({
        shell: shell('/patterns/p1/merge'),
        pattern: sample.pattern(1),
        moved: null,
        q: '',
        rows: [0, 2].map((index) => ({ ...sample.pattern(index), apart: index === 2 })),
      }),
    ),
    records: RecordsPage(
      change({
        shell: shell('/bug-reports'),
        kind: 'bug',
        filter: recordsFilter,
        rows: Array.from({ length: 6 }, (_, index) => ({
          ...sample.record(index),
          otherCategory: index === 1 ? ('feature' as const) : index === 2 ? ('question' as const) : null,
        })),
        older: null,
        totalRecords: 6,
      }),
    ),
    'records-empty': RecordsPage(
      change({
        shell: shell('/feature-requests'),
        kind: 'feature',
        filter: recordsFilter,
        rows: [],
        older: null,
        totalRecords: 0,
      }),
    ),
    record: RecordPage(
      change({
        shell: shell('/bug-reports/12'),
        record: sample.record(0),
        pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
        conversations: sample.INSIGHT_ROWS.slice(0, 5),
        ...records.talk,
        quotes: sample.INSIGHT_ROWS.slice(0, 4).map((row) => ({ ...row, quote: row.summary || row.subject })),
      }),
    ),
    'record-fixed': RecordPage(
      change({
        ...{ shell: shell('/bug-reports/12'), record: records.fixedRecord('fixed'), ...records.talk },
        pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
        ...{ conversations: sample.INSIGHT_ROWS.slice(0, 2), quotes: [] },
      }),
    ),
    'record-too-few': RecordPage(
      change({
        ...{ shell: shell('/bug-reports/12'), record: records.fixedRecord('tooFew'), ...records.talk },
        pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
        ...{ conversations: sample.INSIGHT_ROWS.slice(0, 2), quotes: [] },
      }),
    ),
    'record-waiting-for-check': RecordPage(
      change({
        ...{ shell: shell('/bug-reports/12'), record: records.fixedRecord(null), ...records.talk },
        pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
        ...{ conversations: sample.INSIGHT_ROWS.slice(0, 2), quotes: [] },
      }),
    ),
    'record-decided': RecordPage(
      change({
        ...{
          shell: shell('/bug-reports/12'),
          record: records.decidedRecord(),
          ...records.talk,
          errors: { title: 'Enter a title.', reason: 'Say why.' },
        },
        pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
        ...{ conversations: sample.INSIGHT_ROWS.slice(0, 2), quotes: [] },
      }),
    ),
    'record-merged': RecordPage(
      change({
        ...{
          shell: shell('/bug-reports/12'),
          record: sample.record(0),
          ...records.talk,
          mergedInto: { kind: 'bug', number: 3, title: 'Cut off', status: 'new' },
        },
        pattern: { patternId: 'p0', title: 'Exports are cut off at 1,000 rows' },
        ...{ conversations: sample.INSIGHT_ROWS.slice(0, 2), quotes: [] },
      }),
    ),
    'record-customers': RecordCustomersPage(change(records.customersPage())),
    'record-customers-empty': RecordCustomersPage(change(records.customersPage({ customers: [] }))),
    'record-messages': RecordMessagesPage(change(records.messagesPage())),
    'record-messages-empty': RecordMessagesPage(change(records.messagesPage({ kind: 'note', messages: [] }))),
    approvals: ApprovalsPage(change(records.approvalsPage())),
    'approvals-empty': ApprovalsPage(change(records.approvalsPage({ waiting: [], total: 0, decided: [] }))),
    'approvals-automatic': ApprovalsPage(change(records.approvalsPage({ waiting: [], total: 0, mode: 'automatic' }))),
    log: LogPage(change(logPage())),
    'log-empty': LogPage(
      change(
        logPage({
          rows: [],
          older: null,
          anyRows: false,
          similar: [],
          summary: sample.EMPTY_LOG_SUMMARY,
          savedViews: [],
          filter: { ...logPage().filter, range: 'custom', from: '2026-11-01', fromTime: '08:30', to: '2026-11-05' },
          errors: { to: 'The end lies before the start.' },
        }),
      ),
    ),
    'log-no-match': LogPage(
      change(
        logPage({
          rows: [],
          older: null,
          filter: { ...logPage().filter, type: ['ticketCreated', 'error'], status: ['failed'], q: 'zebra@' },
        }),
      ),
    ),
    'log-event': LogEventPage(change(sample.logEventPage())),
    'log-event-as-manager': LogEventPage(
      change(sample.logEventPage({ shell: shell('/tools/integrations/helpscout-log/e1', { role: 'manager' }) })),
    ),
    'log-event-integration': LogEventPage(
      change(
        sample.logEventPage({
          row: sample.logRow(5),
          kind: 'conversation',
          transferred: [],
          edits: [],
          canRetry: false,
          canEdit: false,
        }),
      ),
    ),
    'helpscout-settings': HelpScoutSettingsPage(change(sample.helpScoutSettingsPage())),
    'helpscout-settings-refused': HelpScoutSettingsPage(
      change(
        sample.helpScoutSettingsPage({
          integrations: [],
          forms: [],
          sent: { percent: '120', silenceOn: 'on', silenceHours: '24' },
          errors: { percent: 'Use a whole number from 50 to 100.' },
        }),
      ),
    ),
    'audit-trail': AuditTrailPage(
      change({
        shell: shell('/settings/helpscout/audit-trail'),
        entries: [
          {
            entryId: 'a1',
            at: sample.NOW,
            by: 'maya@northwind.example',
            action: 'changed settings',
            target: 'HelpScout Settings',
            details: 'hours that duplicates are looked for: 24 → 48',
          },
        ],
        before: null,
        older: 'cursor-2',
        keptDays: 730,
      }),
    ),
    'audit-trail-empty': AuditTrailPage(
      change({ shell: shell('/settings/helpscout/audit-trail'), entries: [], before: null, older: null, keptDays: 30 }),
    ),
    members: MembersPage(change(membersPage())),
    'members-refused': MembersPage(
      change(
        membersPage({
          values: { name: 'Jonas', email: 'jonas@northwind.example', role: 'manager' },
          errors: { email: 'Somebody with this address is a member already.' },
        }),
      ),
    ),
    ...formPages(change),
    ...ticketPages(change),
    ...customerPages(change),
    ...failurePages(change),
    ...apiPages(change),
    'error-not-found': ErrorPage(
      change({
        shell: shell('/patterns/nope'),
        status: 404,
        code: 'notFound',
        sentence: 'There is nothing at this address.',
        remedy: 'It may have been removed, or belong to another organization.',
      }),
    ),
    'error-signed-out': ErrorPage(
      change({
        shell: null,
        status: 403,
        code: 'csrfExpired',
        sentence: 'This page was open for too long.',
        remedy: 'Go back, reload the page, and send the form again.',
      }),
    ),
  };
}

type Change = <T>(props: T) => T;

const formPages = (change: Change) => {
  const { FORM, FORM_DRAFT, MAILBOX_CHOICES, USER_CHOICES } = outbound;
  const editor = {
    ...{ shell: shell('/settings/forms/f1'), form: FORM, draft: FORM_DRAFT, errors: {}, focus: null },
    ...{ mailboxes: MAILBOX_CHOICES, users: USER_CHOICES, publicUrl: 'https://insights.northwind.example' },
  };
  const contact = { form: FORM, values: {}, errors: {}, notice: null, idempotencyKey: 'k1' };
  return {
    forms: FormsPage(
      change({
        shell: shell('/settings/forms'),
        rows: [
          { ...FORM, mailboxName: 'Support', recent: 214, lastAt: sample.NOW },
          { ...FORM, formId: 'f2', name: 'Returns', enabled: false, mailboxName: 'Billing', recent: 0, lastAt: null },
        ],
      }),
    ),
    'forms-empty': FormsPage(change({ shell: shell('/settings/forms'), rows: [] })),
    'form-editor': FormEditorPage(change(editor)),
    'form-editor-refused': FormEditorPage(
      change({
        ...editor,
        form: null,
        draft: { ...FORM_DRAFT, name: '', mailbox: '' },
        errors: { name: 'Enter a name.', mailbox: 'Choose a mailbox.', form: 'One field has to take the message.' },
      }),
    ),
    'form-editor-no-mailbox': FormEditorPage(change({ ...editor, form: null, mailboxes: [], users: [] })),
    'form-delete': DeleteFormPage(change({ shell: shell('/settings/forms/f1/delete'), form: FORM, submissions: 1402 })),
    'contact-form': ContactFormPage(change(contact)),
    'contact-form-refused': ContactFormPage(
      change({
        ...contact,
        values: { email: 'tomasz@', plan: 'Team', urgent: 'yes' },
        errors: { email: 'Enter an e-mail address, such as ada@example.com.', message: 'Fill in “How can we help?”.' },
      }),
    ),
    'contact-form-too-often': ContactFormPage(
      change({ ...contact, notice: 'That were many messages in a short time. Try again in 40 seconds.' }),
    ),
    'contact-form-thanks': ThankYouPage(
      change({ form: FORM, submissionId: outbound.HELD.submissionId, status: 'We have received your message.' }),
    ),
    'contact-form-unknown': NoContactFormPage(
      change({ sentence: 'There is no form at this address.', remedy: 'Ask the website that sent you here.' }),
    ),
  };
};

const ticketPages = (change: Change) => {
  const { HELD, INVALID, MAILBOX_CHOICES, USER_CHOICES, submission } = outbound;
  const ticket = {
    ...{ shell: shell('/tickets/t1'), submission: submission(), formName: 'Ask Northwind', mailboxName: 'Support' },
    ...{ rows: [sample.logRow(0), sample.logRow(1)], first: null, mayDecide: true },
  };
  const draft = {
    ...{ mailbox: 'i1/11', customerEmail: '', customerName: '', subject: '', message: '', assigneeId: '', tags: '' },
  };
  const newTicket = {
    ...{ shell: shell('/tickets/new'), draft, errors: {}, mailboxes: MAILBOX_CHOICES, users: USER_CHOICES },
    ...{ from: null, idempotencyKey: 'k1' },
  };
  const path = '/tools/integrations/e-mails';
  const filter = { customer: '', kind: null, before: null };
  const email = {
    ...{ emailId: 'e1', kind: 'autoReply' as const, to: 'tomasz@fabryka.example', subject: 'Re: Broken on arrival' },
    ...{ status: 'sent' as const, error: '', customerEmail: 'tomasz@fabryka.example', conversationId: 2_847_102 },
    ...{ submissionId: submission().submissionId, at: sample.NOW },
  };
  return {
    ticket: TicketPage(change(ticket)),
    'ticket-held': TicketPage(change({ ...ticket, submission: HELD, first: submission() })),
    'ticket-failed': TicketPage(change({ ...ticket, submission: INVALID, rows: outbound.FAILED_ROWS })),
    'ticket-as-manager': TicketPage(
      change({ ...ticket, shell: shell('/tickets/t1', { role: 'manager' }), submission: HELD, mayDecide: false }),
    ),
    'new-ticket': NewTicketPage(change(newTicket)),
    'new-ticket-refused': NewTicketPage(
      change({
        ...newTicket,
        draft: { ...draft, customerEmail: 'tomasz@', subject: 'Broken on arrival' },
        errors: { customerEmail: 'Enter an e-mail address, such as ada@example.com.', message: 'Enter the message.' },
        from: INVALID.submissionId,
      }),
    ),
    'new-ticket-no-mailbox': NewTicketPage(change({ ...newTicket, mailboxes: [], users: [] })),
    duplicates: DuplicatesPage(
      change({
        shell: shell('/tools/integrations/duplicates'),
        pairs: [
          { first: submission(), later: HELD, formName: 'Ask Northwind' },
          { first: null, later: { ...HELD, submissionId: 'created', state: 'created' as const }, formName: null },
        ],
        ...{ before: 'c1', older: 'c2', mayDecide: true },
      }),
    ),
    'duplicates-empty': DuplicatesPage(
      change({
        ...{
          shell: shell('/tools/integrations/duplicates', { role: 'manager' }),
          pairs: [],
          before: null,
          older: null,
        },
        mayDecide: false,
      }),
    ),
    'sent-emails': SentEmailsPage(
      change({
        ...{ shell: shell(path), filter, older: 'c2' },
        rows: [
          email,
          { ...email, emailId: 'e2', status: 'failed' as const, error: 'The mailbox takes no mail.' },
          {
            ...{ ...email, emailId: 'e3', kind: 'notification' as const, to: 'maya@northwind.example' },
            ...{ customerEmail: null, conversationId: null, submissionId: null, subject: '91.4 % of syncs worked' },
          },
        ],
      }),
    ),
    'sent-emails-empty': SentEmailsPage(change({ shell: shell(path), filter, rows: [], older: null })),
  };
};

const customerPages = (change: Change) => {
  const { FAILED_CUSTOMER, customer, submission, upload } = outbound;
  const email = 'tomasz@fabryka.example';
  const counts = { waiting: 3, syncing: 1, synced: 1204, failed: 2, dismissed: 0 };
  const filter = { q: '', state: null, after: null };
  const lines = { stored: 204, accepted: 100, synced: 840, unchanged: 52, failed: 2, invalid: 6 };
  const page = {
    ...{ shell: shell(`/customers/${email}`), email, record: customer() },
    helpScoutUrl: 'https://secure.helpscout.example/customers/90211/',
    insights: sample.INSIGHT_ROWS.slice(0, 3),
    conversations: [
      { conversationId: 9, number: 18_350, subject: '', status: 'active', createdAt: sample.NOW },
      { conversationId: 8, number: 18_349, subject: 'Invoice', status: 'closed', createdAt: sample.NOW },
    ],
    tickets: [submission(), outbound.HELD],
    emails: [
      { emailId: 'e1', subject: 'Re: Broken', status: 'sent' as const, error: '', at: sample.NOW },
      { emailId: 'e2', subject: 'Re: Broken', status: 'failed' as const, error: 'No such mailbox', at: sample.NOW },
    ],
    log: [sample.logRow(0), sample.logRow(1), sample.logRow(2)],
  };
  const uploads = { shell: shell('/customers/uploads'), before: null, older: null };
  return {
    customers: CustomersPage(
      change({
        ...{ shell: shell('/customers'), filter, next: 'c2', counts },
        rows: [customer(), FAILED_CUSTOMER, customer({ externalId: 'crm-2', syncedAt: null, state: 'waiting' })],
      }),
    ),
    'customers-empty': CustomersPage(
      change({
        ...{ shell: shell('/customers'), filter, rows: [], next: null },
        counts: { waiting: 0, syncing: 0, synced: 0, failed: 0, dismissed: 0 },
      }),
    ),
    'customers-no-match': CustomersPage(
      change({
        ...{ shell: shell('/customers', { role: 'manager' }), rows: [], next: null, counts },
        filter: { q: 'zoe@', state: 'failed' as const, after: null },
      }),
    ),
    customer: CustomerPage(change(page)),
    'customer-failed': CustomerPage(change({ ...page, record: FAILED_CUSTOMER })),
    'customer-unknown': CustomerPage(
      change({
        ...{ ...page, record: null, helpScoutUrl: null },
        ...{ insights: [], conversations: [], tickets: [], emails: [], log: [] },
      }),
    ),
    'customer-uploads': CustomerUploadsPage(
      change({
        ...uploads,
        uploads: [upload(), upload({ importId: 'u2', fileName: '', state: 'done', createdBy: 'API key Shop' })],
      }),
    ),
    'customer-uploads-refused': CustomerUploadsPage(
      change({ ...uploads, uploads: [], errors: { form: 'The file has no line with an externalId.' } }),
    ),
    'customer-upload': CustomerUploadPage(
      change({
        ...{ shell: shell('/customers/uploads/u1'), upload: upload(), counts: lines, inBatches: true },
        bad: [
          { line: 17, externalId: null, state: 'invalid' as const, error: 'Give the customer’s id in your systems.' },
          { line: 801, externalId: 'crm-9', state: 'failed' as const, error: 'Another customer has this address.' },
        ],
      }),
    ),
    'customer-upload-broken': CustomerUploadPage(
      change({
        ...{ shell: shell('/customers/uploads/u1'), upload: upload({ state: 'broken' }), bad: [], inBatches: false },
        counts: { stored: 0, accepted: 0, synced: 0, unchanged: 0, failed: 0, invalid: 0 },
      }),
    ),
  };
};

const failurePages = (change: Change) => {
  const { FAILED_ROWS, INVALID, RETRY_COUNTS, RETRY_ITEMS, retryRun } = outbound;
  const path = '/tools/integrations/failures';
  const rows = {
    ...{ shell: shell(`${path}/rows`), rows: FAILED_ROWS, more: true, total: 214 },
    cause: { code: 'helpScoutUnavailable' as const, type: 'ticketCreated' as const },
  };
  const run = {
    ...{ shell: shell(`${path}/runs/r1`), run: retryRun(), counts: RETRY_COUNTS, items: RETRY_ITEMS },
    ...{ from: 0, show: 'all' as const, next: 200, canary: null, temporalUrl: 'http://127.0.0.1:8233/r1' },
  };
  const [first] = FAILED_ROWS;
  const canary = RETRY_ITEMS[1] ?? null;
  const correct = {
    ...{ shell: shell(`${path}/e1/edit`), row: first ?? sample.logRow(1), what: 'Ticket “Broken on arrival”' },
    ...{ waits: true, held: false, orphaned: false, edits: INVALID.edits },
    fields: [
      { name: 'customerEmail', label: 'Customer’s e-mail', value: INVALID.customerEmail, long: false },
      { name: 'message', label: 'Message', value: INVALID.message, long: true },
    ],
  };
  return {
    failures: FailuresPage(
      change({
        shell: shell(path),
        groups: [
          {
            ...{ code: 'helpScoutUnavailable', type: 'ticketCreated', count: 214, retryable: true, more: true },
            ...{ firstAt: sample.NOW, lastAt: sample.NOW },
            customers: Array.from({ length: 6 }, (_, index) => `accounts-${index}@a-long-company-name.example`),
          },
          {
            ...{ code: 'authenticationFailed', type: 'tokenRefreshed', count: 1, retryable: false, more: false },
            ...{ firstAt: sample.NOW, lastAt: sample.NOW, customers: [] },
          },
        ] as const,
        runs: [retryRun(), retryRun({ retryRunId: 'r0', state: 'finished', endedAt: sample.NOW })],
      }),
    ),
    'failures-empty': FailuresPage(change({ shell: shell(path), groups: [], runs: [] })),
    'failed-rows': FailedRowsPage(change(rows)),
    'failed-rows-as-manager': FailedRowsPage(
      change({ ...rows, shell: shell(`${path}/rows`, { role: 'manager' }), more: false, total: 3 }),
    ),
    'failed-rows-none': FailedRowsPage(change({ ...rows, rows: [], more: false, total: 0 })),
    'retry-run': RetryRunPage(change(run)),
    'retry-run-canary-failed': RetryRunPage(change({ ...run, run: retryRun({ state: 'canaryFailed' }), canary })),
    'retry-run-running': RetryRunPage(
      change({ ...run, run: retryRun({ state: 'running', decidedBy: 'maya@northwind.example' }) }),
    ),
    'retry-run-finished': RetryRunPage(
      change({
        ...{ ...run, run: retryRun({ state: 'finished', endedAt: sample.NOW }), next: null, show: 'failed' as const },
        counts: { ...RETRY_COUNTS, success: 3, waiting: 0 },
      }),
    ),
    'correct-row': CorrectRowPage(change(correct)),
    'correct-row-refused': CorrectRowPage(
      change({ ...correct, orphaned: true, errors: { customerEmail: 'Enter an e-mail address.' } }),
    ),
    'correct-row-held': CorrectRowPage(change({ ...correct, held: true, fields: [], edits: [] })),
    'correct-row-settled': CorrectRowPage(change({ ...correct, waits: false, fields: [] })),
  };
};

const apiPages = (change: Change) => {
  const path = '/settings/api-keys';
  const [apiKey] = outbound.API_KEYS;
  return {
    'api-keys': ApiKeysPage(
      change({
        ...{ shell: shell(path), keys: outbound.API_KEYS },
        made: { name: 'Shop', secret: 'hsi_9fK2o1Zl7Qe3Vn8bTt5Rw0Xy4Ua6Cd' },
      }),
    ),
    'api-keys-empty': ApiKeysPage(
      change({
        ...{ shell: shell(path), keys: [], errors: { scopes: 'Choose what it may do.' } },
        values: { name: 'Shop', scopes: [], lifetime: '30' },
      }),
    ),
    ...(apiKey && { 'api-key-revoke': RevokeApiKeyPage(change({ shell: shell(`${path}/k0/revoke`), apiKey })) }),
    'api-docs': ApiDocsPage(
      change({
        ...{ organizationName: 'Northwind Support', csrfToken: 'csrf-of-this-session', mayManageKeys: true },
        documentUrl: '/api/v1/openapi.json',
        problems: [{ code: 'notFound', status: 404, sentence: 'There is nothing here.', remedy: 'Check the id.' }],
      }),
    ),
  };
};
