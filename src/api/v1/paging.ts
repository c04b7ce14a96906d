import { INSIGHT_PLACE, textCursor, writeCursor } from '../readers/cursor.ts';
import { apiProblem } from './problems.ts';

const invalidCursor = () =>
  apiProblem('invalidQuery', {
    detail: 'The cursor is not one that a list gave.',
    fields: { cursor: 'Send `nextCursor` of the page before as it is, or leave it out.' },
  });

/** A list's own continuation, wrapped: callers pass it on and read nothing into it. */
export const wrapCursor = (text: string | null) => text && Buffer.from(text).toString('base64url');

/** What `wrapCursor` wrapped; null without a cursor. @throws RequestProblem 400 for what it never made */
export function unwrapCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (text === '' || wrapCursor(text) !== cursor) throw invalidCursor();
  return text;
}

/** Where a list by time continues. @throws RequestProblem 400 */
export function timeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const text = unwrapCursor(cursor);
  if (text === null) return undefined;
  const parsed = textCursor(text);
  if (!parsed || Number.isNaN(parsed.at.getTime())) throw invalidCursor();
  return parsed;
}

/** The same of a list of insights. @throws RequestProblem 400 */
export function insightTimeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const parsed = timeCursor(cursor);
  if (parsed && !INSIGHT_PLACE.test(parsed.id)) throw invalidCursor();
  return parsed;
}

/** Where a list by number (of a row, or of rows skipped) continues. @throws RequestProblem 400 */
export function numberedCursor(cursor: string | undefined): string | null {
  const text = unwrapCursor(cursor);
  if (text !== null && !/^\d{1,15}$/.test(text)) throw invalidCursor();
  return text;
}

/** The answer of a list. */
export const toPage = <T>(data: readonly T[], next: { at: Date; id: string | number } | null) => ({
  data,
  nextCursor: wrapCursor(writeCursor(next)),
});
