import type { CustomerWrites } from '../customer-writes.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { attachmentEndpoints } from './attachments.ts';
import type { ConversationWriter } from './conversation-writer.ts';
import { createConversationEndpoint } from './create-conversation.ts';
import { createThreadEndpoints } from './create-thread.ts';
import { deleteConversationEndpoint } from './delete-conversation.ts';
import type { InboxDeps } from './deps.ts';
import { originalSourceEndpoint } from './original-source.ts';
import { patchConversationEndpoint } from './patch-conversation.ts';
import { patchThreadEndpoint } from './patch-thread.ts';
import { createReferences } from './references.ts';
import { snoozeEndpoints } from './snooze.ts';
import { tagAndFieldEndpoints } from './tags-and-fields.ts';
import { createWritable } from './writable.ts';

export interface WriteOptions extends InboxDeps {
  customerWrites: CustomerWrites;
  writer: ConversationWriter;
}

/** The calls that write conversations and threads. */
export function writeEndpoints(options: WriteOptions): Endpoint[] {
  const deps = {
    ...options,
    writable: createWritable(options),
    references: createReferences(options),
  };
  return [
    createConversationEndpoint(deps),
    patchConversationEndpoint(deps),
    deleteConversationEndpoint(deps),
    ...tagAndFieldEndpoints(deps),
    ...snoozeEndpoints(deps),
    ...createThreadEndpoints(deps),
    patchThreadEndpoint(deps),
    originalSourceEndpoint(deps),
    ...attachmentEndpoints(deps),
  ];
}
