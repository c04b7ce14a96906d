import { hasRole } from '../../domain/roles.ts';
import { CategoryBadge, RecordStatusBadge, TrendBadge } from '../components/badges.tsx';
import { BarChart } from '../components/chart.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { PostButton } from '../components/form.tsx';
import { InsightTable } from '../components/insight-table.tsx';
import { Page } from '../components/layout.tsx';
import { formatCount } from '../format.ts';
import { PATTERNS_PATH, patternHref, recordHref } from '../links.ts';
import type { PatternPageProps } from '../props.ts';

export function PatternPage({ shell, pattern, trend, conversations }: PatternPageProps) {
  const series = [{ key: 'count', name: 'Reports', tone: pattern.category }];
  return (
    <Page shell={shell} title={pattern.title}>
      <PageHead
        back={{ href: PATTERNS_PATH, text: 'Patterns' }}
        title={pattern.title}
        lead={<CategoryBadge category={pattern.category} />}
        actions={<RecordAction shell={shell} pattern={pattern} />}
      />
      <dl class="numbers">
        <div>
          <dt>Customers</dt>
          <dd>{formatCount(pattern.customers)}</dd>
        </div>
        <div>
          <dt>Conversations</dt>
          <dd>{formatCount(pattern.conversations)}</dd>
        </div>
        <div>
          <dt>Trend</dt>
          <dd>
            <TrendBadge summary={pattern.trend} />
          </dd>
        </div>
        <div>
          <dt>First reported</dt>
          <dd>
            <Time at={pattern.firstReportedAt} clock={shell} />
          </dd>
        </div>
        <div>
          <dt>Last reported</dt>
          <dd>
            <Time at={pattern.lastReportedAt} clock={shell} />
          </dd>
        </div>
      </dl>
      {trend.length > 1 && (
        <div class="card">
          <BarChart
            label="Reports"
            series={series}
            bars={trend.map(({ day, count }) => ({ day, values: { count } }))}
          />
        </div>
      )}
      <section class="card flush" aria-labelledby="conversations-heading">
        <div class="card-head">
          <h2 id="conversations-heading">Conversations</h2>
          {conversations.length < pattern.conversations && (
            <span class="sub">
              Latest {formatCount(conversations.length)} of {formatCount(pattern.conversations)}
            </span>
          )}
        </div>
        <InsightTable rows={conversations} clock={shell} showPattern={false} />
      </section>
    </Page>
  );
}

function RecordAction({ shell, pattern }: Pick<PatternPageProps, 'shell' | 'pattern'>) {
  const { record, category } = pattern;
  if (record) {
    return (
      <a class="button secondary" href={recordHref(record)}>
        {record.kind === 'bug' ? 'Bug report' : 'Feature request'} #{record.number}
        <RecordStatusBadge status={record.status} />
      </a>
    );
  }
  if ((category !== 'bug' && category !== 'feature') || !hasRole(shell.member.role, 'manager')) return null;
  return (
    <PostButton action={`${patternHref(pattern.patternId)}/record`} csrfToken={shell.csrfToken} kind="primary">
      {category === 'bug' ? 'Create bug report' : 'Create feature request'}
    </PostButton>
  );
}
