import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendCreated, sendHal } from '../http/envelope.ts';
import type { Attachment, Conversation } from '../store/model.ts';
import { existingConversation } from './existing-conversation.ts';
import { newAttachment } from './new-thread.ts';
import { threadOf } from './writable.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import { ATTACHMENT_BODY_LIMIT, attachmentSchema } from './write-schemas.ts';

export function attachmentEndpoints({ store, writable, writer, shapes }: InboxWriteDeps): Endpoint[] {
  const { conversations } = store;
  const path = '/v2/conversations/{id}/attachments/{attachmentId}';

  return [
    {
      method: 'POST',
      template: '/v2/conversations/{id}/threads/{threadId}/attachments',
      bodyLimit: ATTACHMENT_BODY_LIMIT,
      handle(request, response) {
        const conversation = writable.conversation(idParam(request));
        const thread = threadOf(conversation, idParam(request, 'threadId'));
        const body = parseInput(attachmentSchema, request.body);
        const id = conversations.nextAttachmentId();
        writer.addAttachment(conversation, thread.id, newAttachment(body, id));
        sendCreated(response, id, shapes.link(`/v2/conversations/${conversation.id}/attachments/${id}/data`).href);
      },
    },
    {
      method: 'DELETE',
      template: path,
      handle(request, response) {
        const conversation = writable.conversation(idParam(request));
        const { id } = attachmentOf(conversation, idParam(request, 'attachmentId'));
        writer.removeAttachment(conversation, id);
        response.status(204).end();
      },
    },
    {
      method: 'GET',
      template: `${path}/data`,
      handle(request, response) {
        const { data } = attachmentOf(existingConversation(store, idParam(request)), idParam(request, 'attachmentId'));
        sendHal(response, { data });
      },
    },
    {
      method: 'GET',
      template: `${path}/file`,
      handle(request, response) {
        const { fileName, mimeType, data } = attachmentOf(
          existingConversation(store, idParam(request)),
          idParam(request, 'attachmentId'),
        );
        // A file is whatever somebody sent: a browser must save it, not show it as a page of this address.
        response.attachment(fileName);
        response.setHeader('Content-Type', mimeType);
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.end(Buffer.from(data, 'base64'));
      },
    },
  ];
}

function attachmentOf({ threads }: Conversation, id: number): Attachment {
  const attachment = threads.flatMap(({ attachments }) => attachments).find((candidate) => candidate.id === id);
  if (!attachment) throw notFound();
  return attachment;
}
