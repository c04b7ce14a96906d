import { z } from 'zod';
import { endpointName } from './endpoints.ts';
import { HelpScoutUnexpectedShape } from './errors.ts';
import { type Call, parseReply, type Request } from './request.ts';

const pageSchema = z.object({
  totalElements: z.number().int(),
  totalPages: z.number().int(),
  /** 0 when the list is empty: no number to go on from. */
  number: z.number().int(),
});

/** Items below `_embedded`, which is not there at all when there are none. */
const embeddedSchema = z.record(z.string(), z.unknown()).nullish();

/** A page-numbered list (v2). */
export const listOf = <Item extends z.ZodType>(name: string, item: Item) =>
  z
    .object({ _embedded: embeddedSchema, page: pageSchema })
    .transform(({ _embedded, page }, context) => ({ items: embedded(_embedded, name, item, context), page }));

/** A list without pages, as a customer's entries are; where it has several spellings, under whichever it is there. */
export const entriesOf = <Item extends z.ZodType>(names: readonly string[], item: Item) =>
  z.object({ _embedded: embeddedSchema }).transform(({ _embedded }, context) => {
    const name = names.find((candidate) => _embedded?.[candidate] !== undefined) ?? '';
    return embedded(_embedded, name, item, context);
  });

const cursorListOf = <Item extends z.ZodType>(name: string, item: Item) =>
  z
    .object({
      _embedded: embeddedSchema,
      _links: z.object({ next: z.object({ href: z.string() }).nullish() }).nullish(),
    })
    .transform(({ _embedded, _links }, context) => ({
      items: embedded(_embedded, name, item, context),
      next: _links?.next?.href ?? null,
    }));

/**
 * All items of a page-numbered list, page by page as they are asked for, each id once. Where the list ends is said by
 * each answer anew: sizes of pages are the server's, and a list grows and shrinks while it is read.
 */
export async function* pagedItems<Item extends z.ZodType<{ id: number }>>(
  request: Request,
  call: Call,
  name: string,
  item: Item,
): AsyncGenerator<z.output<Item>> {
  const schema = listOf(name, item);
  const seen = new Set<number>();
  for (let page = 1, pages = 1; page <= pages; page++) {
    const list = parseReply(schema, await request({ ...call, query: { ...call.query, page } }), call.endpoint);
    const known = seen.size;
    yield* unseen(list.items, seen);
    // An answer that brings nothing new ends the list too, however many pages it says are left.
    pages = seen.size === known ? 0 : list.page.totalPages;
  }
}

/** All items of a cursor list (v3), each id once. Of the link to the next page only the cursor is used. */
export async function* cursorItems<Item extends z.ZodType<{ id: number }>>(
  request: Request,
  call: Call,
  name: string,
  item: Item,
): AsyncGenerator<z.output<Item>> {
  const schema = cursorListOf(name, item);
  const seen = new Set<number>();
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const list = parseReply(schema, await request({ ...call, query: { ...call.query, cursor } }), call.endpoint);
    yield* unseen(list.items, seen);
    if (list.next === null) return;
    cursor = cursorOf(list.next);
    if (cursor === undefined || cursors.has(cursor)) {
      const endpoint = endpointName(call.endpoint);
      throw new HelpScoutUnexpectedShape('unexpected reply at _links.next.href', { endpoint, status: 200 });
    }
    cursors.add(cursor);
  }
}

/** The items of a short list. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function* unseen<Item extends { id: number }>(items: readonly Item[], seen: Set<number>): Generator<Item> {
  for (const item of items) {
    if (seen.has(item.id)) continue;
    seen.add(item.id);
    yield item;
  }
}

function cursorOf(href: string): string | undefined {
  const query = /\?([^#]*)/.exec(href)?.[1];
  return new URLSearchParams(query).get('cursor') || undefined;
}

/** Reports what does not fit under the path where it is in the answer. */
function embedded<Item extends z.ZodType>(
  lists: Record<string, unknown> | null | undefined,
  name: string,
  item: Item,
  context: z.RefinementCtx,
): z.output<Item>[] {
  const items = z.array(item).safeParse(lists?.[name] ?? []);
  if (items.success) return items.data;
  for (const issue of items.error.issues) {
    context.addIssue({ code: 'custom', message: issue.message, path: ['_embedded', name, ...issue.path] });
  }
  return z.NEVER;
}
