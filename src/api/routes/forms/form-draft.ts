import { z } from 'zod';
import { type ContactForm, FORM_FIELD_PURPOSES, FORM_FIELD_TYPES } from '../../../domain/contact-form.ts';
import type { FieldDraft, FormDraft } from '../../../ui/index.ts';
import { oneOfOr } from '../../readers/query-values.ts';
import { mailboxValue } from '../../readers/ticket-target.ts';

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
