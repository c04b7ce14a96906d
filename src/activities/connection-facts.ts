import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import type { ConnectionFacts } from '../domain/connection-alerts.ts';
import type { Integration } from '../domain/integration.ts';
import type { Notification } from '../domain/notification.ts';
import type { HourCount } from '../domain/quiet-hour.ts';
import type { CoverageWatch } from '../storage/coverage-watch.ts';
import type { Storage } from '../storage/storage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEKS = [1, 2, 3, 4] as const;
/** An hour is judged once the comparison after it, every 15 minutes as a rule, has found what webhooks missed. */
const JUDGED_AFTER_MS = 30 * 60_000;
/** News that nobody was told of for so long is none. */
const NEWS_MS = DAY_MS;
/** They pass by themselves. */
const PASSING = ['rateLimited', 'costCapReached'];

/** Help Scout's own addresses, by the web app's (ui/links.ts; a test holds them together). */
export const COVERAGE_PAGE = '/tools/integrations/coverage';
export const INTEGRATIONS_PAGE = '/settings/integrations';

interface Organization {
  organizationId: string;
  timeZone: string;
}

/** What alert rules look at of an organization's connections, and what is news about them. */
export async function readConnections(
  storage: Storage,
  { organizationId, timeZone }: Organization,
  integrations: readonly Integration[],
  now: Date,
): Promise<{ facts: ConnectionFacts; news: Notification[] }> {
  const connected = integrations.filter(({ state }) => state !== 'disconnected' && state !== 'connecting');
  const watched = await Promise.all(
    connected.map(async (integration) => {
      const { integrationId } = integration;
      const [watch, mailboxes, hour] = await Promise.all([
        storage.coverage.watch(organizationId, integrationId),
        storage.coverage.mailboxes(organizationId, integrationId),
        integration.state === 'live' ? lastHour(storage, { organizationId, timeZone }, integrationId, now) : null,
      ]);
      const { selectedMailboxIds } = integration;
      const hidden = mailboxes.filter((one) => one.hiddenSince && selectedMailboxIds.includes(one.mailboxId));
      return { integration, watch, hidden, hour };
    }),
  );
  const facts: ConnectionFacts = {
    reconnect: connected
      .filter(({ state }) => state === 'needsReauthorization')
      .map(({ account }) => account?.name ?? 'Help Scout'),
    webhooks: watched.flatMap(({ integration, watch: { webhook } }) =>
      webhook?.problem && integration.state === 'live'
        ? [{ problem: webhook.problem, errorCode: webhook.errorCode }]
        : [],
    ),
    hiddenMailboxes: watched.flatMap(({ hidden }) => hidden.map(({ name, mailboxId }) => name ?? `${mailboxId}`)),
    waitingScans: connected.flatMap(({ scan }) =>
      scan?.state === 'waiting' && scan.waitingFor && !PASSING.includes(scan.waitingFor) ? [scan.waitingFor] : [],
    ),
    hours: watched.flatMap(({ hour }) => (hour ? [hour] : [])),
  };
  return { facts, news: watched.flatMap(({ integration, watch }) => newsOf(integration, watch, now)) };
}

/** The last hour that can be judged, with the same one of the four weeks before. */
async function lastHour(
  storage: Storage,
  { organizationId, timeZone }: Organization,
  integrationId: string,
  now: Date,
): Promise<HourCount> {
  const hour = Math.floor((now.getTime() - JUDGED_AFTER_MS) / HOUR_MS) * HOUR_MS - HOUR_MS;
  const at = (ms: number, pattern: string) => format(new TZDate(ms, timeZone), pattern);
  const days = await storage.coverage.days(organizationId, integrationId, {
    from: at(hour - WEEKS.length * 7 * DAY_MS, 'yyyy-MM-dd'),
    to: at(hour, 'yyyy-MM-dd'),
  });
  const countOf = (ms: number) => days.reduce((sum, { figures }) => sum + (figures.hours[ms] ?? 0), 0);
  return {
    name: `${at(hour, 'EEEE, HH:mm')} to ${at(hour + HOUR_MS, 'HH:mm')}`,
    count: countOf(hour),
    before: WEEKS.map((week) => countOf(hour - week * 7 * DAY_MS)),
  };
}

function newsOf({ integrationId, scan }: Integration, { webhook }: CoverageWatch, now: Date): Notification[] {
  const isRecent = (at: Date) => now.getTime() - at.getTime() < NEWS_MS;
  const news: Notification[] = [];
  const finishedAt = scan?.finishedAtMs ? new Date(scan.finishedAtMs) : null;
  if (scan?.state === 'completed' && finishedAt && isRecent(finishedAt)) {
    const failed = scan.failed > 0 ? `, ${scan.failed} could not be read yet` : '';
    news.push({
      notificationId: `scan/${integrationId}/${scan.scanNumber}`,
      kind: 'news',
      topic: 'scans',
      text: `The scan is finished: ${scan.imported + scan.unchanged} conversations were read${failed}.`,
      href: INTEGRATIONS_PAGE,
      at: finishedAt,
    });
  }
  if (webhook?.repairedAt && isRecent(webhook.repairedAt)) {
    news.push({
      notificationId: `webhook/${integrationId}/${webhook.repairedAt.toISOString()}`,
      kind: 'news',
      topic: 'connection',
      text: 'Our webhook at Help Scout was not as it should be, and was put back. What it did not tell of, comparing has found.',
      href: COVERAGE_PAGE,
      at: webhook.repairedAt,
    });
  }
  return news;
}
