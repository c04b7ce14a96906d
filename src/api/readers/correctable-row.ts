import { CUSTOMER_FIELD_NAMES, CUSTOMER_FIELD_TEXT, type CustomerRecord } from '../../domain/customer-record.ts';
import { canBeRetried, isHeldTicket } from '../../domain/retryable-row.ts';
import { mayReadMessages, type Role } from '../../domain/roles.ts';
import type { Submission } from '../../domain/submission.ts';
import { EDITABLE_FIELDS, TICKET_FIELD_TEXT } from '../../domain/submission-problem.ts';
import { SYNC_EVENT_NAMES } from '../../domain/sync-event.ts';
import type { CorrectRowPageProps } from '../../ui/views/failures/correct-row.tsx';
import type { Deps } from '../deps.ts';

export type CorrectableRow = Omit<CorrectRowPageProps, 'shell' | 'orphaned' | 'errors'> & {
  submission: Submission | null;
  customer: CustomerRecord | null;
};

/** A row with what it was made from, where a person can correct that; null for a row that the organization has not. */
export async function correctableRow(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
  eventId: string,
  role: Role,
): Promise<CorrectableRow | null> {
  const row = await storage.syncEvents.get(organizationId, eventId);
  if (!row) return null;
  const submission = row.submissionId ? await storage.submissions.get(organizationId, row.submissionId) : null;
  const customer = row.customerExternalId ? await storage.customers.get(organizationId, row.customerExternalId) : null;
  const held = isHeldTicket(row, submission);
  const common = { row, submission, customer, held, waits: canBeRetried(row, submission) };
  if (submission) {
    const shown = EDITABLE_FIELDS.filter((name) => name !== 'message' || mayReadMessages(role));
    const fields = shown.map((name) => ({
      ...{ name, label: TICKET_FIELD_TEXT[name], value: submission[name] },
      long: name === 'message',
    }));
    const edits = submission.edits
      .filter(({ field }) => field !== 'message' || mayReadMessages(role))
      .map((edit) => ({ ...edit, field: labelOf(fields, edit.field) }));
    return { ...common, what: submission.subject || 'Ticket without a subject', fields, edits };
  }
  if (customer) {
    const fields = CUSTOMER_FIELD_NAMES.map((name) => ({
      ...{ name, label: CUSTOMER_FIELD_TEXT[name], value: customer.fields[name] ?? '' },
      long: false,
    }));
    const edits = (await storage.rowEdits.list(organizationId, eventId)).map((edit) => ({
      ...edit,
      field: labelOf(fields, edit.field),
    }));
    return { ...common, what: `Customer ${customer.externalId}`, fields, edits };
  }
  const what = row.conversationId === null ? SYNC_EVENT_NAMES[row.type] : `Conversation ${row.conversationId}`;
  return { ...common, what, fields: [], edits: [] };
}

const labelOf = (fields: CorrectRowPageProps['fields'], name: string) =>
  fields.find((field) => field.name === name)?.label ?? name;
