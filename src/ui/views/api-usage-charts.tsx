import { UsageChart } from '../components/usage-chart.tsx';
import { formatClock, formatDay, formatMinute } from '../format.ts';
import type { ApiUsagePageProps } from './api-usage.tsx';

/** How calls ended. */
const OUTCOMES = [
  { key: 'answered', name: 'Answered', tone: 'question' },
  { key: 'failed', name: 'Failed', tone: 'bug' },
];

const outcomesOf = (calls: number, failed: number) => ({
  answered: Math.max(0, calls - failed),
  failed: Math.min(calls, failed),
});

/** Calls over time: the last hour against the limit, and further back by how they ended. */
export function ApiUsageCharts({ shell, accounts, byMinute, byHour, byDay }: ApiUsagePageProps) {
  const limit = accounts.length === 1 ? accounts[0]?.limit : null;
  return (
    <>
      <section class="card" aria-label="By minute">
        <UsageChart
          label="Units by minute, last hour"
          step="Minute"
          series={[{ key: 'units', name: 'Units', tone: 'question' }]}
          bars={byMinute.map(({ at, units }) => ({ when: formatClock(at, shell), values: { units } }))}
          limit={limit ? { value: limit, name: 'Limit' } : undefined}
        />
        <p class="sub chart-note">
          A read takes one unit of the account’s minute, a write two. Help Scout counts all apps.
        </p>
      </section>
      <div class="halves">
        <section class="card" aria-label="By hour">
          <UsageChart
            label="Calls by hour, last 48 hours"
            step="Hour"
            series={OUTCOMES}
            bars={byHour.map(({ at, calls, failed }) => ({
              when: formatMinute(at, shell),
              values: outcomesOf(calls, failed),
            }))}
          />
        </section>
        <section class="card" aria-label="By day">
          <UsageChart
            label="Calls by day (UTC), last 30 days"
            step="Day"
            series={OUTCOMES}
            bars={byDay.map(({ day, calls, errors }) => ({ when: formatDay(day), values: outcomesOf(calls, errors) }))}
          />
        </section>
      </div>
    </>
  );
}
