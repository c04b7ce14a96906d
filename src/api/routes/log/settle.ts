import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { failureHref, LOG_PATH } from '../../../ui/links.ts';
import { dismissRow, type RowAnswer, retryRow, rowNotice } from '../../commands/settle-row.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam, queryText } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { failuresReturn } from '../failures/return-to.ts';

const params = z.object({ eventId: idParam });
const access = roleFor('retrySyncs');

/** Back to the list that the button was in; a row whose workflow has ended has a page of its own that tells more. */
function reply(answer: RowAnswer, eventId: string, returnTo: string) {
  const notice = rowNotice(answer);
  if (!notice) throw notFound();
  return redirect(answer.kind === 'orphaned' ? `${failureHref(eventId)}?ended=yes` : returnTo, notice);
}

/** Tries a failed sync again and tells how it ended, or that it goes on. */
export const retry = memberEndpoint({
  method: 'post',
  path: `${LOG_PATH}/:eventId/retry`,
  access,
  params,
  body: z.object({ returnTo: failuresReturn(LOG_PATH) }),
  handler:
    (deps) =>
    async ({ organizationId, params: { eventId }, body, member }) =>
      reply(await retryRow(deps, organizationId, eventId, member.email), eventId, body.returnTo),
});

/** Gives a failed sync up; the row becomes skipped. */
export const dismiss = memberEndpoint({
  method: 'post',
  path: `${LOG_PATH}/:eventId/dismiss`,
  access,
  params,
  body: z.object({ reason: queryText, returnTo: failuresReturn(LOG_PATH) }),
  handler:
    (deps) =>
    async ({ organizationId, params: { eventId }, body, member }) =>
      reply(await dismissRow(deps, organizationId, eventId, member.email, body.reason), eventId, body.returnTo),
});
