import { CATEGORIES, CATEGORY_TEXT, type Category } from '../../domain/category.ts';
import { hasRole } from '../../domain/roles.ts';
import { BarChart, type Series } from '../components/chart.tsx';
import { EmptyState, PageHead, Pager } from '../components/content.tsx';
import { Field, FilterForm, Select } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { InsightTable } from '../components/insight-table.tsx';
import { Page } from '../components/layout.tsx';
import { formatCount, formatPercent } from '../format.ts';
import { INSIGHTS_PATH, INTEGRATIONS_PATH, insightsHref } from '../links.ts';
import type { InsightsListProps, InsightsPageProps, Range } from '../props.ts';

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
      {list.totalInsights > 0 && (
        <FilterForm action={INSIGHTS_PATH} target="insights-list" label="Filter insights">
          <div class="grow">
            <Field
              id="filter-q"
              name="q"
              label="Search"
              type="search"
              value={filter.q}
              placeholder="Subject or summary"
              autocomplete="off"
            />
          </div>
          <Select
            id="filter-category"
            name="category"
            label="Category"
            value={filter.category ?? ''}
            options={[
              { value: '', text: 'All categories' },
              ...CATEGORIES.map((category) => ({ value: category, text: CATEGORY_TEXT[category].many })),
            ]}
          />
          <Select
            id="filter-mailbox"
            name="mailbox"
            label="Mailbox"
            value={filter.mailbox === null ? '' : String(filter.mailbox)}
            options={[
              { value: '', text: 'All mailboxes' },
              ...mailboxes.map(({ mailboxId, name }) => ({ value: String(mailboxId), text: name })),
            ]}
          />
          <Select
            id="filter-range"
            name="range"
            label="Reported"
            value={filter.range}
            options={Object.entries(RANGE_TEXT).map(([value, text]) => ({ value, text }))}
          />
          <Select
            id="filter-attention"
            name="attention"
            label="Attention"
            value={filter.attention ?? ''}
            options={[
              { value: '', text: 'Everything' },
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

/** Everything below the filters. On the newest page it fetches itself again while a scan runs. */
export function InsightsList(props: InsightsListProps) {
  const { shell, filter, rows, counts, needsReview, trend, older, totalInsights } = props;
  const scanning = props.scan?.state === 'running' || props.scan?.state === 'waiting';
  return (
    <div id="insights-list" class="results">
      {scanning && filter.before === null && (
        <p
          class="live"
          id="insights-live"
          hx-get={insightsHref(filter, `${INSIGHTS_PATH}/list`)}
          hx-trigger="every 3s"
          hx-target="#insights-list"
          hx-swap="outerMorph"
        >
          <span class="live-dot" aria-hidden="true" />
          Updating while the scan runs: {formatCount(props.scan?.classified ?? 0)}
          {props.scan?.total ? ` of ${formatCount(props.scan.total)}` : ''} conversations classified
        </p>
      )}
      {totalInsights === 0 ? (
        <NothingYet {...props} scanning={scanning} />
      ) : (
        <>
          <Tiles filter={filter} counts={counts} needsReview={needsReview} />
          {trend.length > 1 && (
            <div class="card">
              <BarChart
                label="Conversations"
                series={SERIES.filter((one) => !filter.category || one.key === filter.category)}
                bars={trend.map(({ day, ...values }) => ({ day, values }))}
              />
            </div>
          )}
          {rows.length === 0 ? (
            <div class="card">
              <EmptyState icon="search" title="No insight matches these filters">
                <p>Try a longer time, another category, or fewer words.</p>
                <p class="empty-actions">
                  <a class="button secondary" href={INSIGHTS_PATH}>
                    Clear filters
                  </a>
                </p>
              </EmptyState>
            </div>
          ) : (
            <div class="card flush">
              <InsightTable rows={rows} clock={shell} />
            </div>
          )}
          <Pager
            newest={filter.before ? insightsHref({ ...filter, before: null }) : null}
            older={older && insightsHref({ ...filter, before: older })}
          />
        </>
      )}
    </div>
  );
}

function Tiles({ filter, counts, needsReview }: Pick<InsightsListProps, 'filter' | 'counts' | 'needsReview'>) {
  const sum = CATEGORIES.reduce((total, category) => total + counts[category], 0);
  const newest = { ...filter, before: null };
  return (
    <nav class="tiles" aria-label="Counts by category">
      {CATEGORIES.map((category) => (
        <Tile
          key={category}
          tone={category}
          text={CATEGORY_TEXT[category].many}
          count={counts[category]}
          note={sum > 0 ? formatPercent(counts[category] / sum) : '–'}
          current={filter.category === category}
          href={insightsHref({ ...newest, category: filter.category === category ? null : category })}
        />
      ))}
      <Tile
        tone="review"
        text="Needs review"
        count={needsReview}
        note={needsReview > 0 ? 'no answer' : 'all clear'}
        current={filter.attention === 'needsReview'}
        href={insightsHref({ ...newest, attention: filter.attention === 'needsReview' ? null : 'needsReview' })}
      />
    </nav>
  );
}

interface TileProps {
  tone: Category | 'review';
  text: string;
  count: number;
  note: string;
  current: boolean;
  href: string;
}

function Tile({ tone, text, count, note, current, href }: TileProps) {
  return (
    <a class={`tile series-${tone}`} href={href} aria-current={current ? 'true' : undefined}>
      <span class="tile-label">
        <Icon name={tone === 'review' ? 'alert' : tone} />
        {text}
      </span>
      <span class="tile-count">
        {formatCount(count)} <span class="sub">{note}</span>
      </span>
    </a>
  );
}

function NothingYet({ shell, connected, scanning }: InsightsListProps & { scanning: boolean }) {
  if (scanning) {
    return (
      <div class="card">
        <EmptyState icon="inbox" title="The first insights are on their way">
          <p>Conversations are being read from Help Scout. They appear here as they are classified; just stay.</p>
        </EmptyState>
      </div>
    );
  }
  const administrator = hasRole(shell.member.role, 'administrator');
  if (connected) {
    return (
      <div class="card">
        <EmptyState icon="inbox" title="No conversations yet">
          <p>Help Scout is connected. Once mailboxes are chosen and scanned, each conversation becomes an insight.</p>
          {administrator && (
            <p class="empty-actions">
              <a class="button primary" href={INTEGRATIONS_PATH}>
                See the integration
              </a>
            </p>
          )}
        </EmptyState>
      </div>
    );
  }
  return (
    <div class="card">
      <EmptyState icon="inbox" title="Connect Help Scout to see what customers say">
        <p>
          We read your conversations, tell bugs, feature requests, documentation needs and questions apart, and group
          those about the same issue.
        </p>
        {administrator ? (
          <p class="empty-actions">
            <a class="button primary" href={INTEGRATIONS_PATH}>
              Connect Help Scout
            </a>
          </p>
        ) : (
          <p class="sub">An administrator of {shell.organizationName} can connect it under Settings.</p>
        )}
      </EmptyState>
    </div>
  );
}
