import type { Request } from 'express';
import { notFound } from './envelope.ts';

export interface Page<T> {
  items: T[];
  size: number;
  totalElements: number;
  totalPages: number;
  number: number;
}

/** How a page past the end is answered: with counts of 0, with the list's own counts, or not at all. */
export type PastEnd = 'empty' | 'counts' | 'notFound';

/** Page `number` (from 1) of a list; past the end it is the empty form, whose counts are all 0. */
export function pageOf<T>(all: readonly T[], number: number, size: number, pastEnd?: PastEnd): Page<T> {
  return pageFrom(all.slice((number - 1) * size, number * size), { total: all.length, number, size }, pastEnd);
}

/** A page of which the items are at hand, and only the number of the others. Throws 404 when `pastEnd` says so. */
export function pageFrom<T>(
  items: T[],
  { total, number, size }: { total: number; number: number; size: number },
  pastEnd: PastEnd = 'empty',
): Page<T> {
  const isPastEnd = items.length === 0 && total > 0;
  if (isPastEnd && pastEnd === 'notFound') throw notFound();
  if (total === 0 || (isPastEnd && pastEnd === 'empty')) {
    return { items, size, totalElements: 0, totalPages: 0, number: 0 };
  }
  return { items, size, totalElements: total, totalPages: Math.ceil(total / size), number };
}

/** A HAL list: links repeat the request's own filters; an empty list has no `_embedded`. */
export function halPage<T>(
  request: Request,
  baseUrl: string,
  name: string,
  page: Page<T>,
  toJson: (item: T) => object,
) {
  const url = new URL(request.originalUrl, baseUrl);
  url.searchParams.delete('page');
  const link = (number: number) => {
    const linked = new URL(url);
    linked.searchParams.set('page', String(number));
    return { href: linked.href };
  };
  const { items, ...numbers } = page;
  return {
    ...(items.length > 0 && { _embedded: { [name]: items.map(toJson) } }),
    _links: {
      self: link(Math.max(1, page.number)),
      first: link(1),
      ...(page.number > 1 && { prev: link(page.number - 1) }),
      ...(page.number < page.totalPages && { next: link(page.number + 1) }),
      last: link(Math.max(1, page.totalPages)),
      page: { href: `${url.href}${url.search === '' ? '{?page}' : '{&page}'}`, templated: true },
    },
    page: numbers,
  };
}
