import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { parseInput } from '../http/envelope.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import { timeField } from './write-schemas.ts';

const LATEST_MS = Date.UTC(2101, 0);

export function snoozeEndpoints({ store, writable, writer, now }: InboxWriteDeps): Endpoint[] {
  const template = '/v2/conversations/{id}/snooze';
  const bodySchema = z.object({
    snoozedUntil: timeField
      .refine((ms) => ms > now(), 'must be in the future')
      .refine((ms) => ms < LATEST_MS, 'must not be after the year 2100'),
    unsnoozeOnCustomerReply: z.boolean(),
  });
  return [
    {
      method: 'PUT',
      template,
      handle(request, response) {
        const conversation = writable.conversation(idParam(request));
        const { snoozedUntil, unsnoozeOnCustomerReply } = parseInput(bodySchema, request.body);
        const { id } = store.directory.owner();
        const snooze = { byUserId: id, untilMs: snoozedUntil, unsnoozeOnCustomerReply };
        writer.change(conversation, { snooze }, id);
        response.status(204).end();
      },
    },
    {
      method: 'DELETE',
      template,
      handle(request, response) {
        const conversation = writable.conversation(idParam(request));
        if (conversation.snooze !== null) {
          // What is woken is to be worked on, whatever it was while it slept.
          writer.change(conversation, { snooze: null, status: 'active' }, store.directory.owner().id);
        }
        response.status(204).end();
      },
    },
  ];
}
