import { z } from 'zod';
import type { CustomerCursor } from '../../storage/customer-records.ts';

const cursorSchema = z.tuple([z.string().max(254), z.string().max(200)]);

/** A list's continuation as addresses carry it. */
export const writeCustomerCursor = (cursor: CustomerCursor | null): string | null =>
  cursor && Buffer.from(JSON.stringify([cursor.email, cursor.externalId])).toString('base64url');

/** What was written so; undefined (the beginning) for anything else. */
export function customerCursor(text: string | null): CustomerCursor | undefined {
  if (text === null) return undefined;
  try {
    const [email, externalId] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { email, externalId };
  } catch {
    return undefined;
  }
}
