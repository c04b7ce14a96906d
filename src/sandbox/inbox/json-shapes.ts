import { isoSeconds } from '../http/time.ts';
import type { Conversation, Mailbox, Thread } from '../store/model.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import { createConversationJson } from './conversation-json.ts';
import { type ApiVersion, createPersonJson } from './person-json.ts';
import { createThreadJson } from './thread-json.ts';

export interface ShapeOptions {
  store: Store;
  switches: Switches;
  baseUrl: string;
  now: () => number;
}

/** The objects of the Inbox API, as JSON. */
export function createJsonShapes({ store, switches, baseUrl, now }: ShapeOptions) {
  const link = (path: string) => ({ href: `${baseUrl}${path}` });
  const photoUrl = `${baseUrl}/assets/person.svg`;
  const people = createPersonJson(store.directory, link);
  const threadJson = createThreadJson({ store, people, link, photoUrl });
  const conversation = createConversationJson({ store, switches, people, threadJson, link, photoUrl, now });

  function thread(of: Conversation, item: Thread, version: ApiVersion = 'v2'): object {
    return threadJson(of, item, { version });
  }

  function mailbox(item: Mailbox, createdAtMs: number): object {
    return {
      id: item.id,
      name: item.name,
      slug: item.slug,
      email: item.email,
      createdAt: isoSeconds(createdAtMs),
      updatedAt: isoSeconds(createdAtMs),
      _links: {
        self: link(`/v2/mailboxes/${item.id}`),
        fields: link(`/v2/mailboxes/${item.id}/fields/`),
        folders: link(`/v2/mailboxes/${item.id}/folders/`),
      },
    };
  }

  return { conversation, thread, mailbox, link, photoUrl };
}

export type JsonShapes = ReturnType<typeof createJsonShapes>;
