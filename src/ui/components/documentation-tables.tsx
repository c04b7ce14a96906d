import { DOCUMENTATION_PROBLEMS, type FailedArticle, type MissingTopic } from '../../domain/documentation-need.ts';
import { type Clock, formatCount, plural } from '../format.ts';
import { conversationHref, DOCUMENTATION_PATH, patternHref, withQuery } from '../links.ts';
import type { PatternLink } from '../props.ts';
import { ExternalLink, Time } from './content.tsx';
import { DocumentationProblemBadge } from './documentation-need.tsx';

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
        <thead>
          <tr>
            <th scope="col">Article</th>
            <th scope="col">Problem</th>
            <th scope="col" class="number">
              Customers
            </th>
            <th scope="col" class="number">
              Conversations
            </th>
            <th scope="col">Last reported</th>
          </tr>
        </thead>
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
              <td class="number" data-label="Customers">
                <strong>{formatCount(customers)}</strong>
              </td>
              <td class="number" data-label="Conversations">
                <a
                  href={withQuery(DOCUMENTATION_PATH, { ...filter, article: articleId })}
                  aria-label={`${plural(conversations, 'conversation')} about ${title}`}
                >
                  {formatCount(conversations)}
                </a>
              </td>
              <td class="nowrap" data-label="Last reported">
                <Time at={lastReportedAt} clock={clock} />
              </td>
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
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col" class="number">
              Customers
            </th>
            <th scope="col" class="number">
              Conversations
            </th>
            <th scope="col">Last reported</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ pattern, conversationId, summary, customers, conversations, lastReportedAt }) => (
            <tr key={conversationId}>
              <td class="lead-cell">
                <a class="row-title" href={pattern ? patternHref(pattern.patternId) : conversationHref(conversationId)}>
                  {pattern?.title || summary || `Conversation ${conversationId}`}
                </a>
              </td>
              <td class="number" data-label="Customers">
                <strong>{formatCount(customers)}</strong>
              </td>
              <td class="number" data-label="Conversations">
                {formatCount(conversations)}
              </td>
              <td class="nowrap" data-label="Last reported">
                <Time at={lastReportedAt} clock={clock} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
