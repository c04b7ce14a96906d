import { z } from 'zod';
import type { ContactForm, FormField } from './contact-form.ts';
import type { Submission } from './submission.ts';
import type { SyncErrorCode } from './sync-error.ts';

/** The most characters of an answer. */
const LONGEST = { line: 300, text: 20_000, email: 254 } as const;

/** What a form's post comes to: texts by their purpose, and what does not fit, by field. */
export interface FormAnswers
  extends Pick<Submission, 'customerEmail' | 'customerName' | 'subject' | 'message' | 'answers' | 'problem'> {
  /** A sentence for each field that does not fit, by the field's name. */
  errors: Readonly<Record<string, string>>;
}

/** Texts by field name; null stands for a value that is no text (a list or an object in JSON). */
export type SentValues = ReadonlyMap<string, string | null>;

const PURPOSE_KEYS = { email: 'customerEmail', name: 'customerName', subject: 'subject', message: 'message' } as const;

/**
 * Reads what was sent to a form. What does not fit is kept as it was sent, so that a person can mend it; the first
 * misfit becomes the submission's problem.
 */
export function readAnswers(form: Pick<ContactForm, 'name' | 'fields'>, sent: SentValues): FormAnswers {
  const texts = { customerEmail: '', customerName: '', subject: '', message: '' };
  const answers: FormAnswers['answers'] = [];
  const errors = new Map<string, string>();
  let problem: FormAnswers['problem'] = null;
  for (const field of form.fields) {
    const raw = sent.get(field.name);
    const value = tidy(field, raw ?? '');
    const misfit = raw === null ? NOT_A_TEXT : misfitOf(field, value);
    const key = field.purpose === 'custom' ? null : PURPOSE_KEYS[field.purpose];
    if (misfit) {
      errors.set(field.name, misfit.sentence);
      problem ??= { code: misfit.code, field: key ?? field.name };
    }
    if (key) texts[key] = value;
    else if (value !== '') answers.push({ label: field.label, value });
  }
  return { ...texts, subject: texts.subject || form.name, answers, problem, errors: Object.fromEntries(errors) };
}

interface Misfit {
  code: SyncErrorCode;
  sentence: string;
}
const NOT_A_TEXT: Misfit = { code: 'rejected', sentence: 'Send a text here.' };

const YES = ['on', 'yes', 'true', '1'];
const NO = ['', 'off', 'no', 'false', '0'];

/** A value in the form it is kept: one line is one line, and a box is Yes or No. */
function tidy(field: FormField, raw: string): string {
  if (field.type === 'textarea') return raw.replace(/\r\n?/g, '\n').trim();
  const line = raw.replace(/[\r\n]+/g, ' ').trim();
  if (field.type !== 'checkbox') return line;
  if (YES.includes(line.toLowerCase())) return 'Yes';
  return NO.includes(line.toLowerCase()) ? '' : line;
}

function misfitOf(field: FormField, value: string): Misfit | null {
  if (value === '') {
    if (!field.required) return null;
    const sentence = field.type === 'checkbox' ? `Tick “${field.label}”.` : `Fill in “${field.label}”.`;
    return { code: 'requiredFieldMissing', sentence };
  }
  // Tab and line feed are text; other control characters, and halves of characters, are not.
  if (/[\p{Cc}\p{Cs}]/u.test(value.replace(/[\t\n]/g, ''))) {
    return { code: 'invalidCharacters', sentence: 'Remove the characters that cannot be shown.' };
  }
  const sentence = wrongFor(field, value);
  return sentence === null ? null : { code: field.type === 'email' ? 'invalidEmail' : 'rejected', sentence };
}

/** The sentence for a value that its type does not take. */
function wrongFor({ type, options }: FormField, value: string): string | null {
  const longest = type === 'textarea' ? LONGEST.text : type === 'email' ? LONGEST.email : LONGEST.line;
  if (value.length > longest) return `Use at most ${longest.toLocaleString('en-US')} characters.`;
  switch (type) {
    case 'email':
      return z.email().safeParse(value).success ? null : 'Enter an e-mail address, such as ada@example.com.';
    case 'url':
      return z.url({ protocol: /^https?$/ }).safeParse(value).success
        ? null
        : 'Enter a web address, such as https://example.com.';
    case 'tel':
      return /^[+\d][\d\s().\-/]{2,39}$/.test(value) ? null : 'Enter a phone number, such as +49 30 1234567.';
    case 'number':
      return /^[+-]?\d{1,15}([.,]\d{1,15})?$/.test(value) ? null : 'Enter a number.';
    case 'date':
      return z.iso.date().safeParse(value).success ? null : 'Enter a date, such as 2026-03-31.';
    case 'select':
      return options.includes(value) ? null : 'Choose one of the options.';
    case 'checkbox':
      return value === 'Yes' ? null : 'Send yes or no here.';
    default:
      return null;
  }
}
