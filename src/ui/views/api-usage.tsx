import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import { hasRole } from '../../domain/roles.ts';
import { PageHead, Time } from '../components/content.tsx';
import { PostForm, Select } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { UsageChart } from '../components/usage-chart.tsx';
import { formatClock, formatCount, formatDay, formatMinute, formatPercent, plural } from '../format.ts';
import { API_USAGE_PATH, LOG_PATH } from '../links.ts';
import type { Shell } from '../props.ts';

/** From this part of the limit on, the page warns. */
export const WARN_AT = 0.8;

export interface ApiUsageRow {
  /** Method and path template, as in `GET /v2/conversations/{id}`. */
  endpoint: string;
  feature: string;
  calls: number;
  errors: number;
}

/** How the limit of one Help Scout account was used in the last hour. */
export interface AccountUse {
  name: string;
  /** Units a minute; null as long as no answer has told it. */
  limit: number | null;
  /** The running minute; null when nothing was called in it. */
  now: { ours: number; others: number } | null;
  /** The fullest minute of the hour. */
  highest: { at: Date; share: number } | null;
  /** The part of all used units that other apps had; null when nothing is known of it. */
  othersShare: number | null;
}

/** GET /tools/integrations/helpscout-calls. */
export interface ApiUsagePageProps {
  shell: Shell;
  days: number;
  /** One row for every call that may be made, also those that were not, and for those that once might be and were. */
  rows: readonly ApiUsageRow[];
  /** Calls outside that list, which did not leave. */
  refused: readonly { endpoint: string; times: number }[];
  accounts: readonly AccountUse[];
  /** Every minute of the last hour, hour of the last 48, and day (UTC) of the last 30, with calls or without. */
  byMinute: readonly { at: Date; calls: number; units: number }[];
  byHour: readonly { at: Date; calls: number; failed: number }[];
  byDay: readonly { day: string; calls: number; errors: number }[];
  /** Of the last 48 hours. */
  limited: number;
  waits: number;
  customersMode: OrganizationSettings['customers']['mode'];
}

