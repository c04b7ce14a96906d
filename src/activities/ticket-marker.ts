import type { Submission } from '../domain/submission.ts';
import type { MarkerSearch } from '../helpscout/resources/conversation-marker.ts';

/** Help Scout's clock and ours may differ by so much. */
const CLOCK_DIFFERENCE_MS = 10 * 60_000;
/** A create is sent within its activity's time at the latest (activity-profiles.ts), whatever it has to wait for. */
const LONGEST_TRY_MS = 10 * 60_000;

/** What a submission's conversation can be found by when the answer to its create was lost. */
export const ticketMarker = ({ submissionId }: Pick<Submission, 'submissionId'>): string => submissionId;

/**
 * Where a submission's conversation is to be looked for.
 * @param lastSentAt when a create was last sent of which it is not known what became
 * @param clockDifferenceMs absent: as much as clocks that nobody looks after may differ
 */
export const ticketSearch = (
  submission: Pick<Submission, 'submissionId' | 'mailboxId' | 'customerEmail' | 'firstSentAt'>,
  lastSentAt: Date,
  clockDifferenceMs = CLOCK_DIFFERENCE_MS,
): MarkerSearch => ({
  mailboxId: submission.mailboxId,
  customerEmail: submission.customerEmail.trim(),
  marker: ticketMarker(submission),
  since: new Date((submission.firstSentAt ?? lastSentAt).getTime() - clockDifferenceMs),
  until: new Date(lastSentAt.getTime() + LONGEST_TRY_MS + clockDifferenceMs),
});
