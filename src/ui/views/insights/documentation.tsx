import {
  DOCUMENTATION_PROBLEM_TEXT,
  DOCUMENTATION_PROBLEMS,
  type DocumentationProblem,
  type FailedArticle,
  type MissingTopic,
} from '../../../domain/documentation-need.ts';
import { hasRole } from '../../../domain/roles.ts';
import { EmptyCard, PageHead } from '../../components/content.tsx';
import { FailedArticleTable, MissingTopicTable } from '../../components/documentation-tables.tsx';
import { FilterSelect } from '../../components/filter-fields.tsx';
import { FilterForm } from '../../components/filter-form.tsx';
import { choicesOf } from '../../components/form.tsx';
import { InsightTable } from '../../components/insight-table.tsx';
import { Page } from '../../components/layout.tsx';
import { Notice } from '../../components/notice.tsx';
import { DOCUMENTATION_PATH, INSIGHTS_PATH, INTEGRATIONS_PATH, withQuery } from '../../links.ts';
import type { InsightRow, PatternLink, Range, Shell } from '../../props.ts';

export interface DocumentationFilter {
  problem: DocumentationProblem | null;
  range: Range;
}

export interface MissingTopicRow extends MissingTopic {
  pattern: PatternLink | null;
}

/** GET /insights/documentation. Query: `problem`, `range`, `article` (an id: its conversations are shown). */
export interface DocumentationPageProps {
  shell: Shell;
  filter: DocumentationFilter;
  articles: readonly FailedArticle[];
  topics: readonly MissingTopicRow[];
  /** The article whose conversations are shown; null: none was chosen. */
  chosen: { articleId: string; title: string; rows: readonly InsightRow[] } | null;
  /** Documentation needs regardless of filters. */
  total: number;
  /** Whether any collection is mapped: otherwise nobody knows which articles there are. */
  docsMapped: boolean;
}

const RANGE_TEXT: Record<Range, string> = { '7d': '7 days', '30d': '30 days', '90d': '90 days', all: 'All time' };

/** Which articles fail customers, and what none is about. */
export function DocumentationPage(props: DocumentationPageProps) {
  const { shell, filter, chosen, total, docsMapped } = props;
  return (
    <Page shell={shell} title="Documentation needs">
      <PageHead
        back={{ href: INSIGHTS_PATH, text: 'Insights' }}
        title="Documentation needs"
        lead="The help articles that should have answered, by how many customers they failed, and what no article is about."
      />
      {!docsMapped && <NotMapped shell={shell} />}
      {total === 0 ? (
        <EmptyCard icon="documentation" title="No documentation needs yet">
          <p>When a customer misses something in the help, or finds it wrong, the article is named here.</p>
        </EmptyCard>
      ) : (
        <>
          <FilterForm action={DOCUMENTATION_PATH} target="documentation-list" label="Filter documentation needs">
            <FilterSelect
              name="problem"
              label="Problem"
              value={filter.problem}
              any="All problems"
              options={DOCUMENTATION_PROBLEMS.map((value) => ({
                value,
                text: DOCUMENTATION_PROBLEM_TEXT[value].short,
              }))}
            />
            <FilterSelect name="range" label="Reported within" value={filter.range} options={choicesOf(RANGE_TEXT)} />
          </FilterForm>
          <div id="documentation-list" class="results">
            {chosen ? <ChosenArticle shell={shell} filter={filter} chosen={chosen} /> : <Lists {...props} />}
          </div>
        </>
      )}
    </Page>
  );
}

function NotMapped({ shell }: { shell: Shell }) {
  return (
    <Notice tone="amber" icon="info">
      No Docs collection is mapped, so nobody knows which articles there are.{' '}
      {hasRole(shell.member.role, 'administrator') ? (
        <a href={INTEGRATIONS_PATH}>Map collections</a>
      ) : (
        'An administrator can map collections under Settings.'
      )}
    </Notice>
  );
}

function Lists({ shell, filter, articles, topics }: DocumentationPageProps) {
  if (articles.length === 0 && topics.length === 0) {
    return (
      <EmptyCard
        icon="search"
        title="Nothing of this kind in this time"
        action={{ href: withQuery(DOCUMENTATION_PATH, { range: 'all' }), text: 'Show all' }}
      />
    );
  }
  return (
    <>
      <section aria-labelledby="articles-heading">
        <h2 id="articles-heading">Articles that did not answer</h2>
        {articles.length === 0 ? (
          <p class="card sub">None.</p>
        ) : (
          <FailedArticleTable clock={shell} filter={filter} rows={articles} />
        )}
      </section>
      <section aria-labelledby="topics-heading">
        <h2 id="topics-heading">Topics without an article</h2>
        {topics.length === 0 ? <p class="card sub">None.</p> : <MissingTopicTable clock={shell} rows={topics} />}
      </section>
    </>
  );
}

function ChosenArticle({
  shell,
  filter,
  chosen: { title, rows },
}: Pick<DocumentationPageProps, 'shell' | 'filter'> & { chosen: NonNullable<DocumentationPageProps['chosen']> }) {
  return (
    <section aria-labelledby="article-heading">
      <h2 id="article-heading">Conversations that “{title}” did not answer</h2>
      <p>
        <a href={withQuery(DOCUMENTATION_PATH, { ...filter })}>All articles</a>
      </p>
      <div class="card flush">
        <InsightTable rows={rows} clock={shell} />
      </div>
    </section>
  );
}
