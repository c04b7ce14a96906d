import { CATEGORIES, CATEGORY_TEXT } from '../../domain/category.ts';
import { BarChart } from '../components/chart.tsx';
import type { Series } from '../components/chart-parts.tsx';
import { EmptyCard, PageHead } from '../components/content.tsx';
import { FilterCategory, FilterSearch, FilterSelect } from '../components/filter-fields.tsx';
import { FilterForm } from '../components/filter-form.tsx';
import { choicesOf } from '../components/form.tsx';
import { InsightTable } from '../components/insight-table.tsx';
import { InsightTiles } from '../components/insight-tiles.tsx';
import { Page } from '../components/layout.tsx';
import { NoInsights } from '../components/no-insights.tsx';
import { CursorPager } from '../components/pager.tsx';
import { formatCount } from '../format.ts';
import { INSIGHTS_PATH, insightsHref } from '../links.ts';
import { type InsightsListProps, type InsightsPageProps, type Range, SEARCH_LENGTH } from '../props.ts';

const RANGE_TEXT: Record<Range, string> = {
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  all: 'All time',
};
const SERIES: readonly Series[] = CATEGORIES.map((category) => ({
  key: category,
  name: CATEGORY_TEXT[category].many,
  tone: category,
}));

export function InsightsPage({ mailboxes, ...list }: InsightsPageProps) {
  const { shell, filter } = list;
  return (
    <Page shell={shell} title="Insights">
      <PageHead
        title="Insights"
        lead="What customers report, ask for and stumble over, conversation by conversation."
      />
      {(list.totalInsights > 0 || list.connected) && (
        <FilterForm action={INSIGHTS_PATH} target="insights-list" label="Filter insights">
          <FilterSearch
            name="q"
            label="Search"
            value={filter.q}
            placeholder="Subject, summary or address"
            maxLength={SEARCH_LENGTH}
          />
          <FilterCategory value={filter.category} />
          <FilterSelect
            name="mailbox"
            label="Mailbox"
            value={filter.mailbox === null ? '' : String(filter.mailbox)}
            any="All mailboxes"
            options={mailboxes.map(({ mailboxId, name }) => ({ value: String(mailboxId), text: name }))}
          />
          <FilterSelect name="range" label="Reported" value={filter.range} options={choicesOf(RANGE_TEXT)} />
          <FilterSelect
            name="attention"
            label="Attention"
            value={filter.attention}
            any="Everything"
            options={[
              { value: 'needsReview', text: 'Needs review' },
              { value: 'lowConfidence', text: 'Low confidence' },
            ]}
          />
        </FilterForm>
      )}
      <InsightsList {...list} />
    </Page>
  );
}

/** Everything below the filters. The newest page fetches itself again: often while a scan runs, else now and then. */
export function InsightsList(props: InsightsListProps) {
  const { shell, filter, rows, counts, needsReview, trend, older, totalInsights } = props;
  const scanning = props.scan?.state === 'running' || props.scan?.state === 'waiting';
  return (
    <div id="insights-list" class="results">
      {filter.before === null && <Live {...props} scanning={scanning} />}
      {totalInsights === 0 ? (
        <NoInsights {...props} scanning={scanning} />
      ) : filter.q.length > SEARCH_LENGTH ? (
        <EmptyCard icon="search" title="The search text is too long">
          <p>
            It has {formatCount(filter.q.length)} characters. Use at most {SEARCH_LENGTH}.
          </p>
        </EmptyCard>
      ) : (
        <>
          <InsightTiles filter={filter} counts={counts} needsReview={needsReview} />
          {rows.length > 0 && trend.length > 1 && (
            <div class="card">
              <BarChart
                label="Conversations"
                series={SERIES.filter((one) => !filter.category || one.key === filter.category)}
                bars={trend.map(({ day, ...values }) => ({ day, values }))}
              />
            </div>
          )}
          {rows.length === 0 ? (
            <EmptyCard
              icon="search"
              title="No insight matches these filters"
              action={{ href: INSIGHTS_PATH, text: 'Clear filters' }}
            >
              <p>Try a longer time, another category, or fewer words.</p>
            </EmptyCard>
          ) : (
            <div class="card flush">
              <InsightTable rows={rows} clock={shell} />
            </div>
          )}
          <CursorPager path={INSIGHTS_PATH} filter={{ ...filter }} older={older} />
        </>
      )}
    </div>
  );
}

function Live({ filter, scan, connected, totalInsights, scanning }: InsightsListProps & { scanning: boolean }) {
  if (!scanning && !connected) return null;
  return (
    <p
      class={scanning ? 'live' : 'live visually-hidden'}
      id="insights-live"
      hx-get={insightsHref(filter, `${INSIGHTS_PATH}/list`)}
      hx-trigger={scanning || totalInsights === 0 ? 'every 3s' : 'every 15s'}
      hx-target="#insights-list"
      hx-swap="outerMorph"
    >
      {scanning && (
        <>
          <span class="live-dot" aria-hidden="true" />
          Updating while the scan runs: {formatCount(scan?.classified ?? 0)}
          {scan?.total ? ` of ${formatCount(scan.total)}` : ''} conversations classified
        </>
      )}
    </p>
  );
}
