import type { CustomerWrites } from '../customer-writes.ts';
import { ApiError, type FieldError } from '../http/envelope.ts';
import { mailboxFieldsOf } from '../store/mailbox-fields.ts';
import type { FieldValue } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { CustomerReference } from './write-schemas.ts';

/** Refuses a body that fits the schema, but names what is not there: all such fields at once. */
export function refuseIfAny(errors: FieldError[]): void {
  if (errors.length > 0) throw new ApiError(400, 'Bad request', errors);
}

/** What bodies refer to. The checks answer the errors they find and change nothing. */
export function createReferences({ store, customerWrites }: { store: Store; customerWrites: CustomerWrites }) {
  const { directory } = store;
  const check = (exists: boolean, path: string, rejectedValue: number | string): FieldError[] =>
    exists ? [] : [{ path, message: 'does not exist', code: 'Invalid', rejectedValue }];

  const knownCustomer = (id: number, path: string) => check(directory.customers.get(id) !== undefined, path, id);

  return {
    /** 403 for one that the user may not see. */
    mailbox(id: number, path: string) {
      const hidden = store.conversations.hiddenMode(id);
      if (hidden === 'forbidden') throw new ApiError(403, 'Forbidden');
      return check(hidden === undefined && directory.mailboxes.get(id) !== undefined, path, id);
    },
    /** Null and undefined name nobody, which is no error. */
    user: (id: number | null | undefined, path: string) =>
      id == null ? [] : check(directory.users.get(id) !== undefined, path, id),
    assignee: (id: number | null | undefined, path: string) =>
      id == null ? [] : check((directory.users.get(id) ?? directory.teams.get(id)) !== undefined, path, id),
    /** Custom fields are the mailbox's; a dropdown's value is the id of one of its options, or empty. */
    fields(fields: readonly FieldValue[], mailboxId: number): FieldError[] {
      const known = mailboxFieldsOf(mailboxId);
      return fields.flatMap(({ id, value }, index) => {
        const field = known.find((candidate) => candidate.id === id);
        if (field?.type !== 'dropdown') return check(field !== undefined, `fields[${index}].id`, id);
        const isOption = value === '' || field.options.some((option) => String(option.id) === value);
        return check(isOption, `fields[${index}].value`, value);
      });
    },
    knownCustomer,
    /** An address never fails: an unknown one makes a customer. */
    customer: (reference: CustomerReference | null | undefined, path: string) =>
      reference?.id === undefined ? [] : knownCustomer(reference.id, `${path}.id`),
    /** The customer of a reference that was checked: found, or made and told to the webhooks. */
    customerId({ id, email = '', ...fields }: CustomerReference): number {
      return id ?? customerWrites.findOrCreate({ ...fields, email }).id;
    },
  };
}

export type References = ReturnType<typeof createReferences>;
