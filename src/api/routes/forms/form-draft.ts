import { z } from 'zod';
import {
  type ContactForm,
  FORM_FIELD_PURPOSES,
  FORM_FIELD_TYPES,
  formFieldSchema,
} from '../../../domain/contact-form.ts';
import { originFrom } from '../../../domain/form-origins.ts';
import type { Integration } from '../../../domain/integration.ts';
import type { ContactFormSettings } from '../../../storage/contact-forms.ts';
import { type FieldDraft, type FormDraft, TRAP_FIELD } from '../../../ui/index.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import { oneOfOr } from '../../readers/query-values.ts';

export const MOST_FIELDS = 30;

const text = z.string().max(20_000).catch('');
const one = z.object({
  label: text,
  name: text,
  type: oneOfOr(FORM_FIELD_TYPES, 'text'),
  purpose: oneOfOr(FORM_FIELD_PURPOSES, 'custom'),
  required: text.transform((value) => value === 'yes'),
  options: text,
});
const draftSchema = z.object({
  name: text,
  mailbox: text,
  assigneeId: text,
  tags: text,
  autoReplyText: text,
  allowedOrigins: text,
  enabled: text.transform((value) => value === 'yes'),
});

/** What was typed into the editor, whatever it is: fields are named `field-{index}-{part}`. */
export function readDraft(body: Record<string, unknown>): FormDraft {
  const fields: FieldDraft[] = [];
  for (let index = 0; index < MOST_FIELDS; index++) {
    const part = (name: string) => body[`field-${index}-${name}`];
    if (part('label') === undefined) break;
    fields.push(
      one.parse({
        label: part('label'),
        name: part('name'),
        type: part('type'),
        purpose: part('purpose'),
        required: part('required'),
        options: part('options'),
      }),
    );
  }
  return { ...draftSchema.parse(body), fields };
}

const field = (rest: Partial<FieldDraft>): FieldDraft => ({
  label: '',
  name: '',
  type: 'text',
  purpose: 'custom',
  required: false,
  options: '',
  ...rest,
});

/** Where a new form starts. */
export const newDraft = (mailbox: string): FormDraft => ({
  name: '',
  mailbox,
  assigneeId: '',
  tags: '',
  autoReplyText: '',
  allowedOrigins: '',
  enabled: true,
  fields: [
    field({ label: 'Your name', name: 'name', purpose: 'name' }),
    field({ label: 'E-mail address', name: 'email', type: 'email', purpose: 'email', required: true }),
    field({ label: 'Subject', name: 'subject', purpose: 'subject' }),
    field({ label: 'Message', name: 'message', type: 'textarea', purpose: 'message', required: true }),
  ],
});

export const draftOf = (form: ContactForm): FormDraft => ({
  name: form.name,
  mailbox: mailboxValue(form),
  assigneeId: form.assigneeId === null ? '' : String(form.assigneeId),
  tags: form.tags.join(', '),
  autoReplyText: form.autoReplyText,
  allowedOrigins: form.allowedOrigins.join('\n'),
  enabled: form.enabled,
  fields: form.fields.map((entry) => ({ ...entry, options: entry.options.join('\n') })),
});

/** A mailbox as forms send it: ids of mailboxes are those of one Help Scout account. */
export const mailboxValue = ({ integrationId, mailboxId }: { integrationId: string; mailboxId: number }) =>
  `${integrationId}/${mailboxId}`;

/** The connected integration and its selected mailbox that a form named; null for any other. */
export function chosenMailbox(integrations: readonly Integration[], value: string) {
  for (const integration of integrations) {
    if (integration.state === 'disconnected') continue;
    const { integrationId, selectedMailboxIds } = integration;
    const mailboxId = selectedMailboxIds.find((id) => mailboxValue({ integrationId, mailboxId: id }) === value);
    if (mailboxId !== undefined) return { integration, mailboxId };
  }
  return null;
}

