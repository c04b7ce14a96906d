import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { parseInput } from '../http/envelope.ts';
import { threadOf } from './writable.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import { textField } from './write-schemas.ts';

const op = z.literal('replace');
const pathSchema = z.object({ path: z.enum(['/hidden', '/text']) });
const patchSchema = z.discriminatedUnion('path', [
  z.object({ op, path: z.literal('/hidden'), value: z.boolean() }),
  z.object({ op, path: z.literal('/text'), value: textField }),
]);

/** Changes a thread's text, or hides and shows it. No webhook tells of either. */
export function patchThreadEndpoint({ writable, writer }: InboxWriteDeps): Endpoint {
  return {
    method: 'PATCH',
    template: '/v2/conversations/{id}/threads/{threadId}',
    handle(request, response) {
      const conversation = writable.conversation(idParam(request));
      const thread = threadOf(conversation, idParam(request, 'threadId'));
      parseInput(pathSchema, request.body);
      const patch = parseInput(patchSchema, request.body);
      if (patch.path === '/text') {
        writer.changeThread(conversation, thread.id, { text: patch.value, isHtml: true });
      } else if (patch.value || thread.state === 'hidden') {
        // What is not hidden has nothing to show: a draft must not be published by this.
        writer.changeThread(conversation, thread.id, { state: patch.value ? 'hidden' : 'published' });
      }
      response.status(204).end();
    },
  };
}
