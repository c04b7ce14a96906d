import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import { hasRole } from '../../domain/roles.ts';
import { PageHead, Time } from '../components/content.tsx';
import { choicesOf, PostForm, Select } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Tile } from '../components/tile.tsx';
import { formatCount, formatPercent, plural } from '../format.ts';
import { API_USAGE_PATH, LOG_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import { ApiUsageCharts } from './api-usage-charts.tsx';
import { Endpoints, Features } from './api-usage-tables.tsx';

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
      <ApiUsageCharts {...props} />
      <div class="halves">
        <Features rows={rows} days={days} />
        <CustomersMode {...props} />
      </div>
      <Notice tone="blue" icon="check">
        This list is complete. Each call is compared with it before it is sent, and nothing else can leave: any other
        call is stopped here and shown below. <code>GET</code> only reads; the others write, or sign us in.
      </Notice>
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
      <Endpoints rows={rows} days={days} />
    </Page>
  );
}

/** The warning, as long as the last hour had such a minute. */
function HighUse({ account: { name, highest, othersShare }, shell }: { account: AccountUse; shell: Shell }) {
  if (!highest || highest.share < WARN_AT) return null;
  return (
    <Notice tone="amber" role="status">
      {formatPercent(Math.min(1, highest.share))} of the calls a minute of {name} were used{' '}
      <Time at={highest.at} clock={shell} />
      {othersShare !== null && othersShare >= 0.1 && `, ${formatPercent(othersShare)} of them by other apps`}. Nothing
      is lost: what does not fit waits for the next minute. If it stays so, sync customers in batches, or leave less to
      other apps.
    </Notice>
  );
}

function Limits({ accounts, limited, waits }: ApiUsagePageProps) {
  return (
    <div class="tiles">
      {accounts.length === 0 && (
        <Tile label="This minute" below={<span class="sub">Help Scout is not connected.</span>}>
          –
        </Tile>
      )}
      {accounts.map((account) => (
        <AccountTiles key={account.name} account={account} named={accounts.length > 1} />
      ))}
      <Tile label="Refused (429), 48 h" bad={limited > 0}>
        {formatCount(limited)} <span class="sub">{plural(waits, 'wait')}</span>
      </Tile>
    </div>
  );
}

interface AccountTilesProps {
  account: AccountUse;
  /** Whether to say which account it is. */
  named: boolean;
}

function AccountTiles({ account: { name, limit, now, highest, othersShare }, named }: AccountTilesProps) {
  return (
    <>
      <Tile label="This minute" below={named && <span class="sub ellipsis">{name}</span>}>
        {now ? formatCount(now.ours + now.others) : '0'}{' '}
        <span class="sub">{limit === null ? 'limit not told yet' : `of ${formatCount(limit)}`}</span>
      </Tile>
      <Tile label="Fullest minute, last hour" bad={highest !== null && highest.share >= WARN_AT}>
        {highest ? formatPercent(Math.min(1, highest.share)) : '–'}
      </Tile>
      <Tile label="Other apps, last hour">{othersShare === null ? '–' : formatPercent(othersShare)}</Tile>
    </>
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
            options={choicesOf(MODE_TEXT)}
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
