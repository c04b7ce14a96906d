import { conversationHref, patternHref, REVIEW_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import { PostForm } from './form.tsx';

/** One side of a pair; `text` is what the customer wrote first, empty for people who may not read it. */
export interface PairSide {
  conversationId: number;
  number: number;
  subject: string;
  summary: string;
  text: string;
}

export interface ReviewPairProps {
  shell: Shell;
  week: string;
  place: number;
  pattern: { patternId: string; title: string };
  sides: readonly PairSide[];
}

/** Two conversations that share a pattern: do they tell of the same issue? */
export function ReviewPair({ shell, week, place, pattern, sides }: ReviewPairProps) {
  return (
    <>
      <p>
        Both are in the pattern{' '}
        <a class="in-text" href={patternHref(pattern.patternId)}>
          {pattern.title}
        </a>
        .
      </p>
      <div class="review-pair">
        {sides.map(({ conversationId, number, subject, summary, text }) => (
          <section key={conversationId} class="card" aria-label={`Conversation ${number}`}>
            <h2>
              <a href={conversationHref(conversationId)}>
                #{number} {subject || 'No subject'}
              </a>
            </h2>
            {summary && <p class="insight-summary">{summary}</p>}
            <p class="review-text" tabindex={0}>
              {text}
            </p>
          </section>
        ))}
      </div>
      <PostForm action={`${REVIEW_PATH}/pairs`} csrfToken={shell.csrfToken}>
        <input type="hidden" name="week" value={week} />
        <input type="hidden" name="place" value={String(place)} />
        <p class="button-row">
          <button type="submit" name="answer" value="same" class="button primary" data-key="y">
            Same issue <kbd>y</kbd>
          </button>
          <button type="submit" name="answer" value="different" class="button primary" data-key="n">
            Not the same <kbd>n</kbd>
          </button>
          <button type="submit" name="answer" value="skipped" class="button secondary" data-key="s">
            Skip <kbd>s</kbd>
          </button>
        </p>
      </PostForm>
    </>
  );
}
