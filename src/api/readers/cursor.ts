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

/** An insight's place in a list: its conversation's number, with `.{issue}` for a further issue. */
export const INSIGHT_PLACE = /^\d{1,15}(\.\d{1,3})?$/;

/** The cursor of a list of insights; undefined (the newest page) for anything that is not one. */
export function insightCursor(text: string | null): Cursor<string> | undefined {
  const cursor = textCursor(text);
  return cursor && INSIGHT_PLACE.test(cursor.id) ? cursor : undefined;
}

/** The cursor of rows with texts as ids. */
export function textCursor(text: string | null): Cursor<string> | undefined {
  return partsSchema.safeParse(text).data;
}
