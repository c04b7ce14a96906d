import { z } from 'zod';
import type { Submission } from './submission.ts';

/** What a person can correct before a retry. */
export const EDITABLE_FIELDS = ['customerEmail', 'customerName', 'subject', 'message'] as const;
export type EditableField = (typeof EDITABLE_FIELDS)[number];

export const TICKET_FIELD_TEXT: Record<EditableField, string> = {
  customerEmail: 'Customer’s e-mail',
  customerName: 'Customer’s name',
  subject: 'Subject',
  message: 'Message',
};

/** A field of a ticket in words; a form's own question is known by its name. */
export const ticketFieldText = (field: string): string => (isEditable(field) ? TICKET_FIELD_TEXT[field] : field);

type Texts = Pick<Submission, EditableField>;
type Problem = Submission['problem'];

const email = z.email().max(254);

/** What a ticket cannot be made without, or from; null when nothing is wrong. Help Scout may still see more. */
export function submissionProblem(texts: Texts): Problem {
  for (const field of ['customerEmail', 'message'] as const) {
    if (texts[field].trim() === '') return { code: 'requiredFieldMissing', field };
  }
  if (!email.safeParse(texts.customerEmail.trim()).success) return { code: 'invalidEmail', field: 'customerEmail' };
  for (const field of EDITABLE_FIELDS) {
    // Tabs and line breaks are text; other control characters, and halves of characters, are not.
    if (/[\p{Cc}\p{Cs}]/u.test(texts[field].replace(/[\t\r\n]/g, ''))) return { code: 'invalidCharacters', field };
  }
  return null;
}

/**
 * What is wrong after a person corrected something. A problem of another field (of a form's own questions) stays known,
 * and keeps the submission from being sent until somebody asks for it.
 */
export const problemAfterEdit = (before: Problem, texts: Texts): Problem =>
  submissionProblem(texts) ?? (before && !isEditable(before.field) ? before : null);

export const isEditable = (field: string): field is EditableField =>
  EDITABLE_FIELDS.some((editable) => editable === field);
