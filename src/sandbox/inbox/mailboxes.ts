import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { InboxDeps } from './deps.ts';
import { pageParameter } from './parameters.ts';

const PAGE_SIZE = 50;
const listSchema = z.object({ page: pageParameter });

export function mailboxEndpoints({ store, baseUrl, shapes }: InboxDeps, createdAtMs: number): Endpoint[] {
  return [
    {
      method: 'GET',
      template: '/v2/mailboxes',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const mailboxes = pageOf(store.directory.mailboxes.all(), page, PAGE_SIZE);
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
        sendHal(response, shapes.mailbox(mailbox, createdAtMs));
      },
    },
  ];
}
