import { DOCUMENTATION_PROBLEMS, type FailedArticle, type MissingTopic } from '../../domain/documentation-need.ts';
import { type Clock, formatCount, plural } from '../format.ts';
import { conversationHref, DOCUMENTATION_PATH, patternHref, withQuery } from '../links.ts';
import type { PatternLink } from '../props.ts';
import { ExternalLink } from './content.tsx';
import { DocumentationProblemBadge } from './documentation-need.tsx';
import { ReachCells, TableHead, TimeCell } from './table.tsx';

interface FailedArticleTableProps {
  rows: readonly FailedArticle[];
  clock: Clock;
  /** Kept in the links to an article's conversations. */
  filter: { problem: string | null; range: string };
}

/** Articles with what went wrong, the most failed customers first. */
export function FailedArticleTable({ rows, clock, filter }: FailedArticleTableProps) {
  return (
    <div class="card flush">
      <table class="stack">
        <caption class="visually-hidden">{plural(rows.length, 'article')}</caption>
        <TableHead
          columns={['Article', 'Problem', { number: 'Customers' }, { number: 'Conversations' }, 'Last reported']}
        />
        <tbody>
          {rows.map(({ articleId, title, url, problems, customers, conversations, lastReportedAt }) => (
            <tr key={articleId}>
              <td class="lead-cell">
                <ExternalLink href={url} class="row-title">
                  {title}
                </ExternalLink>
              </td>
              <td data-label="Problem">
                <span class="badges">
                  {DOCUMENTATION_PROBLEMS.filter((problem) => problems[problem] > 0).map((problem) => (
                    <DocumentationProblemBadge key={problem} problem={problem} />
                  ))}
                </span>
              </td>
              <ReachCells customers={customers} conversations={conversations}>
                <a
                  href={withQuery(DOCUMENTATION_PATH, { ...filter, article: articleId })}
                  aria-label={`${plural(conversations, 'conversation')} about ${title}`}
                >
                  {formatCount(conversations)}
                </a>
              </ReachCells>
              <TimeCell label="Last reported" at={lastReportedAt} clock={clock} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What no article is about: by pattern, or by conversation where there is none. */
export function MissingTopicTable({
  rows,
  clock,
}: {
  rows: readonly (MissingTopic & { pattern: PatternLink | null })[];
  clock: Clock;
}) {
  return (
    <div class="card flush">
      <table class="stack">
        <caption class="visually-hidden">{plural(rows.length, 'topic')}</caption>
        <TableHead columns={['Topic', { number: 'Customers' }, { number: 'Conversations' }, 'Last reported']} />
        <tbody>
          {rows.map(({ pattern, conversationId, summary, customers, conversations, lastReportedAt }) => (
            <tr key={conversationId}>
              <td class="lead-cell">
                <a class="row-title" href={pattern ? patternHref(pattern.patternId) : conversationHref(conversationId)}>
                  {pattern?.title || summary || `Conversation ${conversationId}`}
                </a>
              </td>
              <ReachCells customers={customers} conversations={conversations} />
              <TimeCell label="Last reported" at={lastReportedAt} clock={clock} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
