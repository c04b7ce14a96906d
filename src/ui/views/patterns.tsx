import { CATEGORIES, CATEGORY_TEXT } from '../../domain/category.ts';
import { PATTERN_STATES, type PatternState } from '../../domain/pattern.ts';
import { hasRole } from '../../domain/roles.ts';
import { CategoryBadge, RecordStatusBadge, TrendBadge } from '../components/badges.tsx';
import { EmptyState, PageHead, Pager, Time } from '../components/content.tsx';
import { FilterForm } from '../components/filter-form.tsx';
import { Select } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { SuggestedPairs } from '../components/similar-patterns.tsx';
import { Sparkline } from '../components/sparkline.tsx';
import { TrendRule } from '../components/trend-rule.tsx';
import { formatCount, plural } from '../format.ts';
import { INSIGHTS_PATH, PATTERNS_PATH, patternHref, recordHref, withQuery } from '../links.ts';
import type { PatternSort, PatternsPageProps } from '../props.ts';

const SORT_TEXT: Record<PatternSort, string> = {
  customers: 'Most customers',
  rising: 'Rising fastest',
  newest: 'Newest',
};

const STATE_TEXT: Record<PatternState, string> = { open: 'Open', snoozed: 'Snoozed', dismissed: 'Dismissed' };

export function PatternsPage(props: PatternsPageProps) {
  const { shell, filter, rows, older, totalPatterns, connected, suggestions } = props;
  return (
    <Page shell={shell} title="Patterns">
      <PageHead title="Patterns" lead="Conversations about the same issue, counted by the customers who wrote them." />
      {totalPatterns === 0 ? (
        <div class="card">
          <EmptyState icon="layers" title="No patterns yet">
            <p>
              {connected
                ? 'A pattern appears as soon as conversations are classified. Look in again when the scan has run.'
                : 'Once Help Scout is connected, conversations about the same issue are gathered here.'}
            </p>
            <p class="empty-actions">
              <a class="button secondary" href={INSIGHTS_PATH}>
                Go to insights
              </a>
            </p>
          </EmptyState>
        </div>
      ) : (
        <>
          <FilterForm action={PATTERNS_PATH} target="patterns-list" label="Filter patterns">
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
              id="filter-state"
              name="state"
              label="State"
              value={filter.state}
              options={PATTERN_STATES.map((value) => ({ value, text: STATE_TEXT[value] }))}
            />
            <Select
              id="filter-sort"
              name="sort"
              label="Order"
              value={filter.sort}
              options={Object.entries(SORT_TEXT).map(([value, text]) => ({ value, text }))}
            />
          </FilterForm>
          <SuggestedPairs shell={shell} pairs={suggestions} mayChange={hasRole(shell.member.role, 'manager')} />
          <div id="patterns-list" class="results">
            <PatternTable shell={shell} rows={rows} />
            <Pager
              newest={filter.before ? withQuery(PATTERNS_PATH, { ...filter, before: null }) : null}
              older={older && withQuery(PATTERNS_PATH, { ...filter, before: older })}
            />
            <TrendRule />
          </div>
        </>
      )}
    </Page>
  );
}

function PatternTable({ shell, rows }: Pick<PatternsPageProps, 'shell' | 'rows'>) {
  if (rows.length === 0) {
    return (
      <div class="card">
        <EmptyState icon="search" title="No pattern matches these filters">
          <p class="empty-actions">
            <a class="button secondary" href={PATTERNS_PATH}>
              Show all open patterns
            </a>
          </p>
        </EmptyState>
      </div>
    );
  }
  return (
    <div class="card flush">
      <table class="stack">
        <caption class="visually-hidden">{plural(rows.length, 'pattern')}</caption>
        <thead>
          <tr>
            <th scope="col">Pattern</th>
            <th scope="col">Category</th>
            <th scope="col" class="number">
              Customers
            </th>
            <th scope="col" class="number">
              Conversations
            </th>
            <th scope="col">Trend</th>
            <th scope="col">Last 12 weeks</th>
            <th scope="col">First reported</th>
            <th scope="col">Last reported</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.patternId}>
              <td class="lead-cell">
                <a class="row-title" href={patternHref(row.patternId)}>
                  {row.title}
                </a>
                {row.record && (
                  <span class="record-line">
                    <a href={recordHref(row.record)}>
                      {row.record.kind === 'bug' ? 'Bug report' : 'Feature request'} #{row.record.number}
                    </a>
                    <RecordStatusBadge status={row.record.status} />
                  </span>
                )}
              </td>
              <td>
                <CategoryBadge category={row.category} />
              </td>
              <td class="number" data-label="Customers">
                <strong>{formatCount(row.customers)}</strong>
              </td>
              <td class="number" data-label="Conversations">
                {formatCount(row.conversations)}
              </td>
              <td class="trend-cell">
                <TrendBadge summary={row.trend} />
              </td>
              <td class="spark-cell">
                <Sparkline
                  values={row.weekly}
                  label={`Reports a week, oldest first: ${row.weekly.map(formatCount).join(', ')}`}
                />
              </td>
              <td class="nowrap" data-label="First reported">
                <Time at={row.firstReportedAt} clock={shell} />
              </td>
              <td class="nowrap" data-label="Last reported">
                <Time at={row.lastReportedAt} clock={shell} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
