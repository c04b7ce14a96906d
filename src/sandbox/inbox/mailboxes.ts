import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { InboxDeps } from './deps.ts';
import { refuseHidden } from './existing-conversation.ts';
import { pageParameter } from './parameters.ts';

const listSchema = z.object({ page: pageParameter });

export function mailboxEndpoints({ store, baseUrl, shapes }: InboxDeps, createdAtMs: number): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/mailboxes',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const visible = store.directory.mailboxes.all().filter(({ id }) => !store.conversations.hiddenMode(id));
        const mailboxes = pageOf(visible, page, PAGE_SIZES.others);
        sendHal(
          response,
          halPage(request, baseUrl, 'mailboxes', mailboxes, (mailbox) => shapes.mailbox(mailbox, createdAtMs)),
        );
      },
    },
    {
      method: 'GET',
      template: '/v2/mailboxes/{id}',
      handle(request, response) {
        const mailbox = store.directory.mailboxes.get(idParam(request));
        if (!mailbox) throw notFound();
        refuseHidden(store.conversations.hiddenMode(mailbox.id));
        sendHal(response, shapes.mailbox(mailbox, createdAtMs));
      },
    },
  ];
}
