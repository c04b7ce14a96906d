import { z } from 'zod';
import type { Mailbox } from '../../domain/integration.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { collect, pagedItems } from '../paging.ts';
import { parseReply, type Request } from '../request.ts';
import { idSchema } from '../schemas.ts';

const mailboxSchema = z
  .object({ id: idSchema, name: z.string(), email: z.string().nullish() })
  .transform(({ id, name, email }) => ({ id, mailbox: { mailboxId: id, name, email: email ?? '' } }));

export function createMailboxResource(request: Request) {
  return {
    /** The mailboxes the connected user may see. */
    async list(): Promise<Mailbox[]> {
      const items = pagedItems(request, { endpoint: ENDPOINTS.listMailboxes }, 'mailboxes', mailboxSchema);
      return (await collect(items)).map(({ mailbox }) => mailbox);
    },

    /**
     * One mailbox. Lists leave out what may not be seen without a word; this tells why.
     * @throws HelpScoutNotFound when it was deleted, HelpScoutForbidden when the user may no longer see it
     */
    async get(mailboxId: number): Promise<Mailbox> {
      const endpoint = ENDPOINTS.getMailbox;
      return parseReply(mailboxSchema, await request({ endpoint, params: { id: mailboxId } }), endpoint).mailbox;
    },
  };
}