const lines = (value: string, separator: RegExp) => [
  ...new Set(
    value
      .split(separator)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
export const readTags = (value: string) => lines(value, /[,\n]/);
export const TAGS_MISFIT = 'Use at most 20 tags of at most 60 characters.';
export const tagsFit = (tags: readonly string[]) => tags.length <= 20 && tags.every((tag) => tag.length <= 60);

/** Who tickets go to: a user of the account, nobody, or undefined for a value that is neither. */
export function chosenAssignee(integration: Integration | undefined, value: string, kept: number | null) {
  if (value === '') return null;
  const known = integration?.users.some(({ userId }) => String(userId) === value) || String(kept) === value;
  return known ? Number(value) : undefined;
}

/**
 * The settings that a draft stands for, or a sentence for each part that does not fit. `kept` is the form as it is: an
 * assignee that Help Scout no longer lists may stay.
 */
export function checkDraft(
  draft: FormDraft,
  integrations: readonly Integration[],
  kept: ContactForm | null,
): { settings: ContactFormSettings; errors: null } | { settings: null; errors: FieldErrors } {
  const errors: Record<string, string> = {};
  const name = draft.name.trim();
  if (name === '') errors.name = 'Enter a name.';
  else if (name.length > 120) errors.name = 'Use at most 120 characters.';
  const mailbox = chosenMailbox(integrations, draft.mailbox);
  if (!mailbox) errors.mailbox = 'Choose a mailbox.';
  const assigneeId = chosenAssignee(mailbox?.integration, draft.assigneeId, kept?.assigneeId ?? null);
  if (assigneeId === undefined) errors.assigneeId = 'Choose a user of the same Help Scout account, or nobody.';
  const tags = readTags(draft.tags);
  if (!tagsFit(tags)) errors.tags = TAGS_MISFIT;
  const autoReplyText = draft.autoReplyText.replace(/\r\n?/g, '\n').trim();
  if (autoReplyText.length > 10_000) errors.autoReplyText = 'Use at most 10,000 characters.';

  const typedOrigins = lines(draft.allowedOrigins, /[\s,]+/);
  const wrongOrigin = typedOrigins.find((origin) => originFrom(origin) === null);
  if (wrongOrigin !== undefined) {
    errors.allowedOrigins = 'Write each as in https://www.example.com, without anything behind it.';
  } else if (typedOrigins.length > 50) errors.allowedOrigins = 'Use at most 50.';
  const allowedOrigins = [...new Set(typedOrigins.flatMap((origin) => originFrom(origin) ?? []))];

  const { fields, fieldErrors } = checkFields(draft.fields);
  Object.assign(errors, fieldErrors);
  if (Object.keys(errors).length > 0 || !mailbox || assigneeId === undefined) return { settings: null, errors };
  const { integration, mailboxId } = mailbox;
  return {
    settings: {
      integrationId: integration.integrationId,
      name,
      mailboxId,
      fields,
      assigneeId,
      tags,
      autoReplyText,
      allowedOrigins,
      enabled: draft.enabled,
    },
    errors: null,
  };
}

/** What a purpose asks of its field: a ticket cannot be made without an address and a message. */
const OF_PURPOSE = {
  email: { type: 'email', required: true },
  message: { type: 'textarea', required: true },
  name: { type: 'text' },
  subject: { type: 'text' },
  custom: {},
} as const;

/** Names with a meaning of their own in a form's post. */
const RESERVED = ['idempotencyKey', TRAP_FIELD];

function checkFields(drafts: readonly FieldDraft[]) {
  const errors: Record<string, string> = {};
  const names = new Set<string>();
  const fields = drafts.map((draft, index) => {
    const at = (part: string) => `field-${index}-${part}`;
    const label = draft.label.trim();
    if (label === '') errors[at('label')] = 'Enter a label.';
    else if (label.length > 120) errors[at('label')] = 'Use at most 120 characters.';
    const name = draft.name.trim() || nameFrom(label, index, names);
    if (!formFieldSchema.shape.name.safeParse(name).success) {
      errors[at('name')] = 'Begin with a letter; use letters, digits, _ and -, at most 40.';
    } else if (RESERVED.includes(name)) errors[at('name')] = 'This name is taken; use another.';
    else if (names.has(name)) errors[at('name')] = 'Another field has this name.';
    names.add(name);
    const type = draft.type;
    const options = lines(draft.options, /\n/);
    const entry = { label, name, type, purpose: draft.purpose, required: draft.required, ...OF_PURPOSE[draft.purpose] };
    if (entry.type !== 'select') return { ...entry, options: [] };
    if (options.length < 2) errors[at('options')] = 'Enter at least two options, one on each line.';
    else if (options.length > 50 || options.some((option) => option.length > 120)) {
      errors[at('options')] = 'Use at most 50 options of at most 120 characters.';
    }
    return { ...entry, options };
  });
  const having = (purpose: string) => fields.filter((entry) => entry.purpose === purpose).length;
  if (having('email') !== 1) errors.fields = 'The form needs exactly one field for the customer’s e-mail address.';
  else if (having('message') !== 1) errors.fields = 'The form needs exactly one field for the message.';
  else if (having('name') > 1) errors.fields = 'Only one field can be the customer’s name.';
  else if (having('subject') > 1) errors.fields = 'Only one field can be the subject.';
  return { fields, fieldErrors: errors };
}

/** A name made of a label: `Order number` is `order_number`. */
function nameFrom(label: string, index: number, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 32);
  const name = plain === '' ? `field_${index + 1}` : plain;
  return taken.has(name) || RESERVED.includes(name) ? `${name}_${index + 1}` : name;
}

/** A button of the editor that changes its fields, as in `down-2`; the index of the field to go on with. */
export function changeFields(draft: FormDraft, action: string): { draft: FormDraft; focus: string } | null {
  const [, verb, number] = /^(add|remove|up|down)(?:-(\d{1,2}))?$/.exec(action) ?? [];
  const fields = [...draft.fields];
  const index = Number(number);
  if (verb === 'add') {
    if (fields.length < MOST_FIELDS) fields.push(field({}));
    return { draft: { ...draft, fields }, focus: `field-${fields.length - 1}-label` };
  }
  const moved = fields[index];
  if (!verb || !moved) return null;
  fields.splice(index, 1);
  if (verb === 'remove') return { draft: { ...draft, fields }, focus: 'add-field' };
  const place = Math.min(Math.max(index + (verb === 'up' ? -1 : 1), 0), fields.length);
  fields.splice(place, 0, moved);
  const atEnd = verb === 'up' ? place === 0 : place === fields.length - 1;
  const button = atEnd ? (verb === 'up' ? 'down' : 'up') : verb;
  return { draft: { ...draft, fields }, focus: `field-${place}-${button}` };
}
