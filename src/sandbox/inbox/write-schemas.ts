import { z } from 'zod';
import { floorToSecond } from '../http/time.ts';
import type { FieldValue } from '../store/model.ts';
import { customerFieldsSchema } from './customers-input.ts';

/** Bodies that may carry attachments: 10 MB, the limit of the former API's attachments, as base64, and some room. */
export const ATTACHMENT_BODY_LIMIT = '14mb';

/** Most threads of a conversation; one more is refused with 412. */
export const MAX_THREADS = 100;

/** In the order in which the original's refusal lists them. */
export const WRITABLE_STATUSES = ['active', 'closed', 'open', 'pending', 'spam'] as const;
export type WritableStatus = (typeof WRITABLE_STATUSES)[number];

/** `open` means either of two; it is taken as `active`. */
export const storedStatus = (status: WritableStatus) => (status === 'open' ? 'active' : status);

/** Clients send null for what they leave out, so every optional field may be null. */
export const idField = z.number().int();
export const textField = z.string().min(1);
export const flagField = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? false);
export const addressesField = z
  .array(z.email())
  .nullish()
  .transform((addresses) => addresses ?? []);

/** Milliseconds of the epoch, in whole seconds. Unlike a list's filter, a body's time may have a fraction or an offset. */
export const timeField = z.iso.datetime({ offset: true }).transform((time) => floorToSecond(Date.parse(time)));

/** Custom fields' values are kept as text, however they are sent; null clears the field, as an empty text does. */
export const fieldValuesField = z.array(
  z.object({
    id: idField,
    value: z.preprocess(
      (value) => (typeof value === 'number' ? String(value) : value === null ? '' : value),
      z.string(),
    ),
  }),
);

/** The last value of each field, without those that are cleared. */
export function filledFields(fields: readonly FieldValue[]): FieldValue[] {
  const lastOfEach = new Map(fields.map((field) => [field.id, field]));
  return [...lastOfEach.values()].filter(({ value }) => value !== '');
}

/** Names of tags: without outer spaces, each once, compared without case. */
export const tagNamesField = z.array(z.string().trim().min(1)).transform((names) => {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()];
});

export const attachmentSchema = z.object({
  fileName: textField,
  mimeType: textField.regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type such as image/png'),
  /** An empty file is one, too. */
  data: z.base64(),
});
export type NewAttachment = z.infer<typeof attachmentSchema>;
export const attachmentsField = z
  .array(attachmentSchema)
  .nullish()
  .transform((attachments) => attachments ?? []);

const withoutNulls = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null))
    : value;

/** `{id}`, or `{email}` with what a new customer gets. Where both are given, the id wins. */
export const customerReferenceSchema = z.preprocess(
  withoutNulls,
  customerFieldsSchema
    .extend({ id: idField.optional(), email: z.email().optional() })
    .superRefine(({ id, email }, context) => {
      if (id === undefined && email === undefined) addMissing(context, 'email');
    }),
);
export type CustomerReference = z.infer<typeof customerReferenceSchema>;

/** Reports a field that must be there for a reason outside of it; the answer says "may not be empty", as elsewhere. */
export function addMissing(context: z.RefinementCtx, field: string): void {
  context.addIssue({ code: 'too_small', origin: 'string', minimum: 1, path: [field], input: '' });
}
