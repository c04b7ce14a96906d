import type { Insight } from '../../domain/insight.ts';
import { Confidence, OutcomeBadge, SeverityBadge } from '../components/badges.tsx';
import { Time } from '../components/content.tsx';
import { DocumentationNeed } from '../components/documentation-need.tsx';
import { Fact } from '../components/fact.tsx';
import { RecordStatusBadge } from '../components/record-badges.tsx';
import { plural } from '../format.ts';
import { patternHref, recordHref } from '../links.ts';
import { noPattern } from '../no-pattern.ts';
import type { ConversationPageProps } from '../props.ts';

/** What the classifier, or a person, said of the conversation. */
export function InsightCard({ shell, insight, pattern, record }: ConversationPageProps & { insight: Insight }) {
  const classified = insight.outcome === 'classified';
  return (
    <>
      <p class="badges">
        <OutcomeBadge outcome={insight.outcome} category={insight.category} />
        {classified && insight.severity && <SeverityBadge severity={insight.severity} />}
      </p>
      {insight.summary && <p class="insight-summary">{insight.summary}</p>}
      <dl class="facts">
        {classified && (
          <Fact name="Confidence">
            <Confidence value={insight.confidence} />
          </Fact>
        )}
        {insight.documentation && (
          <Fact name="Help article">
            <DocumentationNeed need={insight.documentation} />
          </Fact>
        )}
        {insight.productArea && <Fact name="Product area">{insight.productArea}</Fact>}
        <Fact name="Evidence">
          {insight.evidence.length > 0 ? `${plural(insight.evidence.length, 'quote')}, marked` : 'No quote'}
        </Fact>
        <Fact name="Pattern">
          {pattern ? <a href={patternHref(pattern.patternId)}>{pattern.title}</a> : noPattern(insight)}
        </Fact>
        {record && (
          <Fact name={record.kind === 'bug' ? 'Bug report' : 'Feature request'}>
            <a href={recordHref(record)}>
              #{record.number} {record.title}
            </a>{' '}
            <RecordStatusBadge status={record.status} />
          </Fact>
        )}
        <Fact name="Classified">
          <Time at={insight.classifiedAt} clock={shell} /> by{' '}
          {insight.classifier.kind === 'claude' ? 'Claude' : 'the offline model'}{' '}
          <span class="sub">
            ({insight.classifier.model}
            {insight.revision > 1 ? `, revision ${insight.revision}` : ''})
          </span>
        </Fact>
      </dl>
    </>
  );
}

/** What else the customer brought up in the same conversation. */
export function FurtherIssues({ issues }: { issues: readonly Insight[] }) {
  if (issues.length === 0) return null;
  return (
    <section class="further-issues" aria-label="Further issues">
      <h3>Also in this conversation</h3>
      <ul>
        {issues.map(({ issue, outcome, category, summary, patternId }) => (
          <li key={issue}>
            <OutcomeBadge outcome={outcome} category={category} />{' '}
            {patternId ? <a href={patternHref(patternId)}>{summary}</a> : summary}
          </li>
        ))}
      </ul>
    </section>
  );
}
