/** A custom field of a mailbox's conversations. */
export interface MailboxField {
  id: number;
  name: string;
  /** How the original spells types other than `dropdown` is not certain. */
  type: 'dropdown' | 'singleline' | 'number' | 'date';
  order: number;
  required: boolean;
  /** Of a dropdown, else empty. */
  options: { id: number; order: number; label: string }[];
}

const PLANS = ['Free', 'Standard', 'Pro'];

/** Every mailbox has the same four fields, with ids of its own. */
export function mailboxFieldsOf(mailboxId: number): MailboxField[] {
  const firstId = mailboxId * 100;
  const options = PLANS.map((label, index) => ({ id: firstId + 51 + index, order: index + 1, label }));
  const field = { required: false, options: [] };
  return [
    { ...field, id: firstId + 1, name: 'Plan', type: 'dropdown', order: 1, options },
    { ...field, id: firstId + 2, name: 'Order number', type: 'singleline', order: 2 },
    { ...field, id: firstId + 3, name: 'Seats', type: 'number', order: 3 },
    { ...field, id: firstId + 4, name: 'Renewal', type: 'date', order: 4 },
  ];
}
