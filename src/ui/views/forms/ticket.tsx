import type { Submission } from '../../../domain/submission.ts';
import { ticketFieldText } from '../../../domain/submission-problem.ts';
import { awaitsDecision, type SyncEvent } from '../../../domain/sync-event.ts';
import { PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { SubmissionStateBadge } from '../../components/submission-state.tsx';
import { TicketActions } from '../../components/ticket-actions.tsx';
import { failureHref, TICKETS_PATH, ticketHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';
import { Edits, Rows, Sent, Submitted } from './ticket-sections.tsx';

/** GET /tickets/:submissionId. */
export interface TicketPageProps {
  shell: Shell;
  submission: Submission;
  /** The form it came through; null for one by hand, or when the form was deleted. */
  formName: string | null;
  mailboxName: string;
  /** Its rows of the log, newest first. */
  rows: readonly SyncEvent[];
  /** The submission that this one seems to repeat. */
  first: Submission | null;
  /** Whether this person may retry, send and dismiss. */
  mayDecide: boolean;
}

export function TicketPage(props: TicketPageProps) {
  const { shell, submission, formName, rows, first, mayDecide } = props;
  const { submissionId, state, problem } = submission;
  const title = submission.subject || 'Ticket without a subject';
  const waiting = rows.find(awaitsDecision);
  return (
    <Page shell={shell} title={title}>
      <PageHead
        title={title}
        lead={
          <span class="dots">
            <SubmissionStateBadge state={state} />
            <span>
              {submission.source === 'manual' ? `By hand, by ${submission.createdBy}` : (formName ?? 'Contact form')}
            </span>
            <span>
              received <Time at={submission.receivedAt} clock={shell} />
            </span>
          </span>
        }
        actions={
          <>
            {mayDecide && problem && state === 'failed' && waiting && (
              <a class="button primary" href={failureHref(waiting.eventId)}>
                Edit and retry
              </a>
            )}
            {mayDecide && <TicketActions submission={submission} shell={shell} returnTo={ticketHref(submissionId)} />}
            {(state === 'failed' || state === 'held') && (
              <a class="button secondary" href={withQuery(`${TICKETS_PATH}/new`, { from: submissionId })}>
                Create it by hand
              </a>
            )}
          </>
        }
      />
      {problem && state !== 'created' && (
        <p class="notice tone-red">
          <span>
            {problem.code === 'requiredFieldMissing' ? 'Something is missing' : 'A value does not fit'}:{' '}
            {ticketFieldText(problem.field)}. It is not sent until this is corrected.
          </span>
        </p>
      )}
      {first && (
        <p class="notice tone-violet">
          <span>
            It says the same as <a href={ticketHref(first.submissionId)}>an earlier one</a>, received{' '}
            <Time at={first.receivedAt} clock={shell} exact />
            {state === 'held' ? ', and was held back.' : '.'}
          </span>
        </p>
      )}
      <div class="columns">
        <div>
          <Submitted {...props} />
          {submission.edits.length > 0 && <Edits {...props} />}
        </div>
        <div>
          <Sent {...props} />
          <Rows {...props} />
        </div>
      </div>
    </Page>
  );
}
