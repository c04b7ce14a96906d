import type { Response } from 'express';
import { z } from 'zod';
import { sendJson } from '../http/envelope.ts';

/** An answer of the Docs API that is not a success. */
export class DocsError extends Error {
  override name = 'DocsError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function sendDocs(response: Response, body: unknown): void {
  sendJson(response, 200, 'application/json', body);
}

export function sendDocsError(response: Response, { status, message }: { status: number; message: string }): void {
  sendJson(response, status, 'application/json', { code: status, error: message });
}

export function parseDocsQuery<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new DocsError(400, `Not valid: ${fields}`);
}

/** What was looked up by id, or the 404 of the Docs API. */
export function found<T>(item: T | undefined): T {
  if (item === undefined) throw new DocsError(404, 'Resource not found');
  return item;
}

export const docsPageSchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
});

/** A list as the Docs API wraps it. */
export function docsPage<T>(
  name: string,
  all: readonly T[],
  { page, pageSize }: z.infer<typeof docsPageSchema>,
  toJson: (item: T) => object,
) {
  const items = all.slice((page - 1) * pageSize, page * pageSize).map(toJson);
  return { [name]: { page, pages: Math.ceil(all.length / pageSize), count: all.length, items } };
}

/** Sorts a copy by the key that `sort` names. */
export function sortedBy<T, K extends string>(
  items: readonly T[],
  keys: Record<K, (item: T) => string | number>,
  sort: K,
  order: 'asc' | 'desc',
): T[] {
  const key = keys[sort];
  const sign = order === 'asc' ? 1 : -1;
  return items.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? 0 : sign * (left < right ? -1 : 1);
  });
}
