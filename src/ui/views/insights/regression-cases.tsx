import { CATEGORY_TEXT } from '../../../domain/category.ts';
import type { RegressionCase } from '../../../domain/review.ts';
import { CategoryBadge } from '../../components/badges.tsx';
import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { CursorPager } from '../../components/pager.tsx';
import { TableHead } from '../../components/table.tsx';
import { conversationHref, QUALITY_PATH, REVIEW_PATH } from '../../links.ts';
import type { Shell } from '../../props.ts';

const CASES_PATH = `${QUALITY_PATH}/cases`;

/** GET /insights/quality/cases. Query: `before` (cursor). */
export interface RegressionCasesPageProps {
  shell: Shell;
  /** Newest first. */
  rows: readonly (Pick<RegressionCase, 'conversationId' | 'issue' | 'judgement' | 'verdict' | 'said' | 'by' | 'at'> & {
    subject: string;
  })[];
  before: string | null;
  older: string | null;
  /** Whether this member may take the texts along. */
  mayExport: boolean;
}

/** What people said, as cases that every changed classifier has to get right. */
export function RegressionCasesPage({ shell, rows, before, older, mayExport }: RegressionCasesPageProps) {
  return (
    <Page shell={shell} title="Regression cases">
      <PageHead
        back={{ href: QUALITY_PATH, text: 'Quality' }}
        title="Regression cases"
        lead="What people said about conversations: binding for later runs, and what a changed classifier is measured by."
        actions={
          mayExport &&
          rows.length > 0 && (
            <a class="button secondary" href={`${CASES_PATH}/export.jsonl`} download>
              Export as JSON lines
            </a>
          )
        }
      />
      {rows.length === 0 ? (
        <EmptyCard icon="check" title="Nobody has judged a conversation yet">
          <p>
            Do so in the{' '}
            <a class="in-text" href={REVIEW_PATH}>
              review queue
            </a>
            , or on a conversation's page.
          </p>
        </EmptyCard>
      ) : (
        <div class="card flush">
          <table class="stack">
            <caption class="visually-hidden">Regression cases, newest first</caption>
            <TableHead columns={['Conversation', 'People say', 'The classifier said', 'Who']} />
            <tbody>
              {rows.map(({ conversationId, issue, subject, judgement, said, verdict, by, at }) => (
                <tr key={`${conversationId}/${issue}`}>
                  <td class="lead-cell">
                    <a href={conversationHref(conversationId)}>{subject || `Conversation ${conversationId}`}</a>
                  </td>
                  <td data-label="People say">
                    <CategoryBadge category={judgement.category} />
                    <span class="sub block">
                      {[judgement.productArea, judgement.severity].filter(Boolean).join(', ')}
                    </span>
                  </td>
                  <td data-label="The classifier">
                    {verdict === 'confirmed'
                      ? 'The same'
                      : said.category
                        ? CATEGORY_TEXT[said.category].one
                        : 'Nothing'}
                  </td>
                  <td data-label="Who">
                    {by}
                    <span class="sub block">
                      <Time at={at} clock={shell} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CursorPager path={CASES_PATH} filter={{ before }} older={older} />
    </Page>
  );
}
