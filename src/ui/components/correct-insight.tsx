import { CATEGORY_TEXT } from '../../domain/category.ts';
import type { Insight } from '../../domain/insight.ts';
import type { Review } from '../../domain/review.ts';
import { conversationHref } from '../links.ts';
import type { Shell } from '../props.ts';
import { Time } from './content.tsx';
import { PostForm } from './form.tsx';
import { JudgementFields } from './judgement-fields.tsx';

interface CorrectInsightProps {
  shell: Shell;
  insight: Pick<
    Insight,
    'conversationId' | 'issue' | 'category' | 'suggestedCategory' | 'productArea' | 'severity' | 'review'
  >;
  /** Names of the organization's product areas. */
  areas: readonly string[];
  /** What it is called where a conversation has several. */
  of: string | null;
}

interface CorrectionsProps {
  shell: Shell;
  /** All issues of a conversation, the main one first. */
  issues: readonly CorrectInsightProps['insight'][];
  correction: { areas: readonly string[]; reviews: readonly Review[] };
}

/** What people said to a conversation's issues, and a form for each. */
export function Corrections({ shell, issues, correction: { areas, reviews } }: CorrectionsProps) {
  return (
    <>
      {issues.map((insight) => (
        <CorrectInsight
          key={insight.issue}
          shell={shell}
          insight={insight}
          areas={areas}
          of={issues.length > 1 ? `issue ${insight.issue + 1}` : null}
        />
      ))}
      <ReviewHistory shell={shell} reviews={reviews} />
    </>
  );
}

/**
 * Lets a manager say what an issue is; sent to the conversation's page (POST /conversations/:conversationId/insight).
 * Confirming what stands there is saying it again.
 */
function CorrectInsight({ shell, insight, areas, of }: CorrectInsightProps) {
  const { conversationId, issue, category, suggestedCategory, productArea, severity } = insight;
  const id = `correct-${issue}`;
  return (
    <details class="correct-insight">
      <summary>
        {insight.review === 'none' ? 'Confirm or correct' : 'Correct again'}
        {of && `: ${of}`}
      </summary>
      <PostForm action={`${conversationHref(conversationId)}/insight`} csrfToken={shell.csrfToken} class="form">
        <input type="hidden" name="issue" value={String(issue)} />
        <JudgementFields
          id={id}
          category={category ?? suggestedCategory}
          productArea={productArea}
          severity={severity}
          areas={areas}
        />
        <button type="submit" class="button secondary">
          Save
        </button>
        <p class="help">Holds for later runs too, and counts as a case that a changed classifier has to get right.</p>
      </PostForm>
    </details>
  );
}

/** Who said what to a conversation's insights, the newest first. */
function ReviewHistory({ shell, reviews }: { shell: Shell; reviews: readonly Review[] }) {
  const said = reviews.filter(({ after }) => after !== null);
  if (said.length === 0) return null;
  return (
    <ul class="log-list">
      {said.map(({ reviewId, by, at, verdict, before, after, undone }) => (
        <li key={reviewId}>
          <span class="stacked">
            {verdict === 'confirmed' ? 'Confirmed' : `${wordsOf(before)} → ${wordsOf(after)}`}
            {undone && ' (taken back)'}
            <span class="sub">
              <Time at={at} clock={shell} /> by {by}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function wordsOf(said: Pick<Insight, 'category' | 'productArea' | 'severity'> | null): string {
  if (!said?.category) return 'No category';
  return [CATEGORY_TEXT[said.category].one, said.productArea, said.severity].filter(Boolean).join(', ');
}
