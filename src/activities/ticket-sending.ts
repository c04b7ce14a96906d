import { ApplicationFailure } from '@temporalio/common';
import type { Submission } from '../domain/submission.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutError, HelpScoutUncertain } from '../helpscout/errors.ts';
import type { ActivityDeps } from './deps.ts';
import { ticketMarker, ticketSearch } from './ticket-marker.ts';
import { ticketText } from './ticket-text.ts';

/** Help Scout does not say how far its search lags behind; its status page has told of minutes. */
const SEARCH_LAG_MS = 180_000;

type Client = Pick<HelpScoutClient, 'conversations'>;

/** Sends a create at most once for as long as it is not known what became of it. */
export function createTicketSending({ storage, helpScout, now }: Pick<ActivityDeps, 'storage' | 'helpScout' | 'now'>) {
  const { submissions } = storage;
  const searchLagMs = helpScout.searchLagMs ?? SEARCH_LAG_MS;

  /** Unknown what became of it: `waitMs` is how long lists may take to show it. */
  const uncertain = (message: string, sentAt: Date, httpStatus?: number) => {
    const waitMs = Math.max(1_000, sentAt.getTime() + searchLagMs - now().getTime());
    const details = [{ httpStatus, waitMs }];
    return ApplicationFailure.create({ message, type: 'uncertain', nonRetryable: true, details });
  };

  const find = ({ conversations }: Client, submission: Submission, sentAt: Date) =>
    conversations.findByMarker(ticketSearch(submission, sentAt, helpScout.clockDifferenceMs));

  const create = ({ conversations }: Client, submission: Submission) => {
    const { mailboxId, assigneeId, tags, autoReplyText, customerEmail, customerName } = submission;
    const [firstName = '', ...rest] = customerName.trim().split(/\s+/);
    return conversations.create({
      ...{ mailboxId, tags, marker: ticketMarker(submission), assignTo: assigneeId },
      subject: submission.subject.trim() || `Message from ${customerName.trim() || customerEmail.trim()}`,
      customer: { email: customerEmail.trim(), firstName, lastName: rest.join(' ') },
      text: ticketText(submission),
      ...(autoReplyText.trim() !== '' && { reply: autoReplyText }),
    });
  };

  return {
    /** @throws HelpScoutError, or ApplicationFailure `uncertain` when it may exist and cannot be seen yet */
    async send(client: Client, submission: Submission): Promise<{ conversationId: number; found: boolean }> {
      const { organizationId, submissionId } = submission;
      const outstanding = await submissions.outstandingAt(organizationId, submissionId);
      if (outstanding) {
        const conversationId = await find(client, submission, outstanding);
        if (conversationId !== null) {
          await submissions.markCreated(organizationId, submissionId, conversationId);
          return { conversationId, found: true };
        }
        if (now().getTime() < outstanding.getTime() + searchLagMs) {
          throw uncertain('sent before, and not to be seen yet', outstanding);
        }
      }
      const sentAt = now();
      if (!(await submissions.markSent(organizationId, submissionId, outstanding, sentAt))) {
        throw uncertain('another try sends it this moment', sentAt);
      }
      try {
        const conversationId = await create(client, submission);
        await submissions.markCreated(organizationId, submissionId, conversationId);
        return { conversationId, found: false };
      } catch (error) {
        if (error instanceof HelpScoutUncertain) throw uncertain(error.message, sentAt, error.status);
        // Anything else that Help Scout answers means that nothing was written; an error of ours means nothing.
        if (error instanceof HelpScoutError) await submissions.markRefused(organizationId, submissionId, sentAt);
        throw error;
      }
    },
  };
}
