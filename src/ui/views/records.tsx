import { CATEGORY_TEXT, type Category } from '../../domain/category.ts';
import { kindOf, RECORD_STATUSES } from '../../domain/issue-record.ts';
import { hasRole } from '../../domain/roles.ts';
import { Badge } from '../components/badge.tsx';
import { TrendBadge } from '../components/badges.tsx';
import { EmptyCard, PageHead, Tabs } from '../components/content.tsx';
import { Page } from '../components/layout.tsx';
import { CursorPager } from '../components/pager.tsx';
import { PriorityBadge, RECORD_STATUS_TEXT, RecordStatusBadge } from '../components/record-badges.tsx';
import { ReachCells, TableHead, TimeCell } from '../components/table.tsx';
import { plural } from '../format.ts';
import { PATTERNS_PATH, recordHref, recordsPath, withQuery } from '../links.ts';
import { RECORD_SORTS, type RecordRow, type RecordsPageProps, type Shell } from '../props.ts';
import { KindButton } from './record-change.tsx';

const LEAD = {
  bug: 'What is broken, made from patterns that more than one customer reported.',
  feature: 'What customers wish for, made from patterns that more than one customer asked for.',
};

const SORT_TEXT = { newest: 'Newest first', priority: 'By priority' } as const;

export function RecordsPage({ shell, kind, filter, rows, older, totalRecords }: RecordsPageProps) {
  const title = CATEGORY_TEXT[kind].many;
  const path = recordsPath(kind);
  const sorted = filter.sort === 'newest' ? null : filter.sort;
  const tabs = (['open', ...RECORD_STATUSES, 'all'] as const).map((status) => ({
    href: withQuery(path, { status, sort: sorted }),
    text: status === 'open' ? 'Open' : status === 'all' ? 'All' : RECORD_STATUS_TEXT[status],
    current: filter.status === status,
  }));
  return (
    <Page shell={shell} title={title}>
      <PageHead title={title} lead={LEAD[kind]} />
      {totalRecords === 0 ? (
        <EmptyCard
          icon={kind}
          title={`No ${title.toLowerCase()} yet`}
          action={{ href: withQuery(PATTERNS_PATH, { category: kind }), text: 'See the patterns' }}
        >
          <p>
            One is made by itself when a second customer writes about the same issue. A manager can also make one at
            once, from its pattern.
          </p>
        </EmptyCard>
      ) : (
        <>
          <Tabs label="Status" items={tabs} />
          <Tabs
            label="Order"
            items={RECORD_SORTS.map((sort) => ({
              href: withQuery(path, { status: filter.status, sort: sort === 'newest' ? null : sort }),
              text: SORT_TEXT[sort],
              current: filter.sort === sort,
            }))}
          />
          {rows.length === 0 ? (
            <EmptyCard
              icon="check"
              title="Nothing with this status"
              action={{ href: withQuery(path, { status: 'all' }), text: 'Show all' }}
            />
          ) : (
            <div class="card flush">
              <table class="stack">
                <caption class="visually-hidden">{plural(rows.length, 'record')}</caption>
                <TableHead
                  columns={[
                    { number: 'No.' },
                    'Title',
                    'Status',
                    'Priority',
                    { number: 'Customers' },
                    { number: 'Conversations' },
                    'Trend',
                    'Updated',
                  ]}
                />
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.recordId}>
                      <td class="number sub">#{row.number}</td>
                      <td class="lead-cell">
                        <a class="row-title" href={recordHref(row)}>
                          {row.title}
                        </a>
                        {row.otherCategory && <OtherCategory shell={shell} row={row} category={row.otherCategory} />}
                      </td>
                      <td>
                        <RecordStatusBadge status={row.status} />
                      </td>
                      <td data-label="Priority">
                        <PriorityBadge priority={row.priority} />
                      </td>
                      <ReachCells customers={row.customers} conversations={row.conversations} />
                      <td class="trend-cell">
                        <TrendBadge summary={row.trend} />
                      </td>
                      <TimeCell label="Updated" at={row.updatedAt} clock={shell} />
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <CursorPager
            path={path}
            filter={{ status: filter.status, sort: sorted, before: filter.before }}
            older={older}
          />
        </>
      )}
    </Page>
  );
}

/** Its pattern says something else by now. A button where that is the other kind, and not something nobody builds. */
function OtherCategory({ shell, row, category }: { shell: Shell; row: RecordRow; category: Category }) {
  return (
    <div class="button-row">
      <Badge tone="amber" icon="alert">{`Pattern now: ${CATEGORY_TEXT[category].many.toLowerCase()}`}</Badge>
      {kindOf(category) && hasRole(shell.member.role, 'manager') && (
        <KindButton csrfToken={shell.csrfToken} record={row} />
      )}
    </div>
  );
}
