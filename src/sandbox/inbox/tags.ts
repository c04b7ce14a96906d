import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import { isoSeconds } from '../http/time.ts';
import { slugOf } from '../store/directory.ts';
import type { Tag } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { InboxDeps } from './deps.ts';
import { pageParameter } from './parameters.ts';

const TAG_COLOR = '#a5b2bd';
const listSchema = z.object({ page: pageParameter });

export type TagJson = (tag: Tag) => object;

/** A tag as its own resource, which calls `name` what a conversation calls `tag`. */
export function createTagJson({ conversations }: Store, createdAtMs: number): TagJson {
  return ({ id, name }) => ({
    id,
    slug: slugOf(name),
    name,
    color: TAG_COLOR,
    createdAt: isoSeconds(createdAtMs),
    updatedAt: isoSeconds(createdAtMs),
    ticketCount: countOf(name.toLowerCase()),
  });

  function countOf(key: string): number {
    const { columns } = conversations;
    let count = 0;
    for (let row = 0; row < columns.length(); row += 1) {
      if (columns.isListed(row) && columns.tags(row).has(key)) count += 1;
    }
    return count;
  }
}

export function tagEndpoints({ store, baseUrl }: InboxDeps, tagJson: TagJson): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/tags',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        sendHal(
          response,
          halPage(request, baseUrl, 'tags', pageOf(store.directory.tags.all(), page, PAGE_SIZES.others), tagJson),
        );
      },
    },
    {
      method: 'GET',
      template: '/v2/tags/{id}',
      handle(request, response) {
        const tag = store.directory.tags.get(idParam(request));
        if (!tag) throw notFound();
        sendHal(response, tagJson(tag));
      },
    },
  ];
}
