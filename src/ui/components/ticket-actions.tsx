import type { Submission } from '../../domain/submission.ts';
import { ticketHref } from '../links.ts';
import type { Shell } from '../props.ts';
import { PostButton } from './form.tsx';

interface TicketActionsProps {
  submission: Pick<Submission, 'submissionId' | 'state' | 'subject'>;
  shell: Shell;
  /** Where to go afterwards. */
  returnTo: string;
}

/** What an administrator can do with a ticket that waits for a decision. */
export function TicketActions({ submission, shell, returnTo }: TicketActionsProps) {
  const { state, subject, submissionId } = submission;
  if (state !== 'held' && state !== 'failed') return null;
  const fields = { returnTo };
  const send = state === 'held' ? 'Send anyway' : 'Retry';
  return (
    <div class="button-row">
      <PostButton
        action={`${ticketHref(submissionId)}/send`}
        csrfToken={shell.csrfToken}
        fields={fields}
        label={`${send}: ${subject}`}
      >
        {send}
      </PostButton>
      <PostButton
        action={`${ticketHref(submissionId)}/dismiss`}
        csrfToken={shell.csrfToken}
        kind="quiet"
        fields={fields}
        label={`Dismiss: ${subject}`}
        confirm="Dismiss it? It will not become a ticket."
      >
        Dismiss
      </PostButton>
    </div>
  );
}
