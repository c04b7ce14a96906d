import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, sendHal } from '../http/envelope.ts';
import type { InboxDeps } from './deps.ts';
import { emailOf } from './email-source.ts';
import { existingConversation } from './existing-conversation.ts';
import { threadOf } from './writable.ts';

/** The mail that a thread came by, as JSON or as the mail itself. That other threads have none (404) is an assumption. */
export function originalSourceEndpoint({ store }: InboxDeps): Endpoint {
  return {
    method: 'GET',
    template: '/v2/conversations/{id}/threads/{threadId}/original-source',
    handle(request, response) {
      const conversation = existingConversation(store, idParam(request));
      const thread = threadOf(conversation, idParam(request, 'threadId'));
      const mailbox = store.directory.mailboxes.get(conversation.mailboxId);
      const sender = store.directory.customers.get(thread.author.id);
      if (thread.source !== 'email' || thread.author.type !== 'customer' || !mailbox || !sender) throw notFound();
      const email = emailOf({ conversation, thread, sender, to: mailbox.email });
      if (request.accepts(['application/json', 'message/rfc822']) !== 'message/rfc822') {
        return sendHal(response, { original: email });
      }
      response.setHeader('Content-Type', 'message/rfc822');
      response.end(email);
    },
  };
}
