import type { Thread } from '../../domain/conversation.ts';
import type { Insight } from '../../domain/insight.ts';
import { conversationHref, REVIEW_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import { Confidence, OutcomeBadge } from './badges.tsx';
import { PostForm } from './form.tsx';
import { JudgementFields } from './judgement-fields.tsx';
import { Threads } from './threads.tsx';

export interface ReviewItemProps {
  shell: Shell;
  queue: 'random' | 'unsure';
  insight: Insight;
  /** Help Scout's number of the conversation. */
  number: number;
  /** Without private notes; empty for people who may not read messages. */
  threads: readonly Thread[];
  areas: readonly string[];
}

/** One issue, what the classifier said, and the form that confirms or corrects it. */
export function ReviewItem({ shell, queue, insight, number, threads, areas }: ReviewItemProps) {
  const { integrationId, conversationId, issue, category, suggestedCategory } = insight;
  return (
    <div class="columns">
      <section aria-labelledby="review-heading">
        <h2 id="review-heading">
          <a href={conversationHref(conversationId)}>
            #{number} {insight.subject || 'No subject'}
          </a>
        </h2>
        <Threads shell={shell} threads={threads} evidence={insight.evidence} />
      </section>
      <section class="card" aria-labelledby="judgement-heading">
        <h2 id="judgement-heading">What is it?</h2>
        <p class="badges">
          <OutcomeBadge outcome={insight.outcome} category={category} /> <Confidence value={insight.confidence} />
        </p>
        {insight.summary && <p class="insight-summary">{insight.summary}</p>}
        <PostForm action={REVIEW_PATH} csrfToken={shell.csrfToken} class="form">
          <input type="hidden" name="queue" value={queue} />
          <input type="hidden" name="integrationId" value={integrationId} />
          <input type="hidden" name="conversationId" value={String(conversationId)} />
          <input type="hidden" name="issue" value={String(issue)} />
          <JudgementFields
            id="review"
            category={category ?? suggestedCategory}
            productArea={insight.productArea}
            severity={insight.severity}
            areas={areas}
            keys
          />
          <p class="button-row">
            <button type="submit" name="action" value="judge" class="button primary" data-key="Enter">
              Confirm <kbd>Enter</kbd>
            </button>
            <button type="submit" name="action" value="skip" class="button secondary" data-key="s" formnovalidate>
              Skip <kbd>s</kbd>
            </button>
          </p>
        </PostForm>
      </section>
    </div>
  );
}
