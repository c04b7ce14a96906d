import { log } from '@temporalio/activity';
import { accountKeyOf } from '../domain/account-key.ts';
import { type AlertFacts, brokenRules, isWatched, RECOVERED, TRAFFIC_TYPES } from '../domain/alert-rules.ts';
import { ALERT_RULES, ALERT_TOPICS, type AlertRule, type Notification } from '../domain/notification.ts';
import type { Alert } from '../storage/alerts.ts';
import type { Organization } from '../storage/organizations.ts';
import type { Storage } from '../storage/storage.ts';
import { COVERAGE_PAGE, INTEGRATIONS_PAGE, readConnections } from './connection-facts.ts';
import type { ActivityDeps } from './deps.ts';
import { watchedDrifts } from './drift-watch.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A busy minute is over once none has been for this long. */
const USE_LOOKED_BACK_MS = 10 * MINUTE_MS;
const MOST_TICKETS = 500;

/** Where a person sees the cause, by addresses of the web app (ui/links.ts; a test holds them together). */
export const ALERT_PATHS: Record<AlertRule, string> = {
  successRate: '/tools/integrations/helpscout-health',
  failedTicket: '/tools/integrations/helpscout-log?type=ticketCreated&status=failed&range=30d',
  silence: '/tools/integrations/helpscout-health',
  apiLimit: '/tools/integrations/helpscout-calls',
  drift: '/insights/quality',
  reconnect: INTEGRATIONS_PAGE,
  webhook: COVERAGE_PAGE,
  mailbox: COVERAGE_PAGE,
  scan: INTEGRATIONS_PAGE,
  quietHour: COVERAGE_PAGE,
};

/** Watches what people asked to be told of. */
export function createAlertActivities({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  return {
    /**
     * Looks at every organization's rules. A rule that was just broken is told once, and once more when it holds again;
     * tickets that failed meanwhile are told as they come.
     */
    async checkAlerts(): Promise<void> {
      for (const organization of await storage.organizations.list()) {
        const { organizationId } = organization;
        try {
          await checkOrganization(storage, organization, now());
        } catch (error) {
          // The others' alerts must not depend on this one's data.
          log.error('alert rules could not be checked', { organizationId, reason: kindOf(error) });
        }
      }
    },
  };
}

const kindOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

async function checkOrganization(storage: Storage, organization: Organization, now: Date): Promise<void> {
  const { organizationId } = organization;
  const [{ alerts: rules }, active] = await Promise.all([
    storage.settings.get(organizationId),
    storage.alerts.list(organizationId),
  ]);
  const before = new Map(active.map((alert) => [alert.rule, alert]));
  const { facts, news } = await readFacts(storage, organization, now);
  for (const one of news) await storage.notifications.add(organizationId, one);
  const broken = brokenRules(rules, facts, new Set(before.keys()));
  for (const rule of ALERT_RULES) {
    const was = before.get(rule);
    const is = broken.get(rule);
    if (is) {
      const untold = is.about.filter((id) => !was?.told.includes(id));
      const alert = was ?? (await storage.alerts.begin(organizationId, rule, { at: now }));
      // Added at every look: the one before may have been stopped between its two steps.
      if (is.about.length === 0) await notify(rule, alert, { text: is.text, id: rule, at: alert.since });
      else if (untold.length > 0) await notify(rule, alert, { text: is.text, id: `${rule}/${untold[0]}`, at: now });
      if (is.about.length > 0) await storage.alerts.begin(organizationId, rule, { at: now, told: [...is.about] });
    } else if (was) {
      if (isWatched(rule, rules)) await recovered(rule, was);
      await storage.alerts.end(organizationId, rule);
    }
  }

  async function notify(rule: AlertRule, alert: Alert, { text, id, at }: { text: string; id: string; at: Date }) {
    await storage.notifications.add(organizationId, {
      notificationId: `alert/${id}/${alert.since.toISOString()}`,
      kind: 'alert',
      topic: ALERT_TOPICS[rule],
      text,
      href: ALERT_PATHS[rule],
      at,
    });
  }

  async function recovered(rule: AlertRule, alert: Alert) {
    await storage.notifications.add(organizationId, {
      notificationId: `recovery/${rule}/${alert.since.toISOString()}`,
      kind: 'recovery',
      topic: ALERT_TOPICS[rule],
      text: RECOVERED[rule],
      href: ALERT_PATHS[rule],
      at: now,
    });
  }
}

async function readFacts(
  storage: Storage,
  organization: Organization,
  now: Date,
): Promise<{ facts: AlertFacts; news: Notification[] }> {
  const { organizationId } = organization;
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const [integrations, byType, tickets, lastEventAt, drifts] = await Promise.all([
    storage.integrations.list(organizationId),
    storage.syncEvents.successByType(organizationId, ago(24 * HOUR_MS)),
    storage.syncEvents.list(
      organizationId,
      { types: ['ticketCreated'], statuses: ['failed'] },
      { limit: MOST_TICKETS },
    ),
    storage.syncEvents.lastEventAt(organizationId, TRAFFIC_TYPES),
    watchedDrifts(storage, organizationId, now),
  ]);
  const live = integrations.filter(({ state }) => state === 'live' || state === 'scanning');
  const uses = await Promise.all(
    live.map((integration) => storage.rateBudget.usage(accountKeyOf(integration), now, ago(USE_LOOKED_BACK_MS))),
  );
  const beginnings = live.map(({ connectedAt, createdAt }) => connectedAt ?? createdAt);
  const { facts: connections, news } = await readConnections(storage, organization, integrations, now);
  const facts: AlertFacts = {
    now,
    connections,
    outcomes: {
      succeeded: byType.reduce((sum, { success }) => sum + success, 0),
      failed: byType.reduce((sum, { failed }) => sum + failed, 0),
    },
    failedTickets: tickets.events.map(({ eventId }) => eventId),
    drifts,
    lastTrafficAt: live.length === 0 ? null : latest([...beginnings, ...(lastEventAt ? [lastEventAt] : [])]),
    highestUse: Math.max(
      0,
      ...uses.flatMap(({ limit, windows }) =>
        windows.map((window) => {
          const most = window.limit ?? limit;
          return most ? (window.ours + window.others) / most : 0;
        }),
      ),
    ),
  };
  return { facts, news };
}

const latest = (dates: readonly Date[]) => new Date(Math.max(...dates.map((date) => date.getTime())));
