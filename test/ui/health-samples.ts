import { SCOPE } from '../../src/helpscout/endpoints.ts';
import type { ApiUsagePageProps } from '../../src/ui/views/api-usage.tsx';
import type { HealthPageProps } from '../../src/ui/views/health.tsx';
import type { NotificationsPageProps } from '../../src/ui/views/notifications.tsx';
import { integration, NOW, shell } from './samples.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const USAGE_PATH = '/tools/integrations/helpscout-calls';
const HEALTH = '/tools/integrations/helpscout-health';

/** The last steps of a length, oldest first. */
const steps = <T>(count: number, lengthMs: number, of: (at: Date, index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(ago((count - 1 - index) * lengthMs), index));

export function apiUsagePage(changes: Partial<ApiUsagePageProps> = {}): ApiUsagePageProps {
  return {
    shell: shell(USAGE_PATH, { notifications: 3 }),
    days: 30,
    rows: [
      { endpoint: 'GET /v2/conversations', feature: 'Insights', calls: 12_345, errors: 3 },
      { endpoint: 'POST /v2/conversations', feature: 'Contact forms', calls: 321, errors: 1 },
      { endpoint: 'PUT /v2/conversations/{id}/tags', feature: 'Insights', calls: 0, errors: 0 },
    ],
    refused: [{ endpoint: 'DELETE /v2/conversations/{id}', times: 1 }],
    accounts: [
      {
        name: 'Northwind',
        limit: 400,
        now: { ours: 120, others: 31 },
        highest: { at: ago(12 * MINUTE_MS), share: 0.93 },
        othersShare: 0.21,
      },
    ],
    byMinute: steps(60, MINUTE_MS, (at, index) => ({ at, calls: (index * 7) % 90, units: (index * 11) % 370 })),
    byHour: steps(48, HOUR_MS, (at, index) => ({ at, calls: (index * 131) % 900, failed: index % 9 === 0 ? 40 : 0 })),
    byDay: steps(30, DAY_MS, (at, index) => ({
      day: at.toISOString().slice(0, 10),
      calls: (index * 517) % 4000,
      errors: index % 7,
    })),
    limited: 4,
    waits: 17,
    customersMode: 'realTime',
    ...changes,
  };
}

export const emptyApiUsagePage = () =>
  apiUsagePage({
    shell: shell(USAGE_PATH, { role: 'manager', notifications: 0 }),
    rows: SCOPE.map(({ endpoint, feature }) => ({ endpoint, feature, calls: 0, errors: 0 })),
    refused: [],
    accounts: [],
    byMinute: steps(60, MINUTE_MS, (at) => ({ at, calls: 0, units: 0 })),
    byHour: steps(48, HOUR_MS, (at) => ({ at, calls: 0, failed: 0 })),
    byDay: steps(30, DAY_MS, (at) => ({ day: at.toISOString().slice(0, 10), calls: 0, errors: 0 })),
    limited: 0,
    waits: 0,
  });

export function healthPage(changes: Partial<HealthPageProps> = {}): HealthPageProps {
  const { integrationId, state, tokenExpiresAt, webhookActive, account, scan } = integration();
  const byType = [
    { type: 'conversationUpdated', success: 812, failed: 4 },
    { type: 'ticketCreated', success: 37, failed: 6 },
    { type: 'customerSynced', success: 3, failed: 1 },
  ] as const;
  return {
    shell: shell(HEALTH, { notifications: 120 }),
    windows: [
      { hours: 24, all: { success: 402, failed: 2 }, byType: byType.slice(0, 2) },
      { hours: 48, all: { success: 852, failed: 51 }, byType },
    ],
    persistent: [
      { code: 'invalidEmail', type: 'ticketCreated', count: 5, firstAt: ago(30 * HOUR_MS), lastAt: ago(HOUR_MS) },
      { code: 'timeout', type: 'conversationUpdated', count: 3, firstAt: ago(9 * HOUR_MS), lastAt: ago(2 * HOUR_MS) },
    ],
    calls: { calls: 15_332, limited: 4, waits: 17, timedOut: 2, failed: 11 },
    waiting: { rows: 2, more: false, oldestAt: ago(3 * HOUR_MS) },
    last: { conversation: ago(2 * MINUTE_MS), ticket: ago(40 * MINUTE_MS), customer: null },
    missed: { missed: 3, conversations: 320 },
    integrations: [
      {
        integrationId,
        state,
        tokenExpiresAt,
        webhookActive,
        account,
        scan,
        lastWebhookAt: ago(2 * MINUTE_MS),
        diagnosis: {
          by: 'maya@northwind.example',
          atMs: ago(20 * MINUTE_MS).getTime(),
          steps: [
            { check: 'user', outcome: 'ok', result: 'Connected as Ada Moor.', remedy: '', latencyMs: 142 },
            {
              check: 'mailboxes',
              outcome: 'warning',
              result: 'It took 4.1 s.',
              remedy: 'Test again.',
              latencyMs: 4102,
            },
            { check: 'users', outcome: 'ok', result: '12 can be assigned tickets.', remedy: '', latencyMs: 98 },
            {
              check: 'webhook',
              outcome: 'failed',
              result: 'Our webhook is not there.',
              remedy: 'Save the mailboxes again under Settings > Integrations.',
              latencyMs: 120,
            },
            { check: 'clock', outcome: 'ok', result: 'Both clocks agree to the second.', remedy: '', latencyMs: null },
            { check: 'budget', outcome: 'skipped', result: 'No answer told it.', remedy: '', latencyMs: null },
          ],
        },
      },
    ],
    status: {
      checkedAt: ago(3 * MINUTE_MS),
      problem: 'unreachable',
      statusAt: ago(HOUR_MS),
      status: {
        indicator: 'minor',
        description: 'Minor Service Outage',
        incidents: [
          { name: 'Delays in the API', state: 'investigating', impact: 'minor', startedAt: ago(2 * HOUR_MS) },
        ],
        components: [{ name: 'Inbox API', state: 'partial_outage' }],
      },
    },
    statusUrl: 'https://status.helpscout.example/',
    mayTest: true,
    ...changes,
  };
}

export const emptyHealthPage = () =>
  healthPage({
    shell: shell(HEALTH, { role: 'manager', notifications: 0 }),
    windows: [
      { hours: 24, all: { success: 0, failed: 0 }, byType: [] },
      { hours: 48, all: { success: 0, failed: 0 }, byType: [] },
    ],
    persistent: [],
    calls: { calls: 0, limited: 0, waits: 0, timedOut: 0, failed: 0 },
    waiting: { rows: 0, more: false, oldestAt: null },
    last: { conversation: null, ticket: null, customer: null },
    missed: null,
    integrations: [],
    status: null,
    mayTest: false,
  });

export function notificationsPage(changes: Partial<NotificationsPageProps> = {}): NotificationsPageProps {
  return {
    shell: shell('/notifications', { notifications: 2 }),
    notifications: [
      {
        notificationId: 'n1',
        kind: 'alert',
        text: '91.4 % of the last 24 hours’ syncs worked, which is below 95 %: 51 failed.',
        href: HEALTH,
        at: ago(9 * MINUTE_MS),
        unread: true,
      },
      {
        notificationId: 'n2',
        kind: 'recovery',
        text: 'Help Scout and we hear of each other again.',
        href: HEALTH,
        at: ago(26 * HOUR_MS),
        unread: false,
      },
      {
        notificationId: 'n3',
        kind: 'news',
        text: 'Scan 2 has finished: 384 conversations read.',
        href: '/settings/integrations/i1',
        at: ago(27 * HOUR_MS),
        unread: false,
      },
    ],
    isNewest: true,
    older: 'cursor-2',
    maySet: true,
    ...changes,
  };
}
