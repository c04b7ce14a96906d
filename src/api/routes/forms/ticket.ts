import { z } from 'zod';
import { awaitsDecision } from '../../../domain/sync-event.ts';
import { may, roleFor } from '../../../security/permissions.ts';
import { TicketPage } from '../../../ui/index.ts';
import { DUPLICATES_PATH, TICKETS_PATH, ticketHref } from '../../../ui/links.ts';
import { ticketWorkflowId } from '../../../workflows/contract.ts';
import { dismissRow, type RowAnswer, retryRow, rowNotice } from '../../commands/settle-row.ts';
import type { Deps } from '../../deps.ts';
import { type MemberVisit, memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam, queryText } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';
import { safeReturn } from '../../safe-return.ts';

const path = `${TICKETS_PATH}/:submissionId`;
const params = z.object({ submissionId: idParam });
const ROWS = 20;

/** What was submitted, what became of it, and what can be done about it. */
export const showTicket = memberEndpoint({
  method: 'get',
  path,
  access: roleFor('createTickets'),
  params,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { submissionId }, member, shell }) => {
      const submission = await storage.submissions.get(organizationId, submissionId);
      if (!submission) throw notFound();
      const { formId, integrationId, mailboxId, duplicateOf } = submission;
      const [form, integration, { events }, first] = await Promise.all([
        formId ? storage.contactForms.get(organizationId, formId) : null,
        storage.integrations.get(organizationId, integrationId),
        storage.syncEvents.list(organizationId, { submissionId }, { limit: ROWS }),
        duplicateOf ? storage.submissions.get(organizationId, duplicateOf) : null,
      ]);
      const mailbox = integration?.mailboxes.find((candidate) => candidate.mailboxId === mailboxId);
      const view = TicketPage({
        shell: await shell(),
        submission,
        formName: form?.name ?? null,
        mailboxName: mailbox?.name ?? 'No longer there',
        rows: events,
        first,
        mayDecide: may(member.role, 'retrySyncs'),
      });
      return page(view);
    },
});

/** The page that the button was on. */
const returnTo = z
  .string()
  .optional()
  .catch(undefined)
  .transform((text) => {
    const target = safeReturn(text);
    return target?.split('?', 1)[0] === DUPLICATES_PATH ? target : null;
  });

type Visit = Pick<MemberVisit<{ submissionId: string }, unknown>, 'organizationId' | 'params' | 'member'>;

/** The row that waits for a decision: of one that was held and sent anyway, that is the later one. */
async function waitingRow({ storage }: Deps, { organizationId, params: { submissionId } }: Visit): Promise<string> {
  const submission = await storage.submissions.get(organizationId, submissionId);
  if (!submission) throw notFound();
  const { events } = await storage.syncEvents.list(organizationId, { submissionId }, { limit: ROWS });
  return events.find(awaitsDecision)?.eventId ?? ticketWorkflowId(organizationId, submissionId);
}

/** Back to where the button was, with what became of it. */
const told = (visit: Visit & { body: { returnTo: string | null } }, answer: RowAnswer) =>
  redirect(
    visit.body.returnTo ?? ticketHref(visit.params.submissionId),
    rowNotice(answer) ?? { kind: 'error', text: 'Its row of the log is no longer kept.' },
  );

/** Sends what was held back as a duplicate, or tries a failed one again. */
export const sendTicket = memberEndpoint({
  method: 'post',
  path: `${path}/send`,
  access: roleFor('retrySyncs'),
  params,
  body: z.object({ returnTo }),
  handler: (deps) => async (visit) => {
    const eventId = await waitingRow(deps, visit);
    return told(visit, await retryRow(deps, visit.organizationId, eventId, visit.member.email));
  },
});

/** Agrees that a held one is a duplicate, or gives a failed one up. */
export const dismissTicket = memberEndpoint({
  method: 'post',
  path: `${path}/dismiss`,
  access: roleFor('retrySyncs'),
  params,
  body: z.object({ returnTo, reason: queryText }),
  handler: (deps) => async (visit) => {
    const { organizationId, member, body } = visit;
    const eventId = await waitingRow(deps, visit);
    return told(visit, await dismissRow(deps, organizationId, eventId, member.email, body.reason));
  },
});
