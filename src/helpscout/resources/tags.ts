import { z } from 'zod';
import { ENDPOINTS } from '../endpoints.ts';
import { pagedItems } from '../paging.ts';
import type { Request } from '../request.ts';
import { idSchema } from '../schemas.ts';

/** A tag's name is `name` here and `tag` on a conversation. */
const tagSchema = z.object({ id: idSchema, name: z.string() });
export type HelpScoutTag = z.infer<typeof tagSchema>;

export function createTagResource(request: Request) {
  return {
    /** Every tag of the account. */
    list: (): AsyncGenerator<HelpScoutTag> => pagedItems(request, { endpoint: ENDPOINTS.listTags }, 'tags', tagSchema),
  };
}
