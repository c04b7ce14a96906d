import { ApplicationFailure } from '@temporalio/common';
import { plainEmail } from '../domain/email.ts';
import type { LoggedRow } from '../domain/logged-row.ts';
import type { Submission } from '../domain/submission.ts';
import { isEditable } from '../domain/submission-problem.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { SyncStatus } from '../domain/sync-event.ts';
import { ticketRow } from '../domain/ticket-row.ts';
import type { Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { createNotedTries, type TryOf } from './noted-tries.ts';
import { createTicketSending } from './ticket-sending.ts';

const HOUR_MS = 3_600_000;
const AUTOMATIC = 'automatic';
/** On conversations that repeat an earlier one and were created all the same. */
export const DUPLICATE_TAG = 'suspected-duplicate';

export interface TicketTry extends TryOf {
  submissionId: string;
  workflowId: string;
}

export type PreparedTicket =
  | { kind: 'send'; tags: string[] }
  | { kind: 'held'; duplicateOf: string }
  | { kind: 'spam' };

export interface TicketSettlement {
  submissionId: string;
  eventId: string;
  workflowId: string;
  status: Exclude<SyncStatus, 'pending'>;
  details: string;
  /** What becomes of the submission; null when it stays as it is. */
  state: 'failed' | 'held' | 'dismissed' | null;
  /** Absent when this try is among the row's attempts already. */
  by?: string | undefined;
  attemptKey: string;
  error?: { code: SyncErrorCode; httpStatus?: number | undefined } | undefined;
}

/** From a submission to its conversation. Each step may be repeated at any time. */
export function createTicketActivities(
  deps: Pick<ActivityDeps, 'storage' | 'helpScout' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage } = deps;
  const { secureUrl = 'https://secure.helpscout.net' } = deps.helpScout;
  /** Help Scout leads on from there: the conversation's number may be left out (reference, 6). */
  const webUrl = (conversationId: number) => `${secureUrl}/conversation/${conversationId}`;
  const noting = createNotedTries(deps);
  const { send } = createTicketSending(deps);

  const submissionOf = async ({ organizationId }: Scope, submissionId: string): Promise<Submission> => {
    const submission = await storage.submissions.get(organizationId, submissionId);
    if (submission) return submission;
    throw ApplicationFailure.nonRetryable('the submission is not kept any more', 'internalError');
  };

  /** The submission that this one seems to repeat, or null. What members write by hand repeats nothing. */
  async function findDuplicate(submission: Submission, windowHours: number): Promise<string | null> {
    if (submission.source === 'manual') return null;
    const { organizationId, submissionId } = submission;
    const first = await storage.submissions.claim(organizationId, submission, windowHours * HOUR_MS);
    const duplicateOf = first === submissionId ? null : first;
    await storage.submissions.markDuplicate(organizationId, submissionId, duplicateOf);
    return duplicateOf;
  }

  return {
    /** Checks what can be checked without Help Scout. @throws ApplicationFailure for what a person has to correct */
    async prepareTicket(
      scope: Scope,
      { submissionId, eventId, workflowId, by, sendsHeld }: TicketTry & { sendsHeld: boolean },
    ): Promise<PreparedTicket & { log: LoggedRow[] }> {
      const submission = await submissionOf(scope, submissionId);
      const { organizationId } = scope;
      const row = ticketRow(submission, workflowId);
      const opened = sendsHeld ? { ...row, eventId, details: 'Held back before', createdAt: deps.now() } : row;
      await storage.syncEvents.open(organizationId, [opened]);
      const answer = async (prepared: PreparedTicket) => ({
        ...prepared,
        log: await storage.syncEvents.logged(organizationId, [eventId]),
      });
      if (submission.state === 'spam') return answer({ kind: 'spam' });
      await storage.submissions.markSending(organizationId, submissionId, sendsHeld);
      const { problem } = submission;
      // Of what a form asks beyond the ticket itself, the person who retries has decided that it can be done without.
      if (problem && (by === AUTOMATIC || isEditable(problem.field))) {
        throw ApplicationFailure.nonRetryable(`Field: ${problem.field}`, problem.code);
      }
      if (submission.conversationId !== null || sendsHeld) return answer({ kind: 'send', tags: [] });
      const { mode, windowHours } = (await storage.settings.get(organizationId)).duplicates;
      const duplicateOf = await findDuplicate(submission, windowHours);
      if (duplicateOf === null) return answer({ kind: 'send', tags: [] });
      return answer(mode === 'hold' ? { kind: 'held', duplicateOf } : { kind: 'send', tags: [DUPLICATE_TAG] });
    },

    /**
     * Creates the conversation, or finds the one that an earlier try created.
     * @throws ApplicationFailure, among them `uncertain` with the time after which it can be looked for
     */
    async createTicket(
      scope: Scope,
      { submissionId, tags, ...tryOf }: TicketTry & { tags: string[] },
    ): Promise<{ conversationId: number; found: boolean; log: LoggedRow[] }> {
      const created = await noting(scope, tryOf, async (remember) => {
        const submission = await submissionOf(scope, submissionId);
        const { conversationId } = submission;
        if (conversationId !== null) return { conversationId, found: true };
        const urgency = tryOf.by === AUTOMATIC ? undefined : 'interactive';
        return connections.withHelpScout(
          scope,
          (client) => remember(() => send(client, { ...submission, tags: [...submission.tags, ...tags] })),
          urgency,
        );
      });
      return { ...created, log: await storage.syncEvents.logged(scope.organizationId, [tryOf.eventId]) };
    },

    /** Writes how it ended, or why it waits: in the log, in the ledger, and the auto-reply among the sent e-mails. */
    async settleTicket(
      scope: Scope,
      { submissionId, state, ...settlement }: TicketSettlement,
    ): Promise<{ log: LoggedRow[] }> {
      const { organizationId } = scope;
      if (state) await storage.submissions.settleState(organizationId, submissionId, state);
      // Also of one that is not kept any more: its row says what became of it.
      const submission = await storage.submissions.get(organizationId, submissionId);
      const to = submission ? plainEmail(submission.customerEmail) : '';
      const conversationId = submission?.conversationId ?? null;
      if (state === 'dismissed' && submission) {
        await storage.submissions.releaseClaim(organizationId, submissionId, submission.fingerprint);
      }
      await storage.syncEvents.settle(organizationId, [
        {
          ...settlement,
          ...(submission && { customerEmail: to || null }),
          ...(conversationId !== null && { conversationId, conversationUrl: webUrl(conversationId) }),
        },
      ]);
      if (settlement.status === 'success' && conversationId !== null && submission?.autoReplyText.trim()) {
        await storage.sentEmails.record(organizationId, {
          ...{ emailId: `autoReply/${submissionId}`, kind: 'autoReply', to, customerEmail: to },
          ...{ subject: submission.subject, status: 'sent', error: '', conversationId, submissionId, at: deps.now() },
        });
      }
      return { log: await storage.syncEvents.logged(organizationId, [settlement.eventId]) };
    },
  };
}
