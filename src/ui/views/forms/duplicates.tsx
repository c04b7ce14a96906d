import type { Submission } from '../../../domain/submission.ts';
import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { CursorPager } from '../../components/pager.tsx';
import { SubmissionStateBadge } from '../../components/submission-state.tsx';
import { TableHead } from '../../components/table.tsx';
import { TicketActions } from '../../components/ticket-actions.tsx';
import { formatDecimal, plural } from '../../format.ts';
import { customerHref, DUPLICATES_PATH, ticketHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';

export interface DuplicatePair {
  /** Null when it is no longer kept. */
  first: Submission | null;
  later: Submission;
  /** Null for tickets by hand, and when the form was deleted. */
  formName: string | null;
}

/** GET /tools/integrations/duplicates. */
export interface DuplicatesPageProps {
  shell: Shell;
  pairs: readonly DuplicatePair[];
  before: string | null;
  older: string | null;
  /** Whether this person may send and dismiss. */
  mayDecide: boolean;
}

export function DuplicatesPage({ shell, pairs, before, older, mayDecide }: DuplicatesPageProps) {
  const here = withQuery(DUPLICATES_PATH, { before });
  return (
    <Page shell={shell} title="Suspected duplicates">
      <PageHead
        title="Suspected duplicates"
        lead="The same customer sent the same text through the same form again. What is held back waits here."
      />
      {pairs.length === 0 ? (
        <EmptyCard icon="layers" title={before ? 'There is nothing older' : 'No duplicates'}>
          <p>A message that repeats an earlier one shows up here, next to the first.</p>
        </EmptyCard>
      ) : (
        <section class="card flush" aria-label="Suspected duplicates">
          <table class="stack">
            <caption class="visually-hidden">Suspected duplicates, newest first</caption>
            <TableHead columns={['Later one', 'First one', 'Time apart', 'Form', 'State', { unseen: 'Actions' }]} />
            <tbody>
              {pairs.map((pair) => (
                <Pair key={pair.later.submissionId} pair={pair} shell={shell} here={here} mayDecide={mayDecide} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <CursorPager path={DUPLICATES_PATH} filter={{ before }} older={older} />
    </Page>
  );
}

interface PairProps extends Pick<DuplicatesPageProps, 'shell' | 'mayDecide'> {
  pair: DuplicatePair;
  here: string;
}

function Pair({ pair: { first, later, formName }, shell, here, mayDecide }: PairProps) {
  return (
    <tr>
      <td class="lead-cell">
        <a class="row-title" href={ticketHref(later.submissionId)}>
          {later.subject || 'Without a subject'}
        </a>
        <span class="sub block">
          <a href={customerHref(later.customerEmail)}>{later.customerEmail}</a>,{' '}
          <Time at={later.receivedAt} clock={shell} />
        </span>
      </td>
      <td data-label="First one">
        {first ? (
          <a href={ticketHref(first.submissionId)}>
            <Time at={first.receivedAt} clock={shell} exact />
          </a>
        ) : (
          'No longer kept'
        )}
      </td>
      <td data-label="Time apart" class="nowrap">
        {first ? timeApart(later.receivedAt.getTime() - first.receivedAt.getTime()) : '–'}
      </td>
      <td data-label="Form">{formName ?? (later.source === 'manual' ? 'By hand' : 'Deleted')}</td>
      <td>
        <span class="stacked">
          <SubmissionStateBadge state={later.state} />
          {later.state === 'created' && <span class="sub">and flagged</span>}
        </span>
      </td>
      <td class="row-actions">{mayDecide && <TicketActions submission={later} shell={shell} returnTo={here} />}</td>
    </tr>
  );
}

/** `12 minutes`, `1.5 hours`: how long after the first the second came. */
function timeApart(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 90) return plural(Math.round(seconds), 'second');
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), 'minute');
  if (seconds < 36 * 3600) return `${formatDecimal(seconds / 3600)} hours`;
  return `${formatDecimal(seconds / 86_400)} days`;
}
