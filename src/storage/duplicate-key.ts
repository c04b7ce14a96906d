import { mongo } from 'mongoose';

/** MongoDB's answer when a unique index refuses a document. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}

/** Two upserts of one new document can collide: then the document is there, and the second try updates it. */
export async function onceMoreIfDuplicate<T>(upsert: () => Promise<T>): Promise<T> {
  try {
    return await upsert();
  } catch (error) {
    if (isDuplicateKey(error)) return upsert();
    throw error;
  }
}

/**
 * Of an unordered insert of many, the places of those that a unique index refused; the others were inserted.
 * @throws the error itself when anything else went wrong
 */
export function refusedAsDuplicates(error: unknown): Set<number> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || errors.some((one) => !isDuplicateKey(one))) throw error;
  return new Set(errors.map(({ index }) => index));
}
