import { z } from 'zod';
import type { HelpScoutUser } from '../../domain/integration.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { pagedItems } from '../paging.ts';
import { parseReply, type Request } from '../request.ts';
import { idSchema } from '../schemas.ts';

const userSchema = z.object({
  id: idSchema,
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string(),
  companyId: idSchema.nullish(),
});

export function createUserResource(request: Request) {
  return {
    /** Whose access this is; `companyId` is the only account identifier Help Scout gives, and may be absent. */
    async me(): Promise<HelpScoutUser & { companyId: number | null }> {
      const endpoint = ENDPOINTS.currentUser;
      const user = parseReply(userSchema, await request({ endpoint }), endpoint);
      return { ...toUser(user), companyId: user.companyId ?? null };
    },

    /** The account's users, as many as the connected one may see. */
    async *list(): AsyncGenerator<HelpScoutUser> {
      for await (const user of pagedItems(request, { endpoint: ENDPOINTS.listUsers }, 'users', userSchema)) {
        yield toUser(user);
      }
    },
  };
}

function toUser({ id, firstName, lastName, email }: z.output<typeof userSchema>): HelpScoutUser {
  return { userId: id, name: [firstName, lastName].filter(Boolean).join(' ') || email, email };
}
