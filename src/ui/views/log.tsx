import { type Direction, SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import { EmptyState, PageHead, Pager } from '../components/content.tsx';
import { FilterForm } from '../components/filter-form.tsx';
import { Field, FormError, Select } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { LogTable } from '../components/log-table.tsx';
import { LogTiles } from '../components/log-tiles.tsx';
import { API_USAGE_PATH, LOG_PATH, logHref } from '../links.ts';
import type { LogPageProps, LogRange, LogRowsProps, LogStatus } from '../props.ts';

const RANGE_TEXT: Record<LogRange, string> = {
  today: 'Today',
  '24h': 'Last 24 hours',
  '48h': 'Last 48 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  custom: 'Custom dates',
};
const STATUS_TEXT: Record<LogStatus, string> = {
  success: 'Success',
  failed: 'Failed',
  pending: 'Pending',
  skipped: 'Skipped',
};
const DIRECTION_TEXT: Record<Direction, string> = {
  inbound: 'From Help Scout',
  outbound: 'To Help Scout',
  internal: 'Internal',
};

function options(texts: Record<string, string>, all?: string) {
  const entries = Object.entries(texts).map(([value, text]) => ({ value, text }));
  return all ? [{ value: '', text: all }, ...entries] : entries;
}

export function LogPage({ errors, ...rows }: LogPageProps) {
  const { shell, filter } = rows;
  return (
    <Page shell={shell} title="HelpScout Log">
      <PageHead
        title="HelpScout Log"
        lead="Every sync with Help Scout: what happened, what failed, and what to do about it."
        actions={<a href={API_USAGE_PATH}>What we call at Help Scout</a>}
      />
      <FormError errors={errors} />
      <FilterForm action={LOG_PATH} target="log-rows" label="Filter the log">
        <div class="grow">
          <Field
            id="filter-q"
            name="q"
            label="Search"
            type="search"
            value={filter.q}
            placeholder="E-mail or conversation id"
            autocomplete="off"
            errors={errors}
          />
        </div>
        <Select id="filter-range" name="range" label="Time" value={filter.range} options={options(RANGE_TEXT)} />
        <div class="custom-dates">
          <Field id="filter-from" name="from" label="From" type="date" value={filter.from} errors={errors} />
          <Field id="filter-to" name="to" label="To" type="date" value={filter.to} errors={errors} />
        </div>
        <Select
          id="filter-type"
          name="type"
          label="Event type"
          value={filter.type ?? ''}
          options={options(SYNC_EVENT_NAMES, 'All types')}
        />
        <Select
          id="filter-status"
          name="status"
          label="Status"
          value={filter.status ?? ''}
          options={options(STATUS_TEXT, 'All statuses')}
        />
        <Select
          id="filter-direction"
          name="direction"
          label="Direction"
          value={filter.direction ?? ''}
          options={options(DIRECTION_TEXT, 'Both ways')}
        />
      </FilterForm>
      <LogRows {...rows} />
    </Page>
  );
}

/** Tiles and table; the newest page fetches itself again every few seconds. */
export function LogRows({ shell, filter, summary, rows, older, totalRows }: LogRowsProps) {
  return (
    <div id="log-rows" class="results">
      <LogTiles filter={filter} summary={summary} />
      {rows.length > 0 ? (
        <div class="card flush">
          <div class="card-head">
            <h2>{filter.before === null ? 'Latest events' : 'Older events'}</h2>
            <Live filter={filter} />
          </div>
          <LogTable rows={rows} shell={shell} filter={filter} />
        </div>
      ) : (
        <div class="card">
          <Live filter={filter} />
          {totalRows === 0 ? (
            <EmptyState icon="clock" title="Nothing has been synced yet">
              <p>As soon as Help Scout is connected, each sync leaves a row here, with its outcome.</p>
            </EmptyState>
          ) : (
            <EmptyState icon="search" title="No row matches these filters">
              <p>Try a longer time or fewer filters.</p>
              <p class="empty-actions">
                <a class="button secondary" href={LOG_PATH}>
                  Clear filters
                </a>
              </p>
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

/** The newest page asks for itself again; older ones do not change. */
function Live({ filter }: Pick<LogRowsProps, 'filter'>) {
  if (filter.before !== null) return null;
  return (
    <p
      class="live"
      id="log-live"
      hx-get={logHref(filter, `${LOG_PATH}/rows`)}
      hx-trigger="every 5s"
      hx-target="#log-rows"
      hx-swap="outerMorph"
    >
      <span class="live-dot" aria-hidden="true" />
      Live
    </p>
  );
}
