import type { FieldErrors } from '../props.ts';
import { type Choice, Select } from './form.tsx';

interface MailboxSelectProps {
  id: string;
  value: string;
  mailboxes: readonly Choice[];
  errors: FieldErrors;
}

/** The mailbox that tickets go to; one that is no longer there, or none, has to be chosen anew. */
export function MailboxSelect({ id, value, mailboxes, errors }: MailboxSelectProps) {
  const isKnown = mailboxes.some((mailbox) => mailbox.value === value);
  return (
    <Select
      id={id}
      name="mailbox"
      label="Mailbox"
      value={value}
      options={isKnown ? mailboxes : [{ value: '', text: 'Choose a mailbox' }, ...mailboxes]}
      errors={errors}
    />
  );
}
