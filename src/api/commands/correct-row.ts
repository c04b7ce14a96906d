import { type CustomerFields, customerFieldsSchema } from '../../domain/customer-record.ts';
import { EDITABLE_FIELDS, submissionProblem } from '../../domain/submission-problem.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import type { FieldErrors } from '../../ui/props.ts';
import { CUSTOMER_SYNC_WORKFLOW, customerSyncStart } from '../../workflows/contract.ts';
import type { CorrectableRow } from '../readers/correctable-row.ts';
import { within } from '../temporal/deadline.ts';
import { type CommandDeps, type RowAnswer, retryRow } from './settle-row.ts';

const SIGNAL_MS = 5_000;

export type Corrected = RowAnswer | { kind: 'errors'; errors: FieldErrors };
type Given = Readonly<Record<string, string>>;

/**
 * Stores what a person corrected on a row that waits, keeps what it was before, and has it tried again. Values that
 * cannot be right are told apart by field, and nothing is stored.
 * @throws RequestProblem 503 when Temporal does not answer; what was corrected is kept
 */
export async function correctAndRetry(
  deps: CommandDeps,
  correctable: CorrectableRow,
  given: Given,
  by: string,
): Promise<Corrected> {
  const { row, waits, submission, customer } = correctable;
  if (!waits) return { kind: 'notWaiting' };
  if (submission) return correctTicket(deps, row.organizationId, row.eventId, submission, given, by);
  if (customer) return correctCustomer(deps, row.eventId, customer, given, by);
  return retryRow(deps, row.organizationId, row.eventId, by);
}

async function correctTicket(
  deps: CommandDeps,
  organizationId: string,
  eventId: string,
  submission: NonNullable<CorrectableRow['submission']>,
  given: Given,
  by: string,
): Promise<Corrected> {
  const changes = Object.fromEntries(
    EDITABLE_FIELDS.flatMap((field) => {
      // Browsers send line breaks of their own kind; that alone is no change.
      const value = given[field]?.replaceAll('\r\n', '\n').trim();
      const same = value === undefined || value === submission[field].replaceAll('\r\n', '\n').trim();
      return same ? [] : [[field, value]];
    }),
  );
  const problem = submissionProblem({ ...submission, ...changes });
  if (problem) {
    const { message, remedy } = CORRECTION_TEXT[problem.code] ?? SYNC_ERROR_TEXT[problem.code];
    return { kind: 'errors', errors: { [problem.field]: `${message} ${remedy}`.trim() } };
  }
  if (Object.keys(changes).length > 0) {
    const at = deps.now();
    const edited = await deps.storage.submissions.edit(organizationId, submission.submissionId, { by, at, changes });
    if (!edited) return { kind: 'errors', errors: { form: MEANWHILE } };
    await deps.storage.auditTrail.record(organizationId, {
      ...{ at, by, action: 'corrected', target: eventId },
      details: Object.keys(changes).join(', '),
    });
  }
  return retryRow(deps, organizationId, eventId, by);
}

/** A corrected customer is a new version, which takes the place of the one that failed and has a row of its own. */
async function correctCustomer(
  deps: CommandDeps,
  eventId: string,
  { organizationId, integrationId, externalId, fields: before }: NonNullable<CorrectableRow['customer']>,
  given: Given,
  by: string,
): Promise<Corrected> {
  const parsed = customerFieldsSchema.safeParse({ ...before, ...wanted(before, given) });
  if (!parsed.success) {
    return {
      kind: 'errors',
      errors: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])),
    };
  }
  const after = parsed.data;
  const { storage, temporal, keyRing, now } = deps;
  const at = now();
  const edits = customerFieldsSchema
    .keyof()
    .options.filter((field) => (before[field] ?? '') !== (after[field] ?? ''))
    .map((field) => ({ at, by, field, before: before[field] ?? '', after: after[field] ?? '' }));
  if (edits.length === 0) return retryRow(deps, organizationId, eventId, by);
  await storage.rowEdits.add(organizationId, eventId, edits);
  await storage.customers.put(organizationId, integrationId, externalId, after);
  await storage.auditTrail.record(organizationId, {
    ...{ at, by, action: 'corrected', target: eventId },
    details: edits.map(({ field }) => field).join(', '),
  });
  const asked = await storage.customers.askAgain(organizationId, externalId, by);
  if (!asked) return { kind: 'notWaiting' };
  const start = customerSyncStart(asked, keyRing.emailHash(asked.fields.email));
  await within(temporal, SIGNAL_MS, () => temporal.workflow.signalWithStart(CUSTOMER_SYNC_WORKFLOW, start));
  return { kind: 'underWay' };
}

/** A field that was absent and is left empty stays absent: an empty one would be cleared in Help Scout. */
const wanted = (before: CustomerFields, given: Given): Given =>
  Object.fromEntries(
    customerFieldsSchema.keyof().options.flatMap((field) => {
      const value = given[field];
      return value === undefined || (value.trim() === '' && before[field] === undefined) ? [] : [[field, value]];
    }),
  );

const MEANWHILE = 'Somebody else corrected or sent it meanwhile. Look at it again, then correct what is still wrong.';

/** What the person who types reads; the remedies of the log speak of retrying. */
const CORRECTION_TEXT: Partial<Record<keyof typeof SYNC_ERROR_TEXT, { message: string; remedy: string }>> = {
  invalidEmail: { message: 'This is no e-mail address.', remedy: 'One looks like ada@example.com.' },
  requiredFieldMissing: { message: 'A ticket cannot be made without this.', remedy: '' },
  invalidCharacters: { message: 'This has control characters, which Help Scout refuses.', remedy: 'Remove them.' },
};
