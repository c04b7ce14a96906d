import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { parseInput } from '../http/envelope.ts';
import { refuseIfAny } from './references.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import { fieldValuesField, filledFields, tagNamesField } from './write-schemas.ts';

const tagsSchema = z.object({ tags: tagNamesField });
const fieldsSchema = z.object({ fields: fieldValuesField });

/** Both replace the whole set, so that of two who write at the same time one loses. */
export function tagAndFieldEndpoints({ store, writable, references, writer, switches }: InboxWriteDeps): Endpoint[] {
  return [
    {
      method: 'PUT',
      template: '/v2/conversations/{id}/tags',
      handle(request, response) {
        const conversation = writable.conversation(idParam(request));
        const { tags } = parseInput(tagsSchema, request.body);
        writer.change(conversation, { tags }, store.directory.owner().id);
        response.status(204).end();
      },
    },
    {
      method: 'PUT',
      template: '/v2/conversations/{id}/fields',
      handle(request, response) {
        const conversation = writable.conversation(idParam(request));
        const { fields } = parseInput(fieldsSchema, request.body);
        refuseIfAny(references.fields(fields, conversation.mailboxId));
        // Whether the original drops the fields that a call does not name is not certain.
        const isMerged = switches.values.conversations.fieldWrites === 'merge';
        const kept = isMerged ? conversation.fields : [];
        writer.change(conversation, { fields: filledFields([...kept, ...fields]) }, store.directory.owner().id);
        response.status(204).end();
      },
    },
  ];
}
