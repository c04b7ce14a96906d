import { subDays, subHours } from 'date-fns';
import { accountKeyOf } from '../../domain/account-key.ts';
import { utcDay } from '../../domain/utc-day.ts';
import { SCOPE } from '../../helpscout/endpoints.ts';
import type { AccountUse, ApiUsagePageProps } from '../../ui/views/api-usage.tsx';
import type { Deps } from '../deps.ts';

const DAYS = 30;
const MINUTES = 60;
const HOURS = 48;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Everything the usage page shows but its frame. */
export async function apiUsage(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  organizationId: string,
): Promise<Omit<ApiUsagePageProps, 'shell'>> {
  const at = now();
  // Today is one of the days, this hour one of the hours.
  const [counted, minutes, hours, days, accounts, settings] = await Promise.all([
    storage.apiUsage.byEndpoint(organizationId, subDays(at, DAYS - 1)),
    storage.apiUsage.byMinute(organizationId, new Date(at.getTime() - (MINUTES - 1) * MINUTE_MS)),
    storage.apiUsage.byHour(organizationId, subHours(at, HOURS - 1)),
    storage.apiUsage.byDay(organizationId, subDays(at, DAYS - 1)),
    accountUses({ storage }, organizationId, at),
    storage.settings.get(organizationId),
  ]);
  const of = new Map(counted.map((usage) => [usage.endpoint, usage]));
  const listed = SCOPE.map(({ endpoint, feature }) => {
    const { calls = 0, errors = 0 } = of.get(endpoint) ?? {};
    return { endpoint, feature, calls, errors };
  });
  // Made by an earlier version: to leave them out would make the list incomplete.
  const former = counted
    .filter(({ endpoint, calls }) => calls > 0 && !SCOPE.some((row) => row.endpoint === endpoint))
    .map(({ endpoint, calls, errors }) => ({ endpoint, feature: 'No longer called', calls, errors }));

  const ofMinute = new Map(minutes.map((minute) => [minute.minute.getTime(), minute]));
  const ofHour = new Map(hours.map((hour) => [hour.hour.getTime(), hour]));
  const ofDay = new Map(days.map((day) => [day.day, day]));
  return {
    days: DAYS,
    rows: [...listed, ...former],
    refused: counted
      .filter((usage) => usage.refused > 0)
      .map((usage) => ({ endpoint: usage.endpoint, times: usage.refused })),
    accounts,
    byMinute: steps(at, MINUTES, MINUTE_MS).map((time) => {
      const { calls = 0, units = 0 } = ofMinute.get(time.getTime()) ?? {};
      return { at: time, calls, units };
    }),
    byHour: steps(at, HOURS, HOUR_MS).map((time) => {
      const { calls = 0, failed = 0 } = ofHour.get(time.getTime()) ?? {};
      return { at: time, calls, failed };
    }),
    byDay: steps(at, DAYS, DAY_MS).map((time) => {
      const day = utcDay(time);
      return ofDay.get(day) ?? { day, calls: 0, errors: 0 };
    }),
    limited: hours.reduce((sum, { limited }) => sum + limited, 0),
    waits: hours.reduce((sum, { waits }) => sum + waits, 0),
    customersMode: settings.customers.mode,
  };
}

/** The beginnings of the last steps of a length, the running one included, oldest first. */
function steps(now: Date, count: number, lengthMs: number): Date[] {
  const last = Math.floor(now.getTime() / lengthMs) * lengthMs;
  return Array.from({ length: count }, (_, index) => new Date(last - (count - 1 - index) * lengthMs));
}

/** How the accounts that the organization is connected to used their minutes in the last hour. */
export async function accountUses(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
  now: Date,
): Promise<AccountUse[]> {
  const connected = (await storage.integrations.list(organizationId)).filter(({ state }) => state !== 'disconnected');
  const byAccount = new Map(connected.map((integration) => [accountKeyOf(integration), integration]));
  return Promise.all(
    [...byAccount].map(async ([key, { account }]) => {
      const { limit, windows } = await storage.rateBudget.usage(key, now, new Date(now.getTime() - HOUR_MS));
      const shares = windows.flatMap(({ startsAt, ours, others, limit: own }) => {
        const most = own ?? limit;
        return most ? [{ at: startsAt, share: (ours + others) / most }] : [];
      });
      const [highest = null] = shares.sort((a, b) => b.share - a.share);
      const running = windows.find(({ startsAt }) => startsAt <= now && now.getTime() < startsAt.getTime() + MINUTE_MS);
      const others = windows.reduce((sum, window) => sum + window.others, 0);
      const all = windows.reduce((sum, window) => sum + window.ours + window.others, 0);
      return {
        name: account?.name || 'Help Scout',
        limit,
        now: running ? { ours: running.ours, others: running.others } : null,
        highest,
        othersShare: limit === null || all === 0 ? null : others / all,
      };
    }),
  );
}
