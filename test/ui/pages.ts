import type { VNode } from 'preact';
import {
  ApiUsagePage,
  AuditTrailPage,
  ConversationPage,
  DisconnectPage,
  ErrorPage,
  HealthPage,
  HelpScoutSettingsPage,
  InsightsPage,
  IntegrationPage,
  IntegrationsPage,
  LogEventPage,
  LogPage,
  MembersPage,
  NotificationsPage,
  PatternPage,
  PatternsPage,
  RecordPage,
  RecordsPage,
  SetupPage,
  SignInPage,
} from '../../src/ui/index.ts';
import * as health from './health-samples.ts';
import * as sample from './samples.ts';

const publicShell = { csrfToken: 'csrf-of-this-session', sandboxUrl: 'http://127.0.0.1:4100/' };
const { shell } = sample;

/**
 * Every page of the product with rich, empty and failing data, by name. `change` sees the props of each page before they
 * are drawn: tests put hostile text into them.
 */
export function allPages(change: <T>(props: T) => T = (props) => props): Record<string, VNode> {
  const patternsFilter = { category: null, sort: 'customers' as const, before: null };
  const recordsFilter = { status: 'open' as const, before: null };
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
    'conversation-unclassified': ConversationPage(
      change(conversationPage({ insight: null, pattern: null, record: null, log: [] })),
    ),
    patterns: PatternsPage(
      change({
        shell: shell('/patterns'),
        filter: patternsFilter,
        rows: sample.PATTERNS,
        older: 'c2',
        totalPatterns: 84,
        connected: true,
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
      }),
    ),
    pattern: PatternPage(
      change({
        shell: shell('/patterns/p1'),
        pattern: sample.pattern(1),
        trend: sample.PATTERN_TREND,
        conversations: sample.INSIGHT_ROWS.slice(0, 6),
      }),
    ),
    records: RecordsPage(
      change({
        shell: shell('/bug-reports'),
        kind: 'bug',
        filter: recordsFilter,
        rows: Array.from({ length: 6 }, (_, index) => sample.record(index)),
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
        quotes: sample.INSIGHT_ROWS.slice(0, 4).map((row) => ({ ...row, quote: row.summary || row.subject })),
      }),
    ),
    log: LogPage(change(logPage())),
    'log-empty': LogPage(
      change(
        logPage({
          rows: [],
          older: null,
          anyRows: false,
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
            details: 'duplicates windowHours: 24 → 48',
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
