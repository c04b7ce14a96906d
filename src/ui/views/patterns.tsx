import { PATTERN_STATES, type PatternState } from '../../domain/pattern.ts';
import { hasRole } from '../../domain/roles.ts';
import { CategoryBadge, TrendBadge } from '../components/badges.tsx';
import { EmptyCard, PageHead } from '../components/content.tsx';
import { FilterCategory, FilterSelect } from '../components/filter-fields.tsx';
import { FilterForm } from '../components/filter-form.tsx';
import { choicesOf } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { CursorPager } from '../components/pager.tsx';
import { RecordStatusBadge } from '../components/record-badges.tsx';
import { SuggestedPairs } from '../components/similar-patterns.tsx';
import { Sparkline } from '../components/sparkline.tsx';
import { ReachCells, TableHead, TimeCell } from '../components/table.tsx';
import { TrendRule } from '../components/trend-rule.tsx';
import { formatCount, plural } from '../format.ts';
import { INSIGHTS_PATH, PATTERNS_PATH, patternHref, recordHref } from '../links.ts';
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
        <EmptyCard icon="layers" title="No patterns yet" action={{ href: INSIGHTS_PATH, text: 'Go to insights' }}>
          <p>
            {connected
              ? 'A pattern appears as soon as conversations are classified. Look in again when the scan has run.'
              : 'Once Help Scout is connected, conversations about the same issue are gathered here.'}
          </p>
        </EmptyCard>
      ) : (
        <>
          <FilterForm action={PATTERNS_PATH} target="patterns-list" label="Filter patterns">
            <FilterCategory value={filter.category} />
            <FilterSelect
              name="state"
              label="State"
              value={filter.state}
              options={PATTERN_STATES.map((value) => ({ value, text: STATE_TEXT[value] }))}
            />
            <FilterSelect name="sort" label="Order" value={filter.sort} options={choicesOf(SORT_TEXT)} />
          </FilterForm>
          <SuggestedPairs shell={shell} pairs={suggestions} mayChange={hasRole(shell.member.role, 'manager')} />
          <div id="patterns-list" class="results">
            <PatternTable shell={shell} rows={rows} />
            <CursorPager path={PATTERNS_PATH} filter={filter} older={older} />
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
      <EmptyCard
        icon="search"
        title="No pattern matches these filters"
        action={{ href: PATTERNS_PATH, text: 'Show all open patterns' }}
      />
    );
  }
  return (
    <div class="card flush">
      <table class="stack">
        <caption class="visually-hidden">{plural(rows.length, 'pattern')}</caption>
        <TableHead
          columns={[
            'Pattern',
            'Category',
            { number: 'Customers' },
            { number: 'Conversations' },
            'Trend',
            'Last 12 weeks',
            'First reported',
            'Last reported',
          ]}
        />
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
              <ReachCells customers={row.customers} conversations={row.conversations} />
              <td class="trend-cell">
                <TrendBadge summary={row.trend} />
              </td>
              <td class="spark-cell">
                <Sparkline
                  values={row.weekly}
                  label={`Reports a week, oldest first: ${row.weekly.map(formatCount).join(', ')}`}
                />
              </td>
              <TimeCell label="First reported" at={row.firstReportedAt} clock={shell} />
              <TimeCell label="Last reported" at={row.lastReportedAt} clock={shell} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
