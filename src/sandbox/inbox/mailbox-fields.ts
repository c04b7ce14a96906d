import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { ApiError, notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import { isoSeconds } from '../http/time.ts';
import { type MailboxField, mailboxFieldsOf } from '../store/mailbox-fields.ts';
import type { InboxDeps } from './deps.ts';
import { createFolders } from './mailbox-folders.ts';
import { pageParameter } from './parameters.ts';

const listSchema = z.object({ page: pageParameter });

/** The custom fields and the folders of a mailbox. */
export function mailboxFieldEndpoints({ store, baseUrl }: InboxDeps): Endpoint[] {
  const foldersOf = createFolders(store);

  function mailboxId(id: number): number {
    const hidden = store.conversations.hiddenMode(id);
    if (hidden === 'forbidden') throw new ApiError(403, 'Forbidden');
    if (hidden !== undefined || !store.directory.mailboxes.get(id)) throw notFound();
    return id;
  }

  return [
    {
      method: 'GET',
      template: '/v2/mailboxes/{id}/fields',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const fields = pageOf(mailboxFieldsOf(mailboxId(idParam(request))), page, PAGE_SIZES.others);
        sendHal(response, halPage(request, baseUrl, 'fields', fields, fieldJson));
      },
    },
    {
      method: 'GET',
      template: '/v2/mailboxes/{id}/folders',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const folders = pageOf(foldersOf(mailboxId(idParam(request))), page, PAGE_SIZES.others);
        sendHal(
          response,
          halPage(request, baseUrl, 'folders', folders, ({ updatedAtMs, ...folder }) => ({
            ...folder,
            updatedAt: isoSeconds(updatedAtMs),
          })),
        );
      },
    },
  ];
}

/** Only a dropdown has options. */
function fieldJson({ options, ...field }: MailboxField): object {
  return { ...field, ...(options.length > 0 && { options }) };
}
