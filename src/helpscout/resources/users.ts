import type { Request } from '../client.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { parseReply } from '../request.ts';
import { apiUserSchema } from '../schemas.ts';

export function createUserResource(request: Request) {
  return {
    /** Whose access this is; `companyId` is the only account identifier Help Scout gives, and may be absent. */
    async me(): Promise<{ userId: number; companyId: number | null; name: string; email: string }> {
      const endpoint = ENDPOINTS.currentUser;
      const user = parseReply(apiUserSchema, await request({ endpoint }), endpoint);
      const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
      return { userId: user.id, companyId: user.companyId ?? null, name: name || user.email, email: user.email };
    },
  };
}
