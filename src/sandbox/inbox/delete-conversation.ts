import { type Endpoint, idParam } from '../http/endpoint.ts';
import type { InboxWriteDeps } from './write-deps.ts';

export function deleteConversationEndpoint({ writable, writer }: InboxWriteDeps): Endpoint {
  return {
    method: 'DELETE',
    template: '/v2/conversations/{id}',
    handle(request, response) {
      writer.delete(writable.conversation(idParam(request)));
      response.status(204).end();
    },
  };
}
