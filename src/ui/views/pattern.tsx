import { hasRole } from '../../domain/roles.ts';
import { Badge } from '../components/badge.tsx';
import { CategoryBadge, TrendBadge, trendWords } from '../components/badges.tsx';
import { BarChart } from '../components/chart.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { PostButton } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { PatternActions } from '../components/pattern-actions.tsx';
import { PatternConversations } from '../components/pattern-conversations.tsx';
import { PatternHistory, UndoButton } from '../components/pattern-history.tsx';
import { RecordStatusBadge } from '../components/record-badges.tsx';
import { SimilarPatterns } from '../components/similar-patterns.tsx';
import { TrendRule } from '../components/trend-rule.tsx';
import { formatCount } from '../format.ts';
import { PATTERNS_PATH, patternHref, recordHref } from '../links.ts';
import type { PatternPageProps } from '../props.ts';

export function PatternPage(props: PatternPageProps) {
  const { shell, pattern, trend, history, changed } = props;
  const mayChange = hasRole(shell.member.role, 'manager');
  const series = [{ key: 'count', name: 'Reports', tone: pattern.category }];
  return (
    <Page shell={shell} title={pattern.title}>
      <PageHead
        back={{ href: PATTERNS_PATH, text: 'Patterns' }}
        title={pattern.title}
        lead={<Lead pattern={pattern} />}
        actions={<Actions shell={shell} pattern={pattern} />}
      />
      {changed && !changed.undone && (
        <div class="notice tone-blue pattern-changed" role="status">
          <span>
            {changed.text} {changed.other && <a href={patternHref(changed.other.patternId)}>{changed.other.title}</a>}
          </span>
          {mayChange && <UndoButton shell={shell} row={changed} />}
        </div>
      )}
      <Standing shell={shell} pattern={pattern} />
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
          <p class="sub">{trendWords(pattern.trend)}</p>
          <TrendRule />
        </div>
      )}
      <SimilarPatterns {...props} mayChange={mayChange} />
      <PatternConversations {...props} mayChange={mayChange} />
      {mayChange && <PatternActions shell={shell} pattern={pattern} />}
      <PatternHistory shell={shell} rows={history} mayUndo={mayChange} />
    </Page>
  );
}

function Lead({ pattern }: Pick<PatternPageProps, 'pattern'>) {
  return (
    <span class="dots">
      <CategoryBadge category={pattern.category} />
      {pattern.state === 'dismissed' && <Badge tone="neutral">Dismissed</Badge>}
      {pattern.state === 'snoozed' && <Badge tone="neutral">Snoozed</Badge>}
      {pattern.summary && <span>{pattern.summary}</span>}
    </span>
  );
}

/** Why a pattern is out of the way, and until when. */
function Standing({ shell, pattern }: Pick<PatternPageProps, 'shell' | 'pattern'>) {
  const { dismissed, snoozed } = pattern.decided;
  if (pattern.state === 'dismissed' && dismissed) {
    return (
      <p class="notice tone-amber">
        Dismissed by {dismissed.by}, <Time at={dismissed.at} clock={shell} />: {dismissed.reason}
      </p>
    );
  }
  if (pattern.state !== 'snoozed' || !snoozed) return null;
  return (
    <p class="notice tone-amber">
      Snoozed by {snoozed.by} until it has {formatCount(snoozed.until)} conversations; now it has{' '}
      {formatCount(pattern.conversations)}.
    </p>
  );
}

function Actions({ shell, pattern }: Pick<PatternPageProps, 'shell' | 'pattern'>) {
  return (
    <>
      {hasRole(shell.member.role, 'manager') && (
        <a class="button secondary" href={`${patternHref(pattern.patternId)}/merge`}>
          Merge…
        </a>
      )}
      <RecordAction shell={shell} pattern={pattern} />
    </>
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
