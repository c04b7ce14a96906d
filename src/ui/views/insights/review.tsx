import { EmptyCard, PageHead, Tabs } from '../../components/content.tsx';
import { PostButton } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { ReviewItem, type ReviewItemProps } from '../../components/review-item.tsx';
import { ReviewPair, type ReviewPairProps } from '../../components/review-pair.tsx';
import { formatCount } from '../../format.ts';
import { QUALITY_PATH, REVIEW_PATH, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';

export const REVIEW_QUEUES = ['random', 'unsure', 'pairs'] as const;
export type ReviewQueue = (typeof REVIEW_QUEUES)[number];

/** GET /insights/review. Query: `queue`. */
export interface ReviewPageProps {
  shell: Shell;
  queue: ReviewQueue;
  /** What is left in each. */
  left: Readonly<Record<ReviewQueue, number>>;
  /** What to ask about; null when nothing is left. */
  item: Omit<ReviewItemProps, 'shell' | 'queue'> | null;
  pair: Omit<ReviewPairProps, 'shell'> | null;
  /** What this member did last in this queue, and the form that takes it back. */
  undo: { action: string; fields: Readonly<Record<string, string>>; text: string } | null;
  /** Whether a sample could be drawn at all. */
  anything: boolean;
}

const QUEUES: Record<ReviewQueue, { text: string; lead: string; done: string }> = {
  random: {
    text: 'Random sample',
    lead: 'Drawn by chance from the last 30 days, a new one each week. Only these answers measure how good the classifier is.',
    done: 'This week’s sample is done. The next is drawn on Monday.',
  },
  unsure: {
    text: 'Not sure',
    lead: 'What the classifier would not decide, the latest report first. These answers teach, and do not count as a measure.',
    done: 'Nothing waits for a person here.',
  },
  pairs: {
    text: 'Same issue?',
    lead: 'Two conversations of one pattern each, drawn by chance: they measure whether patterns hold what belongs together.',
    done: 'This week’s pairs are done.',
  },
};

/** One by one, by keyboard: what a person says about the classifier's answers. */
export function ReviewPage({ shell, queue, left, item, pair, undo, anything }: ReviewPageProps) {
  const { lead, done } = QUEUES[queue];
  return (
    <Page shell={shell} title="Review queue">
      <PageHead
        title="Review queue"
        lead={lead}
        actions={
          <a class="button secondary" href={QUALITY_PATH}>
            Quality
          </a>
        }
      />
      <Tabs
        label="Queues"
        items={REVIEW_QUEUES.map((name) => ({
          href: withQuery(REVIEW_PATH, { queue: name }),
          text: `${QUEUES[name].text} (${formatCount(left[name])})`,
          current: name === queue,
        }))}
      />
      {undo && (
        <div class="undo-line" role="status">
          <span>{undo.text}</span>
          <PostButton action={undo.action} csrfToken={shell.csrfToken} kind="quiet" fields={undo.fields}>
            Undo
          </PostButton>
        </div>
      )}
      {queue !== 'pairs' && item && <ReviewItem shell={shell} queue={queue} {...item} />}
      {queue === 'pairs' && pair && <ReviewPair shell={shell} {...pair} />}
      {!item && !pair && (
        <EmptyCard icon="check" title={anything ? 'All done' : 'Nothing to review yet'}>
          <p>{anything ? done : 'Conversations appear here once they are read from Help Scout and classified.'}</p>
        </EmptyCard>
      )}
      <script src="/static/review.js" defer />
    </Page>
  );
}
