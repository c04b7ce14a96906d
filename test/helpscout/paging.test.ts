import assert from 'node:assert/strict';
import { z } from 'zod';
import { ENDPOINTS } from '../../src/helpscout/endpoints.ts';
import { HelpScoutUnexpectedShape } from '../../src/helpscout/errors.ts';
import { collect, cursorItems, pagedItems } from '../../src/helpscout/paging.ts';
import type { Call, Request } from '../../src/helpscout/request.ts';

const item = z.object({ id: z.number() });
const call = { endpoint: ENDPOINTS.listTags, query: { sort: 'name' } };

/** Gives the bodies in order, and remembers the parameters of each call. */
function answering(...bodies: unknown[]) {
  const asked: Call['query'][] = [];
  const request: Request = async ({ query }) => {
    asked.push(query);
    return { status: 200, headers: new Headers(), body: bodies[asked.length - 1] };
  };
  return { request, asked };
}

const page = (number: number, totalPages: number, ...ids: number[]) => ({
  _embedded: { tags: ids.map((id) => ({ id })) },
  page: { size: 2, totalElements: 9, totalPages, number },
});
const cursorPage = (href: string | null, ...ids: number[]) => ({
  _embedded: { customers: ids.map((id) => ({ id })) },
  ...(href !== null && { _links: { next: { href } } }),
});

describe('lists', () => {
  it('end where the last answer says, though they grew or shrank meanwhile', async () => {
    const { request, asked } = answering(page(1, 2, 1, 2), page(2, 3, 2, 3), page(3, 3, 4));
    const ids = (await collect(pagedItems(request, call, 'tags', item))).map(({ id }) => id);
    assert.deepEqual(ids, [1, 2, 3, 4]);
    assert.deepEqual(
      asked,
      [1, 2, 3].map((number) => ({ sort: 'name', page: number })),
    );
    const shrunk = answering(page(1, 3, 1, 2), { page: { totalElements: 2, totalPages: 3, number: 0 } });
    assert.equal((await collect(pagedItems(shrunk.request, call, 'tags', item))).length, 2);
    assert.equal(shrunk.asked.length, 2);
  });

  it('are asked for page by page, as far as somebody reads', async () => {
    const { request, asked } = answering(page(1, 9, 1, 2), page(2, 9, 3, 4));
    for await (const { id } of pagedItems(request, call, 'tags', item)) if (id === 3) break;
    assert.equal(asked.length, 2);
  });

  it('go on by the cursor of the link alone, wherever the link leads', async () => {
    const { request, asked } = answering(
      cursorPage('https://elsewhere.example/x?email=other&cursor=a%2Bb', 1),
      cursorPage('/v3/customers?cursor=c', 1, 2),
      cursorPage(null, 3),
    );
    const ids = (await collect(cursorItems(request, call, 'customers', item))).map(({ id }) => id);
    assert.deepEqual(ids, [1, 2, 3]);
    assert.deepEqual(asked, [
      { sort: 'name', cursor: undefined },
      { sort: 'name', cursor: 'a+b' },
      { sort: 'name', cursor: 'c' },
    ]);
  });

  it('do not turn in circles', async () => {
    const circle = Array.from({ length: 9 }, () => cursorPage('/v3/customers?cursor=same', 1));
    const { request } = answering(...circle);
    await assert.rejects(collect(cursorItems(request, call, 'customers', item)), HelpScoutUnexpectedShape);
    const without = answering(cursorPage('/v3/customers?page=2', 1));
    await assert.rejects(collect(cursorItems(without.request, call, 'customers', item)), /_links\.next\.href/);
  });

  it('name the place of what does not fit', async () => {
    const { request } = answering({ ...page(1, 1), _embedded: { tags: [{ id: 1 }, { id: 'two' }] } });
    await assert.rejects(
      collect(pagedItems(request, call, 'tags', item)),
      /unexpected reply at _embedded\.tags\.1\.id/,
    );
  });
});
