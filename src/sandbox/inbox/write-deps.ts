import type { ConversationWriter } from './conversation-writer.ts';
import type { InboxDeps } from './deps.ts';
import type { References } from './references.ts';
import type { Writable } from './writable.ts';

/** What the calls that write conversations and threads are built from. */
export interface InboxWriteDeps extends InboxDeps {
  writable: Writable;
  references: References;
  writer: ConversationWriter;
}
