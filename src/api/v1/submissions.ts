import { z } from 'zod';
import { mayReadMessages, type Role } from '../../domain/roles.ts';
import { SUBMISSION_STATES, type Submission, submissionSchema } from '../../domain/submission.ts';
import { EDITABLE_FIELDS } from '../../domain/submission-problem.ts';
import { ticketWorkflowId } from '../../workflows/contract.ts';
import { createTicket } from '../commands/create-ticket.ts';
import { chosenAssignee, chosenMailbox, mailboxValue } from '../readers/ticket-target.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { timeCursor, toPage } from './paging.ts';
import { id } from './parameters.ts';
import { apiProblem, conflict } from './problems.ts';

const tag = 'Tickets';
const path = '/api/v1/submissions';
const params = z.object({ submissionId: id('Of the submission.') });

const submissionOutSchema = submissionSchema
  .omit({ organizationId: true, fingerprint: true, message: true })
  .extend({
    message: z.string().nullable().describe('Null for who may not read messages.'),
    eventId: z.string().describe('Its row of the log: retry and dismiss it there.'),
  })
  .meta({ id: 'Submission', description: 'What one ticket is made from, and what became of it.' });

/** What a caller may see of it: operators read no messages. */
function toSubmission(role: Role, submission: Submission) {
  const eventId = ticketWorkflowId(submission.organizationId, submission.submissionId);
  if (mayReadMessages(role)) return { ...submission, eventId };
  const edits = submission.edits.filter(({ field }) => field !== 'message');
  return { ...submission, eventId, edits, message: null, answers: [] };
}

const listSubmissions = apiEndpoint({
  method: 'get',
  path,
  scope: 'tickets:read',
  tag,
  summary: 'List submissions',
  description: 'Newest first.',
  query: pageQuery({
    state: z.enum(SUBMISSION_STATES).optional(),
    formId: z.string().min(1).max(200).optional(),
    customerEmail: z.string().trim().min(1).max(254).optional().describe('The whole address, in any case.'),
  }),
  response: pageOf(submissionOutSchema),
  handler:
    ({ storage }) =>
    async ({ organizationId, caller, query: { cursor, ...query } }) => {
      const { submissions, next } = await storage.submissions.list(organizationId, {
        ...query,
        cursor: timeCursor(cursor),
      });
      return toPage(
        submissions.map((submission) => toSubmission(caller.role, submission)),
        next,
      );
    },
});

const listDuplicates = apiEndpoint({
  method: 'get',
  path: '/api/v1/suspected-duplicates',
  scope: 'tickets:read',
  tag,
  summary: 'List suspected duplicates',
  description: 'What repeats an earlier submission (`duplicateOf`): held back, or created and flagged. Newest first.',
  query: pageQuery({}),
  response: pageOf(submissionOutSchema),
  handler:
    ({ storage }) =>
    async ({ organizationId, caller, query: { cursor, limit } }) => {
      const page = { limit, cursor: timeCursor(cursor) };
      const { submissions, next } = await storage.submissions.suspectedDuplicates(organizationId, page);
      return toPage(
        submissions.map((submission) => toSubmission(caller.role, submission)),
        next,
      );
    },
});

const getSubmission = apiEndpoint({
  method: 'get',
  path: `${path}/:submissionId`,
  scope: 'tickets:read',
  tag,
  summary: 'Get one submission',
  params,
  response: submissionOutSchema,
  handler:
    ({ storage }) =>
    async ({ organizationId, caller, params: { submissionId } }) => {
      const submission = await storage.submissions.get(organizationId, submissionId);
      if (!submission) throw apiProblem('notFound');
      return toSubmission(caller.role, submission);
    },
});

const createSubmission = apiEndpoint({
  method: 'post',
  path,
  scope: 'tickets:write',
  tag,
  summary: 'Create a ticket',
  description:
    'Accepted for good, then sent to Help Scout. One whose texts do not fit is accepted too, and fails in the log, where it can be corrected. Of a repeated `idempotencyKey` the first submission is answered.',
  body: z.strictObject({
    integrationId: z.string().min(1).max(200),
    mailboxId: z.int().describe('One of the integration’s selected mailboxes.'),
    customerEmail: z.string().trim().max(320),
    customerName: z.string().trim().max(120).default(''),
    subject: z.string().trim().max(300).default(''),
    message: z.string().max(20_000),
    assigneeId: z.int().nullable().default(null).describe('A user of the same Help Scout account.'),
    tags: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
    idempotencyKey: z.string().min(1).max(200).optional(),
  }),
  status: 202,
  response: z
    .object({ submissionId: z.string(), eventId: z.string(), repeated: z.boolean() })
    .meta({ id: 'AcceptedSubmission' }),
  handler:
    (deps) =>
    async ({ organizationId, caller, body: { idempotencyKey = null, ...body } }) => {
      const integrations = await deps.storage.integrations.list(organizationId);
      const chosen = chosenMailbox(integrations, mailboxValue(body));
      if (!chosen) throw apiProblem('invalidBody', { fields: { mailboxId: 'Choose a selected mailbox.' } });
      const { assigneeId } = body;
      if (chosenAssignee(chosen.integration, assigneeId === null ? '' : String(assigneeId), null) === undefined) {
        throw apiProblem('invalidBody', { fields: { assigneeId: 'Choose a user of the same account, or null.' } });
      }
      const { submissionId, repeated } = await createTicket(
        deps,
        { ...body, organizationId },
        { by: caller.by, idempotencyKey },
      );
      return { submissionId, eventId: ticketWorkflowId(organizationId, submissionId), repeated };
    },
});

const editSubmission = apiEndpoint({
  method: 'patch',
  path: `${path}/:submissionId`,
  scope: 'log:retry',
  tag,
  summary: 'Correct a submission',
  description: 'While it failed or is held back; what it was before is kept. Retry its row of the log afterwards.',
  params,
  body: z
    .strictObject({
      customerEmail: z.string().trim().max(320),
      customerName: z.string().trim().max(120),
      subject: z.string().trim().max(300),
      message: z.string().max(20_000),
    })
    .partial(),
  response: submissionOutSchema,
  problems: { 409: ['notWaiting'] },
  handler:
    ({ storage, now }) =>
    async ({ organizationId, caller, params: { submissionId }, body }) => {
      if (!(await storage.submissions.get(organizationId, submissionId))) throw apiProblem('notFound');
      const changes = Object.fromEntries(
        EDITABLE_FIELDS.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]])),
      );
      const at = now();
      const edited = await storage.submissions.edit(organizationId, submissionId, { by: caller.by, at, changes });
      if (!edited) {
        throw conflict('notWaiting', 'This submission cannot be corrected (any more).', 'Read it again to see why.');
      }
      await storage.auditTrail.record(organizationId, {
        at,
        by: caller.by,
        action: 'corrected',
        target: ticketWorkflowId(organizationId, submissionId),
        details: Object.keys(changes).join(', '),
      });
      return toSubmission(caller.role, edited);
    },
});

export const submissionApi = [listSubmissions, listDuplicates, getSubmission, createSubmission, editSubmission];
