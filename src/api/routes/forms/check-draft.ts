import { type ContactForm, formFieldSchema } from '../../../domain/contact-form.ts';
import { originFrom } from '../../../domain/form-origins.ts';
import type { Integration } from '../../../domain/integration.ts';
import type { ContactFormSettings } from '../../../storage/contact-forms.ts';
import { type FieldDraft, type FormDraft, TRAP_FIELD } from '../../../ui/index.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import { chosenAssignee, chosenMailbox } from '../../readers/ticket-target.ts';
import { readTags, TAGS_MISFIT, tagsFit, typedLines } from '../../readers/typed-lines.ts';

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

  const typedOrigins = typedLines(draft.allowedOrigins, /[\s,]+/);
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

/** Names with a meaning of their own, in a form's post or in every object of JavaScript. */
const isReserved = (name: string) => ['idempotencyKey', TRAP_FIELD].includes(name) || name in Object.prototype;

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
    } else if (isReserved(name)) errors[at('name')] = 'This name is taken; use another.';
    else if (names.has(name)) errors[at('name')] = 'Another field has this name.';
    names.add(name);
    const type = draft.type;
    const options = typedLines(draft.options, /\n/);
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
  return taken.has(name) || isReserved(name) ? `${name}_${index + 1}` : name;
}
