import type { Request } from 'express';
import { ApiError } from './envelope.ts';

/** A HAL list that is continued by the cursor of its `next` link; without that link it is done. It has no `page`. */
export function halCursorPage<T>(
  request: Request,
  baseUrl: string,
  name: string,
  { items, nextCursor }: { items: T[]; nextCursor: string | null },
  toJson: (item: T) => object,
) {
  const next = new URL(request.originalUrl, baseUrl);
  if (nextCursor !== null) next.searchParams.set('cursor', nextCursor);
  return {
    ...(items.length > 0 && { _embedded: { [name]: items.map(toJson) } }),
    _links: {
      self: { href: new URL(request.originalUrl, baseUrl).href },
      ...(nextCursor !== null && { next: { href: next.href } }),
    },
  };
}

/** Where a list goes on: after the item with these numbers. Opaque to clients. */
export function cursorOf(...position: number[]): string {
  return Buffer.from(position.join(':')).toString('base64url');
}

/** The numbers of a cursor, as many as asked for; any other text is the client's mistake. */
export function positionOf(cursor: string, length: number): number[] {
  const numbers = Buffer.from(cursor, 'base64url').toString().split(':');
  if (numbers.length === length && numbers.every((number) => /^\d{1,15}$/.test(number))) return numbers.map(Number);
  throw new ApiError(400, 'Bad request', [
    { path: 'cursor', message: 'is not a cursor of this list', code: 'Invalid' },
  ]);
}
