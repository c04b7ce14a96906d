import { z } from 'zod';
import { plainEmail } from '../domain/email.ts';
import { directionSchema, type SyncEvent, syncEventTypeSchema, syncStatusSchema } from '../domain/sync-event.ts';

/** What cannot be stored cannot be searched for either: a half of a surrogate pair is read back as U+FFFD. */
const text = z.string().transform((given) => Buffer.from(given, 'utf8').toString('utf8'));
const address = text.transform(plainEmail);

/** Only plain values get through: an object in the place of a text never becomes part of a query. */
const filterSchema = z.object({
  types: z.array(syncEventTypeSchema).readonly().optional(),
  statuses: z.array(syncStatusSchema).readonly().optional(),
  direction: directionSchema.optional(),
  /** The first moment, and the one after the last. */
  from: z.date().optional(),
  to: z.date().optional(),
  conversationId: z.number().int().optional(),
  submissionId: text.optional(),
  customerExternalId: text.optional(),
  /** A whole address, in whatever case. */
  customerEmail: address.optional(),
  /** Of the error that the row shows. */
  errorCode: text.optional(),
});

/** Which rows; each field narrows them down, and an empty list of types or statuses means all. */
export type SyncEventFilter = z.input<typeof filterSchema>;
/** A filter that was read: whatever it carries is safe in a query. */
export type ReadFilter = z.output<typeof filterSchema>;

/** @throws ZodError when a value is of another kind than the filter's */
export function readFilter(filter: SyncEventFilter): ReadFilter {
  const { types, statuses, ...rest } = filterSchema.parse(filter);
  return {
    ...rest,
    ...(types?.length && { types: [...new Set(types)] }),
    ...(statuses?.length && { statuses: [...new Set(statuses)] }),
  };
}

/** Whether a row is one of those that a filter means. */
export function fits(filter: ReadFilter, row: SyncEvent): boolean {
  const same = <T>(wanted: T | undefined, value: T) => wanted === undefined || wanted === value;
  return (
    (filter.types?.includes(row.type) ?? true) &&
    (filter.statuses?.includes(row.status) ?? true) &&
    (filter.from === undefined || row.createdAt >= filter.from) &&
    (filter.to === undefined || row.createdAt < filter.to) &&
    same(filter.direction, row.direction) &&
    same<number | null>(filter.conversationId, row.conversationId) &&
    same<string | null>(filter.submissionId, row.submissionId) &&
    same<string | null>(filter.customerExternalId, row.customerExternalId) &&
    same<string | null>(filter.customerEmail, row.customerEmail) &&
    same<string | undefined>(filter.errorCode, row.error?.code)
  );
}

const LAST_CODE_POINT = 0x10ffff;
const SURROGATES = { first: 0xd800, last: 0xdfff };

/** All addresses that begin with `prefix`, in whatever case, as a range in MongoDB's order, which is that of code points. */
export function beginningWith(prefix: string): { $gte: string; $lt?: string } {
  const first = address.parse(prefix);
  const points = Array.from(first, (letter) => letter.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return { $gte: first };
  const following = last + 1 === SURROGATES.first ? SURROGATES.last + 1 : last + 1;
  return { $gte: first, $lt: String.fromCodePoint(...points, following) };
}