/** What leaves for Help Scout: how much of the limit, when, and what for. Every call that may leave is listed. */
export function ApiUsagePage(props: ApiUsagePageProps) {
  const { shell, days, rows, refused, accounts } = props;
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const used = rows.filter((row) => row.calls > 0).length;
  return (
    <Page shell={shell} title="API usage">
      <PageHead
        back={{ href: LOG_PATH, text: 'HelpScout Log' }}
        title="API usage"
        lead={`${plural(calls, 'call')} in the last ${days} days, to ${used} of ${plural(rows.length, 'endpoint')}.`}
      />
      {accounts.map((account) => (
        <HighUse key={account.name} account={account} shell={shell} />
      ))}
      <Limits {...props} />
      <Charts {...props} />
      <div class="halves">
        <Features rows={rows} days={days} />
        <CustomersMode {...props} />
      </div>
      <p class="notice tone-blue">
        <Icon name="check" />
        <span>
          This list is complete. Each call is compared with it before it is sent, and nothing else can leave: any other
          call is stopped here and shown below. <code>GET</code> only reads; the others write, or sign us in.
        </span>
      </p>
      <section class="card" aria-labelledby="refused-heading">
        <h2 id="refused-heading">Stopped before they left</h2>
        {refused.length === 0 ? (
          <p class="sub">No call outside the list was tried in the last {days} days.</p>
        ) : (
          <ul>
            {refused.map(({ endpoint, times }) => (
              <li key={endpoint}>
                <code>{endpoint}</code> {plural(times, 'time')}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="card flush" aria-labelledby="calls-heading">
        <div class="card-head">
          <h2 id="calls-heading">What we call, and what for</h2>
        </div>
        <table class="stack">
          <caption class="visually-hidden">Calls by endpoint in the last {days} days</caption>
          <thead>
            <tr>
              <th scope="col">Endpoint</th>
              <th scope="col">Used for</th>
              <th scope="col" class="number">
                Calls
              </th>
              <th scope="col" class="number">
                Errors
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.endpoint} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}

/** The warning, as long as the last hour had such a minute. */
function HighUse({ account: { name, highest, othersShare }, shell }: { account: AccountUse; shell: Shell }) {
  if (!highest || highest.share < WARN_AT) return null;
  return (
    <p class="notice tone-amber" role="status">
      <Icon name="alert" />
      <span>
        {formatPercent(Math.min(1, highest.share))} of the calls a minute of {name} were used{' '}
        <Time at={highest.at} clock={shell} />
        {othersShare !== null && othersShare >= 0.1 && `, ${formatPercent(othersShare)} of them by other apps`}. Nothing
        is lost: what does not fit waits for the next minute. If it stays so, sync customers in batches, or leave less
        to other apps.
      </span>
    </p>
  );
}

function Limits({ accounts, limited, waits }: ApiUsagePageProps) {
  return (
    <div class="tiles">
      {accounts.length === 0 && (
        <div class="tile">
          <span class="tile-label">This minute</span>
          <span class="tile-count">–</span>
          <span class="sub">Help Scout is not connected.</span>
        </div>
      )}
      {accounts.map(({ name, limit, now, highest, othersShare }) => (
        <>
          <div key={`${name}-now`} class="tile">
            <span class="tile-label">This minute</span>
            <span class="tile-count">
              {now ? formatCount(now.ours + now.others) : '0'}{' '}
              <span class="sub">{limit === null ? 'limit not told yet' : `of ${formatCount(limit)}`}</span>
            </span>
            {accounts.length > 1 && <span class="sub ellipsis">{name}</span>}
          </div>
          <div key={`${name}-highest`} class="tile">
            <span class="tile-label">Fullest minute, last hour</span>
            <span class={highest && highest.share >= WARN_AT ? 'tile-count bad' : 'tile-count'}>
              {highest ? formatPercent(Math.min(1, highest.share)) : '–'}
            </span>
          </div>
          <div key={`${name}-others`} class="tile">
            <span class="tile-label">Other apps, last hour</span>
            <span class="tile-count">{othersShare === null ? '–' : formatPercent(othersShare)}</span>
          </div>
        </>
      ))}
      <div class="tile">
        <span class="tile-label">Refused (429), 48 h</span>
        <span class={limited > 0 ? 'tile-count bad' : 'tile-count'}>
          {formatCount(limited)} <span class="sub">{plural(waits, 'wait')}</span>
        </span>
      </div>
    </div>
  );
}

function Charts({ shell, accounts, byMinute, byHour, byDay }: ApiUsagePageProps) {
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
            series={[
              { key: 'answered', name: 'Answered', tone: 'question' },
              { key: 'failed', name: 'Failed', tone: 'bug' },
            ]}
            bars={byHour.map(({ at, calls, failed }) => ({
              when: formatMinute(at, shell),
              values: { answered: Math.max(0, calls - failed), failed: Math.min(calls, failed) },
            }))}
          />
        </section>
        <section class="card" aria-label="By day">
          <UsageChart
            label="Calls by day (UTC), last 30 days"
            step="Day"
            series={[
              { key: 'answered', name: 'Answered', tone: 'question' },
              { key: 'failed', name: 'Failed', tone: 'bug' },
            ]}
            bars={byDay.map(({ day, calls, errors }) => ({
              when: formatDay(day),
              values: { answered: Math.max(0, calls - errors), failed: Math.min(calls, errors) },
            }))}
          />
        </section>
      </div>
    </>
  );
}

function Features({ rows, days }: Pick<ApiUsagePageProps, 'rows' | 'days'>) {
  const features = new Map<string, { calls: number; errors: number }>();
  for (const { feature, calls, errors } of rows) {
    const sum = features.get(feature) ?? { calls: 0, errors: 0 };
    features.set(feature, { calls: sum.calls + calls, errors: sum.errors + errors });
  }
  const sorted = [...features].sort(([, a], [, b]) => b.calls - a.calls);
  return (
    <section class="card flush" aria-labelledby="features-heading">
      <div class="card-head">
        <h2 id="features-heading">By feature</h2>
      </div>
      <table>
        <caption class="visually-hidden">Calls by feature in the last {days} days</caption>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col" class="number">
              Calls
            </th>
            <th scope="col" class="number">
              Errors
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(([feature, { calls, errors }]) => (
            <tr key={feature}>
              <th scope="row">{feature}</th>
              <td class="number">{formatCount(calls)}</td>
              <td class="number">{formatCount(errors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const MODE_TEXT: Record<ApiUsagePageProps['customersMode'], string> = {
  realTime: 'In real time, each change by itself',
  hourly: 'In batches, every hour',
  daily: 'In batches, once a day',
};

function CustomersMode({ shell, customersMode }: Pick<ApiUsagePageProps, 'shell' | 'customersMode'>) {
  return (
    <section class="card" aria-labelledby="customers-mode-heading">
      <h2 id="customers-mode-heading">Customers</h2>
      <p class="sub">In batches, several changes of one customer go to Help Scout as one.</p>
      {hasRole(shell.member.role, 'administrator') ? (
        <PostForm action={`${API_USAGE_PATH}/customers-mode`} csrfToken={shell.csrfToken} class="form">
          <Select
            id="customers-mode"
            name="mode"
            label="Customers are synced"
            value={customersMode}
            options={Object.entries(MODE_TEXT).map(([value, text]) => ({ value, text }))}
          />
          <button type="submit" class="button secondary">
            Save
          </button>
        </PostForm>
      ) : (
        <p>{MODE_TEXT[customersMode]}. An administrator can change it.</p>
      )}
    </section>
  );
}

function Line({ row }: { row: ApiUsageRow }) {
  return (
    <tr>
      <td class="lead-cell">
        <code>{row.endpoint}</code>
      </td>
      <td data-label="Used for">{row.feature}</td>
      <td data-label="Calls" class="number">
        {formatCount(row.calls)}
      </td>
      <td data-label="Errors" class="number">
        {formatCount(row.errors)}
      </td>
    </tr>
  );
}
