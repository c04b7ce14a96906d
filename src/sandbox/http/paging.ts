import type { Request } from 'express';

export interface Page<T> {
  items: T[];
  size: number;
  totalElements: number;
  totalPages: number;
  number: number;
}

/** Page `number` (from 1) of a list; past the end it is the empty form, whose counts are all 0. */
export function pageOf<T>(all: readonly T[], number: number, size: number): Page<T> {
  const items = all.slice((number - 1) * size, number * size);
  if (items.length === 0) return { items, size, totalElements: 0, totalPages: 0, number: 0 };
  return { items, size, totalElements: all.length, totalPages: Math.ceil(all.length / size), number };
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
