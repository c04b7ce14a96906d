import { EmptyState, PageHead } from '../components/content.tsx';
import { FormError } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { Live } from '../components/live.tsx';
import { LogFilters } from '../components/log-filters.tsx';
import { type LogRow, LogTable } from '../components/log-table.tsx';
import { LogChart, type LogSummary, LogTiles } from '../components/log-tiles.tsx';
import { LogTools, type LogToolsProps } from '../components/log-tools.tsx';
import { Pager } from '../components/pager.tsx';
import { API_USAGE_PATH, FAILURES_PATH, HEALTH_PATH, LOG_PATH, logHref } from '../links.ts';
import type { LogFilter } from '../log-filter.ts';
import type { FieldErrors, Shell } from '../props.ts';

/** Fragment GET /tools/integrations/helpscout-log/rows: tiles, chart and table. */
export interface LogRowsProps {
  shell: Shell;
  filter: LogFilter;
  /** Over the filter's rows, not only the page shown. */
  summary: LogSummary;
  rows: readonly LogRow[];
  older: string | null;
  /** Whether the organization has rows at all: tells "nothing yet" from "nothing matches". */
  anyRows: boolean;
  /** When nothing is found for half an address: customers it may have meant. */
  similar: readonly string[];
  errors?: FieldErrors;
}

/** GET /tools/integrations/helpscout-log. */
export interface LogPageProps extends LogRowsProps, Pick<LogToolsProps, 'quick' | 'savedViews'> {}

export function LogPage({ quick, savedViews, ...rows }: LogPageProps) {
  const { shell, filter, errors } = rows;
  return (
    <Page shell={shell} title="HelpScout Log">
      <PageHead
        title="HelpScout Log"
        lead="Every sync with Help Scout: what happened, what failed, and what to do about it."
        actions={
          <>
            <a class="button secondary" href={FAILURES_PATH}>
              Failed syncs
            </a>
            <a class="button secondary" href={HEALTH_PATH}>
              Health
            </a>
            <a class="button secondary" href={API_USAGE_PATH}>
              API usage
            </a>
          </>
        }
      />
      <FormError errors={errors} />
      <LogTools shell={shell} filter={filter} quick={quick} savedViews={savedViews} />
      <LogFilters filter={filter} errors={errors} />
      <LogRows {...rows} />
    </Page>
  );
}

/** Tiles, chart and table; the newest page fetches itself again every few seconds. */
export function LogRows({ shell, filter, summary, rows, older, anyRows, similar }: LogRowsProps) {
  return (
    <div id="log-rows" class="results">
      <LogTiles filter={filter} summary={summary} />
      <LogChart chart={summary.chart} />
      {rows.length > 0 ? (
        <div class="card flush">
          <div class="card-head">
            <h2>{filter.before === null ? 'Latest events' : 'Older events'}</h2>
            <LiveLog filter={filter} />
          </div>
          <LogTable rows={rows} shell={shell} filter={filter} />
        </div>
      ) : (
        <div class="card">
          <LiveLog filter={filter} />
          {anyRows ? (
            <EmptyState
              icon="search"
              title="No row matches these filters"
              action={{ href: LOG_PATH, text: 'Clear filters' }}
            >
              {similar.length > 0 && <SimilarAddresses filter={filter} addresses={similar} />}
              <p>Try a longer time or fewer filters. A search finds whole addresses and ids.</p>
            </EmptyState>
          ) : (
            <EmptyState icon="clock" title="Nothing has been synced yet">
              <p>As soon as Help Scout is connected, each sync leaves a row here, with its outcome.</p>
            </EmptyState>
          )}
        </div>
      )}
      <Pager
        newest={filter.before ? logHref({ ...filter, before: null }) : null}
        older={older && logHref({ ...filter, before: older })}
      />
    </div>
  );
}

/** Customers that a half-typed address may have meant. */
function SimilarAddresses({ filter, addresses }: Pick<LogRowsProps, 'filter'> & { addresses: readonly string[] }) {
  return (
    <p>
      Customers whose address begins with “{filter.q}”:{' '}
      {addresses.map((address, index) => (
        <>
          {index > 0 && ', '}
          <a href={logHref({ ...filter, q: address, before: null })}>{address}</a>
        </>
      ))}
    </p>
  );
}

/** The newest page asks for itself again; older ones do not change. */
function LiveLog({ filter }: Pick<LogRowsProps, 'filter'>) {
  if (filter.before !== null) return null;
  return (
    <Live id="log-live" href={logHref(filter, `${LOG_PATH}/rows`)} every="5s" target="log-rows">
      Live
    </Live>
  );
}
