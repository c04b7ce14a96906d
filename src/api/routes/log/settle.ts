import { setTimeout } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { awaitsDecision } from '../../../domain/sync-event.ts';
import { roleFor } from '../../../security/permissions.ts';
import type { Storage } from '../../../storage/storage.ts';
import { LOG_PATH } from '../../../ui/links.ts';
import type { Flash } from '../../../ui/props.ts';
import { dismissSignal, type RetryOutcome, retryNowUpdate } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam, queryText } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { safeReturn } from '../../safe-return.ts';
import { ask, refusalText } from '../../temporal/ask.ts';
import { within } from '../../temporal/deadline.ts';

const params = z.object({ eventId: idParam });
const access = roleFor('retrySyncs');
const SIGNAL_MS = 5_000;
/** A retry against a Help Scout that is down goes on for a minute: nobody should look at a blank page that long. */
const PATIENCE_MS = 8_000;
const UNDER_WAY: Flash = { kind: 'info', text: 'The retry is under way. The row shows how it ends.' };

/** The list that the button was in, with its filters. */
const returnTo = z
  .string()
  .optional()
  .catch(undefined)
  .transform((text) => {
    const path = safeReturn(text);
    return path?.split('?', 1)[0] === LOG_PATH ? path : LOG_PATH;
  });

/** Only a conversation's own workflow waits to be retried; the integration's rows tell of work that has ended. */
const NOT_WAITING: Flash = { kind: 'error', text: 'This row does not wait for a decision any more.' };

async function failedRow(storage: Storage, organizationId: string, eventId: string) {
  const row = await storage.syncEvents.get(organizationId, eventId);
  if (!row) throw notFound();
  return awaitsDecision(row) ? row : null;
}

/** Tries a failed sync again and tells how it ended, or that it goes on. */
export const retry = memberEndpoint({
  method: 'post',
  path: `${LOG_PATH}/:eventId/retry`,
  access,
  params,
  body: z.object({ returnTo }),
  handler:
    ({ storage, temporal }) =>
    async ({ organizationId, params: { eventId }, body, member }) => {
      const row = await failedRow(storage, organizationId, eventId);
      if (!row) return redirect(body.returnTo, NOT_WAITING);
      const answer = await Promise.race([
        ask(temporal, row.workflowId, (workflow) =>
          workflow.executeUpdate(retryNowUpdate, { args: [{ by: member.email }] }),
        ),
        setTimeout(PATIENCE_MS, null, { ref: false }),
      ]);
      if (!answer) return redirect(body.returnTo, UNDER_WAY);
      return redirect(
        body.returnTo,
        answer.granted ? outcome(answer.value) : { kind: 'error', text: refusalText(answer) },
      );
    },
});

function outcome(result: RetryOutcome): Flash {
  if (result.status === 'failed') {
    const { message, remedy } = SYNC_ERROR_TEXT[result.code];
    return { kind: 'error', text: `The retry failed. ${message} ${remedy}` };
  }
  return result.status === 'success'
    ? { kind: 'success', text: 'The retry worked.' }
    : { kind: 'info', text: 'There was nothing left to do.' };
}

/** Gives a failed sync up; the row becomes skipped. */
export const dismiss = memberEndpoint({
  method: 'post',
  path: `${LOG_PATH}/:eventId/dismiss`,
  access,
  params,
  body: z.object({ reason: queryText, returnTo }),
  handler:
    ({ storage, temporal }) =>
    async ({ organizationId, params: { eventId }, body, member }) => {
      const row = await failedRow(storage, organizationId, eventId);
      if (!row) return redirect(body.returnTo, NOT_WAITING);
      const reason = body.reason === '' ? `Dismissed by ${member.email}` : `${body.reason} (${member.email})`;
      const handle = temporal.workflow.getHandle(row.workflowId);
      try {
        await within(temporal, SIGNAL_MS, () => handle.signal(dismissSignal, reason));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return redirect(body.returnTo, NOT_WAITING);
        throw error;
      }
      return redirect(body.returnTo, { kind: 'success', text: 'Dismissed.' });
    },
});
