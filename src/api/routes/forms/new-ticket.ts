import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { mayReadMessages, type Role } from '../../../domain/roles.ts';
import type { Submission } from '../../../domain/submission.ts';
import { roleFor } from '../../../security/permissions.ts';
import type { Storage } from '../../../storage/storage.ts';
import { NewTicketPage, type TicketDraft } from '../../../ui/index.ts';
import { TICKETS_PATH, ticketHref } from '../../../ui/links.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import { createTicket as createByHand } from '../../commands/create-ticket.ts';
import type { Deps } from '../../deps.ts';
import { type MemberVisit, memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { emailField } from '../../forms.ts';
import { chosenAssignee, chosenMailbox, mailboxValue } from '../../readers/ticket-target.ts';
import { readTags, TAGS_MISFIT, tagsFit } from '../../readers/typed-lines.ts';
import { page, redirect } from '../../reply.ts';
import { mailboxChoices, userChoices } from './ticket-choices.ts';

const path = `${TICKETS_PATH}/new`;
const access = roleFor('createTickets');
/** Ids of rows are longer than those of what they tell of. */
const from = z.string().trim().max(400).catch('');

type Visit = Pick<MemberVisit<unknown, unknown>, 'organizationId' | 'shell'>;
interface Shown {
  draft: TicketDraft;
  from: string | null;
  idempotencyKey: string;
  errors?: FieldErrors;
}

async function ticketForm({ storage }: Deps, { organizationId, shell }: Visit, { errors, ...shown }: Shown) {
  const integrations = await storage.integrations.list(organizationId);
  const mailboxes = mailboxChoices(integrations);
  const draft = { ...shown.draft, mailbox: shown.draft.mailbox || (mailboxes[0]?.value ?? '') };
  const users = userChoices(integrations, null);
  const view = NewTicketPage({ ...shown, draft, errors: errors ?? {}, mailboxes, users, shell: await shell() });
  return page(view, errors ? 422 : 200);
}

/** What a ticket is filled in from, named by its own id or by its row of the log. */
async function submissionNamed(storage: Storage, organizationId: string, id: string): Promise<Submission> {
  const row = await storage.syncEvents.get(organizationId, id);
  const submission = await storage.submissions.get(organizationId, row?.submissionId ?? id);
  if (!submission) throw notFound();
  return submission;
}

const EMPTY: TicketDraft = {
  mailbox: '',
  customerEmail: '',
  customerName: '',
  subject: '',
  message: '',
  assigneeId: '',
  tags: '',
};

/**
 * The answers of a form's own questions go with the message: a ticket by hand has no other place for them. Who may not
 * read it starts with an empty one.
 */
const draftFrom = (submission: Submission, role: Role): TicketDraft => ({
  mailbox: mailboxValue(submission),
  customerEmail: submission.customerEmail,
  customerName: submission.customerName,
  subject: submission.subject,
  message: mayReadMessages(role)
    ? [submission.message, submission.answers.map(({ label, value }) => `${label}: ${value}`).join('\n')]
        .filter((part) => part !== '')
        .join('\n\n')
    : '',
  assigneeId: submission.assigneeId === null ? '' : String(submission.assigneeId),
  tags: submission.tags.join(', '),
});

export const showNewTicket = memberEndpoint({
  method: 'get',
  path,
  access,
  query: z.object({ from }),
  handler: (deps) => async (visit) => {
    const idempotencyKey = randomUUID();
    const { organizationId, query, member } = visit;
    if (query.from === '') return ticketForm(deps, visit, { draft: EMPTY, from: null, idempotencyKey });
    const submission = await submissionNamed(deps.storage, organizationId, query.from);
    const draft = draftFrom(submission, member.role);
    return ticketForm(deps, visit, { draft, from: submission.submissionId, idempotencyKey });
  },
});

const sentSchema = z.object({
  mailbox: z.string().max(400).catch(''),
  assigneeId: z.string().max(20).catch(''),
  customerEmail: emailField,
  customerName: z.string().trim().max(120, 'Use at most 120 characters.').catch(''),
  subject: z.string('Enter a subject.').trim().min(1, 'Enter a subject.').max(300, 'Use at most 300 characters.'),
  message: z.string('Enter a message.').trim().min(1, 'Enter a message.').max(20_000, 'Use at most 20,000 characters.'),
  tags: z.string().max(2_000).catch(''),
  from,
  idempotencyKey: z.string().max(100).catch(''),
});

const draftSchema = z.object({
  mailbox: z.string().catch(''),
  customerEmail: z.string().catch(''),
  customerName: z.string().catch(''),
  subject: z.string().catch(''),
  message: z.string().catch(''),
  assigneeId: z.string().catch(''),
  tags: z.string().catch(''),
});

export const createTicket = memberEndpoint({
  method: 'post',
  path,
  access,
  body: sentSchema,
  handler: (deps) => async (visit) => {
    const { organizationId, member, body } = visit;
    const integrations = await deps.storage.integrations.list(organizationId);
    const chosen = chosenMailbox(integrations, body.mailbox);
    const assigneeId = chosenAssignee(chosen?.integration, body.assigneeId, null);
    const tags = readTags(body.tags);
    if (!chosen || assigneeId === undefined || !tagsFit(tags)) {
      const errors = {
        ...(!chosen && { mailbox: 'Choose a mailbox.' }),
        ...(chosen && assigneeId === undefined && { assigneeId: 'Choose a user of the same account, or nobody.' }),
        ...(!tagsFit(tags) && { tags: TAGS_MISFIT }),
      };
      const shown = { draft: draftSchema.parse(body), from: body.from || null, idempotencyKey: body.idempotencyKey };
      return ticketForm(deps, visit, { ...shown, errors });
    }
    const { customerEmail, customerName, subject, message } = body;
    // A page that a browser brings back may be filled in anew: its key stands for one content.
    const key = body.idempotencyKey && JSON.stringify([body.idempotencyKey, customerEmail, subject, message]);
    const { submissionId } = await createByHand(
      deps,
      {
        ...{ organizationId, integrationId: chosen.integration.integrationId, mailboxId: chosen.mailboxId },
        ...{ assigneeId, tags, customerEmail, customerName, subject, message },
      },
      { by: member.email, idempotencyKey: key || null, details: body.from ? `Filled in from ${body.from}` : '' },
    );
    return redirect(ticketHref(submissionId), { kind: 'success', text: 'The ticket is on its way to Help Scout.' });
  },
  refused: (deps) => (visit) => {
    const { sent, errors } = visit;
    const draft = draftSchema.parse(sent);
    return ticketForm(deps, visit, {
      draft,
      from: sent.from || null,
      idempotencyKey: sent.idempotencyKey ?? randomUUID(),
      errors,
    });
  },
});
