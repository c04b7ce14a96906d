import { z } from 'zod';

interface Cursor<Id> {
  at: Date;
  id: Id;
}

/** A list's continuation as the query carries it: `{epoch ms}~{id}`. */
export function writeCursor(cursor: Cursor<string | number> | null): string | null {
  return cursor && `${cursor.at.getTime()}~${cursor.id}`;
}

const partsSchema = z
  .string()
  .regex(/^\d{1,15}~.{1,300}$/)
  .transform((text) => {
    const split = text.indexOf('~');
    return { at: new Date(Number(text.slice(0, split))), id: text.slice(split + 1) };
  });

/** The cursor of rows with numbers as ids; undefined (the newest page) for anything that is not one. */
export function numberCursor(text: string | null): Cursor<number> | undefined {
  const cursor = textCursor(text);
  const id = Number(cursor?.id);
  return cursor && Number.isSafeInteger(id) ? { at: cursor.at, id } : undefined;
}

/** The cursor of rows with texts as ids. */
export function textCursor(text: string | null): Cursor<string> | undefined {
  return partsSchema.safeParse(text).data;
}
