import type { FormField } from '../../src/domain/contact-form.ts';
import type { ContactFormSettings } from '../../src/storage/contact-forms.ts';
import type { Storage } from '../../src/storage/storage.ts';

const field = (name: string, rest: Partial<FormField>): FormField => ({
  name,
  label: name,
  type: 'text',
  purpose: 'custom',
  required: false,
  options: [],
  ...rest,
});

/** A field of every type, by the name of its type. */
export const FIELDS: FormField[] = [
  field('name', { label: 'Your name', purpose: 'name' }),
  field('email', { label: 'E-mail address', type: 'email', purpose: 'email', required: true }),
  field('subject', { label: 'Subject', purpose: 'subject' }),
  field('message', { label: 'Message', type: 'textarea', purpose: 'message', required: true }),
  field('plan', { label: 'Your plan', type: 'select', options: ['Free', 'Team'] }),
  field('seats', { label: 'Seats', type: 'number' }),
  field('since', { label: 'Customer since', type: 'date' }),
  field('site', { label: 'Website', type: 'url' }),
  field('phone', { label: 'Phone', type: 'tel' }),
  field('urgent', { label: 'It is urgent', type: 'checkbox' }),
];

/** A live integration with two chosen mailboxes and one user. */
export async function addIntegration(storage: Storage, organizationId: string): Promise<string> {
  const { integrationId } = await storage.integrations.create(organizationId);
  await storage.integrations.update(organizationId, integrationId, {
    state: 'live',
    mailboxes: [
      { mailboxId: 310, name: 'Support', email: 'support@acme.example' },
      { mailboxId: 311, name: 'Sales', email: 'sales@acme.example' },
      { mailboxId: 312, name: 'Private', email: 'private@acme.example' },
    ],
    users: [{ userId: 41, name: 'Ada Moor', email: 'ada@acme.example' }],
    selectedMailboxIds: [310, 311],
  });
  return integrationId;
}

/** A contact form with a field of every type. */
export async function addContactForm(
  storage: Storage,
  organizationId: string,
  rest: Partial<ContactFormSettings> = {},
) {
  const integrationId = rest.integrationId ?? (await addIntegration(storage, organizationId));
  return storage.contactForms.create(organizationId, {
    integrationId,
    name: 'Contact us',
    mailboxId: 310,
    fields: FIELDS,
    assigneeId: 41,
    tags: ['website'],
    autoReplyText: '',
    allowedOrigins: [],
    enabled: true,
    ...rest,
  });
}
