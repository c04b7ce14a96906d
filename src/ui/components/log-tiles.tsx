import type { ComponentChildren } from 'preact';
import { formatCount, formatPercent } from '../format.ts';
import { logHref } from '../links.ts';
import type { LogFilter, LogRange } from '../log-filter.ts';
import { type Bar, BarChart } from './chart.tsx';
import { Tile } from './tile.tsx';

/** A number now and in the period before; null before where no period is, and where there is nothing to divide. */
export interface Compared {
  now: number | null;
  before: number | null;
}

/** A filter's rows in numbers; rates are shares from 0 to 1 of what succeeded or failed. */
export interface LogSummary {
  events: Compared;
  successRate: Compared;
  errorRate: Compared;
  tickets: Compared;
  customers: Compared;
  failed: number;
  pending: number;
  customersUpdated: number;
  /** Null where the filter has no beginning, and so no period before it. */
  hadEventsBefore: boolean | null;
  chart: { unit: 'hour' | 'day'; bars: readonly Bar[] } | null;
}

const BEFORE_TEXT: Record<LogRange, string> = {
  today: 'yesterday up to this time',
  '24h': 'the 24 hours before',
  '48h': 'the 48 hours before',
  '7d': 'the 7 days before',
  '30d': 'the 30 days before',
  custom: 'as long a time before',
};

/** The filter's rows in five numbers, each against the period before. */
export function LogTiles({ filter, summary }: { filter: LogFilter; summary: LogSummary }) {
  const { events, successRate, errorRate, tickets, customers, hadEventsBefore } = summary;
  return (
    <>
      <div class="tiles log-tiles">
        <ComparedTile label="Total events" value={events} format={formatCount} known={hadEventsBefore}>
          {summary.pending > 0 && <span class="sub">{formatCount(summary.pending)} pending</span>}
        </ComparedTile>
        <ComparedTile label="Success rate" value={successRate} format={formatPercent} known={hadEventsBefore} />
        <ComparedTile
          label="Error rate"
          value={errorRate}
          format={formatPercent}
          known={hadEventsBefore}
          bad={summary.failed > 0}
          href={logHref({ ...filter, status: ['failed'], before: null })}
        >
          {summary.failed > 0 && <span class="sub">{formatCount(summary.failed)} failed</span>}
        </ComparedTile>
        <ComparedTile label="New tickets" value={tickets} format={formatCount} known={hadEventsBefore} />
        <ComparedTile label="Customers synced" value={customers} format={formatCount} known={hadEventsBefore}>
          {summary.customersUpdated > 0 && <span class="sub">{formatCount(summary.customersUpdated)} updated</span>}
        </ComparedTile>
      </div>
      {hadEventsBefore !== null && (
        <p class="sub log-compared">
          {hadEventsBefore
            ? `Compared with ${BEFORE_TEXT[filter.range]}. Rates are of what succeeded or failed.`
            : `No events in ${BEFORE_TEXT[filter.range]} to compare with.`}
        </p>
      )}
    </>
  );
}

interface ComparedTileProps {
  label: string;
  value: Compared;
  format: (value: number) => string;
  /** Whether there is anything before to compare with. */
  known: boolean | null;
  bad?: boolean;
  href?: string;
  children?: ComponentChildren;
}

function ComparedTile({ value, format, known, children, ...tile }: ComparedTileProps) {
  return (
    <Tile {...tile} below={known && <span class="sub tile-change">{changeWords(value, format)}</span>}>
      {value.now === null ? '–' : format(value.now)} {children}
    </Tile>
  );
}

function changeWords({ now, before }: Compared, format: (value: number) => string): string {
  if (before === null) return 'none to compare before';
  if (now === null) return `${format(before)} before`;
  const [shown, former] = [format(now), format(before)];
  if (shown === former) return `as before`;
  return `${now > before ? 'up' : 'down'} from ${former}`;
}

const SERIES = [
  { key: 'success', name: 'Success', tone: 'success' },
  { key: 'failed', name: 'Failed', tone: 'failed' },
  { key: 'other', name: 'Pending or skipped', tone: 'other' },
] as const;

/** Events over time; a long range is drawn by day, and the title says by what. */
export function LogChart({ chart }: Pick<LogSummary, 'chart'>) {
  if (!chart) return null;
  return (
    <section class="card log-chart" aria-label="Events over time">
      <BarChart label="Events" series={SERIES} bars={chart.bars} unit={chart.unit} />
    </section>
  );
}
