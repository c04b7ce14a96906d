import { Router } from 'express';
import { z } from 'zod';
import { idParam } from '../http/endpoint.ts';
import { HIDDEN_MODES } from '../store/events/conversation-events.ts';
import type { Mailbox } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Writes } from '../writes.ts';
import { ControlError } from './control-http.ts';

const hideSchema = z.strictObject({ mode: z.enum(HIDDEN_MODES).default('deleted') });

/** Lists the mailboxes, hides one as if it were deleted or forbidden, and shows it again. */
export function mailboxesRouter(store: Store, writes: Writes): Router {
  const existing = (id: number): Mailbox => {
    const mailbox = store.directory.mailboxes.get(id);
    if (!mailbox) throw new ControlError(404, 'No such mailbox.');
    return mailbox;
  };

  const router = Router();
  router.get('/mailboxes', (_request, response) => {
    response.json(
      store.directory.mailboxes.all().map(({ id, name }) => ({
        mailboxId: id,
        name,
        hidden: store.conversations.hiddenMode(id) ?? null,
      })),
    );
  });
  router.put('/mailboxes/:id/hidden', (request, response) => {
    const { mode } = hideSchema.parse(request.body);
    writes.hideMailbox(existing(idParam(request)).id, mode);
    response.status(204).end();
  });
  router.delete('/mailboxes/:id/hidden', (request, response) => {
    writes.showMailbox(existing(idParam(request)).id);
    response.status(204).end();
  });
  return router;
}
