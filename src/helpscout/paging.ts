import type { z } from 'zod';
import type { Request } from './client.ts';
import { type Call, parseReply } from './request.ts';
import { listOf } from './schemas.ts';

/** All items of a short page-numbered list. Sizes of pages are the server's: only `totalPages` tells where it ends. */
export async function collectPages<Item extends z.ZodType>(
  request: Request,
  call: Call,
  name: string,
  item: Item,
): Promise<z.output<Item>[]> {
  const schema = listOf(name, item);
  const all: z.output<Item>[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const list = parseReply(schema, await request({ ...call, query: { ...call.query, page } }), call.endpoint);
    all.push(...list.items);
    pages = list.page.totalPages;
  }
  return all;
}
