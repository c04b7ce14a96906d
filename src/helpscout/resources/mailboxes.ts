import type { Mailbox } from '../../domain/integration.ts';
import type { Request } from '../client.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { collectPages } from '../paging.ts';
import { apiMailboxSchema } from '../schemas.ts';

export function createMailboxResource(request: Request) {
  return {
    /** The mailboxes the connected user may see. */
    async list(): Promise<Mailbox[]> {
      const mailboxes = await collectPages(
        request,
        { endpoint: ENDPOINTS.listMailboxes },
        'mailboxes',
        apiMailboxSchema,
      );
      return mailboxes.map(({ id, name, email }) => ({ mailboxId: id, name, email: email ?? '' }));
    },
  };
}
