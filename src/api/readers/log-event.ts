import { CUSTOMER_FIELD_NAMES, CUSTOMER_FIELD_TEXT, type CustomerRecord } from '../../domain/customer-record.ts';
import { mayReadMessages } from '../../domain/roles.ts';
import type { Submission } from '../../domain/submission.ts';
import { ticketFieldText } from '../../domain/submission-problem.ts';
import { awaitsDecision, type SyncEvent } from '../../domain/sync-event.ts';
import type { Shell } from '../../ui/props.ts';
import type { LogEventPageProps, TransferredField } from '../../ui/views/log-event.tsx';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';
import { mailboxNames } from './insight-rows.ts';
import { withConversations } from './log-rows.ts';

/** Everything about one row. @throws RequestProblem 404 when the organization has no such row */
export async function logEvent(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  organizationId: string,
  eventId: string,
  shell: Shell,
): Promise<LogEventPageProps> {
  const event = await storage.syncEvents.get(organizationId, eventId);
  if (!event) throw notFound();
  const [[shown], submission, customer, conversation, rowEdits, integrations] = await Promise.all([
    withConversations(storage, organizationId, [event], { links: true }),
    event.submissionId ? storage.submissions.get(organizationId, event.submissionId) : null,
    event.customerExternalId ? storage.customers.get(organizationId, event.customerExternalId) : null,
    event.conversationId === null ? null : storage.conversations.get(organizationId, event.conversationId),
    storage.rowEdits.list(organizationId, eventId),
    storage.integrations.list(organizationId),
  ]);
  if (!shown) throw notFound();
  const { role } = shell.member;
  const readable = mayReadMessages(role);
  const edits = [...(submission?.edits ?? []), ...rowEdits].map(({ at, by, field, before, after }) => {
    const hidden = !readable && HELD_BY_CUSTOMER.includes(field);
    return { at, by, field: fieldText(field), before: hidden ? null : before, after: hidden ? null : after };
  });
  return {
    shell,
    row: { ...shown, temporalUrl: temporalWebUrl(config, role, event.workflowId) },
    transferred: submission
      ? ticketFields(submission, mailboxNames(integrations), readable)
      : customer
        ? customerFields(customer)
        : [],
    kind: submission ? 'ticket' : customer ? 'customer' : 'conversation',
    conversation: conversation && { subject: conversation.subject, status: conversation.status },
    edits,
    // A ticket that was held back is settled, and can be sent all the same.
    canRetry: awaitsDecision(event) || (event.status === 'skipped' && submission?.state === 'held'),
    canEdit: event.status === 'failed' && (submission !== null || customer !== null) && isMendable(event),
  };
}

/** Texts that a customer wrote, whichever way a person corrected them. */
const HELD_BY_CUSTOMER = ['message'];

/** What another value can mend. */
const isMendable = ({ error }: SyncEvent) =>
  ['invalidEmail', 'requiredFieldMissing', 'invalidCharacters', 'emailNotUnique', 'rejected'].includes(
    error?.code ?? '',
  );

/** What a person corrected, in words: of a ticket, or of a customer. */
const fieldText = (field: string): string => {
  const ofCustomer = CUSTOMER_FIELD_NAMES.find((name) => name === field);
  return ofCustomer ? CUSTOMER_FIELD_TEXT[ofCustomer] : ticketFieldText(field);
};

function ticketFields(
  submission: Submission,
  mailboxes: ReadonlyMap<number, string>,
  readable: boolean,
): TransferredField[] {
  const written = (name: string, value: string): TransferredField => ({
    name,
    value: readable ? value : null,
    long: true,
  });
  return [
    { name: 'Customer’s e-mail', value: submission.customerEmail },
    { name: 'Customer’s name', value: submission.customerName },
    { name: 'Subject', value: submission.subject },
    { name: 'Mailbox', value: mailboxes.get(submission.mailboxId) ?? String(submission.mailboxId) },
    { name: 'Tags', value: submission.tags.join(', ') },
    written('Message', submission.message),
    ...submission.answers.map(({ label, value }) => written(label, value)),
    ...(submission.autoReplyText ? [{ name: 'Auto-reply', value: submission.autoReplyText, long: true }] : []),
    ...(submission.problem ? [{ name: 'What it lacks', value: ticketFieldText(submission.problem.field) }] : []),
  ];
}

const customerFields = ({ externalId, fields }: CustomerRecord): TransferredField[] => [
  { name: 'External id', value: externalId },
  ...Object.entries(fields).map(([name, value]) => ({ name: fieldText(name), value: value ?? '' })),
];
