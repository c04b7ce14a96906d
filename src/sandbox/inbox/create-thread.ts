import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { parseInput, sendCreated } from '../http/envelope.ts';
import { floorToSecond } from '../http/time.ts';
import type { Author, Conversation, ConversationStatus, ThreadType } from '../store/model.ts';
import { newThread, type ThreadBody } from './new-thread.ts';
import { refuseIfAny } from './references.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import {
  ATTACHMENT_BODY_LIMIT,
  addMissing,
  addressesField,
  attachmentsField,
  type CustomerReference,
  customerReferenceSchema,
  flagField,
  idField,
  storedStatus,
  textField,
  timeField,
  WRITABLE_STATUSES,
  type WritableStatus,
} from './write-schemas.ts';

const common = {
  text: textField,
  imported: flagField,
  createdAt: timeField.nullish(),
  attachments: attachmentsField,
};
const copies = { cc: addressesField, bcc: addressesField };
const byUser = { user: idField.nullish(), status: z.enum(WRITABLE_STATUSES).nullish() };

const noteSchema = z.object({ ...common, ...byUser });
const replySchema = z.object({
  ...common,
  ...copies,
  ...byUser,
  // Unlike elsewhere, an address is not enough: a reply goes to somebody who is known.
  customer: customerReferenceSchema.superRefine(({ id }, context) => {
    if (id === undefined) addMissing(context, 'id');
  }),
  draft: flagField,
  assignTo: idField.nullable().optional(),
});
const customerSchema = z.object({ ...common, ...copies, customer: customerReferenceSchema });
const spokenSchema = z.object({ ...common, customer: customerReferenceSchema });

interface Writing {
  type: ThreadType;
  body: ThreadBody & { status?: WritableStatus | null | undefined };
  /** To whom or from whom it is; absent for the conversation's customer. */
  customer?: CustomerReference;
  /** The user who wrote it, null for the token's. Absent when the customer wrote it. */
  userId?: number | null;
  isDraft?: boolean;
  /** Undefined leaves the conversation with whom it is. */
  assigneeId?: number | null | undefined;
  /** What the status becomes when the body names none; null leaves it. */
  defaultStatus: ConversationStatus | null;
}

/** The calls that add a thread: each answers with the thread's id. */
export function createThreadEndpoints(deps: InboxWriteDeps): Endpoint[] {
  const { store, writable, references, writer, shapes, now } = deps;
  const { conversations, directory } = store;

  function refuseUnknown({ customer, userId, assigneeId }: Writing): void {
    refuseIfAny([
      ...references.customer(customer, 'customer'),
      ...references.user(userId, 'user'),
      ...references.assignee(assigneeId, 'assignTo'),
    ]);
  }

  function add(conversation: Conversation, writing: Writing): number {
    const { type, body, isDraft = false, assigneeId } = writing;
    const customerId = writing.customer ? references.customerId(writing.customer) : conversation.customerId;
    const author: Author =
      writing.userId === undefined
        ? { type: 'customer', id: customerId }
        : { type: 'user', id: writing.userId ?? directory.owner().id };
    const status = body.status ? storedStatus(body.status) : writing.defaultStatus;
    const thread = newThread(body, {
      id: conversations.nextThreadId(),
      type,
      author,
      customerId: customerId === conversation.customerId ? null : customerId,
      status: status ?? 'nochange',
      isDraft,
      nowMs: floorToSecond(now()),
      firstAttachmentId: conversations.nextAttachmentId(),
    });
    writer.addThread(conversation, thread, { status, assigneeId });
    return thread.id;
  }

  function endpoint<T extends z.ZodType>(name: string, schema: T, read: (body: z.infer<T>) => Writing): Endpoint {
    return {
      method: 'POST',
      template: `/v2/conversations/{id}/${name}`,
      bodyLimit: ATTACHMENT_BODY_LIMIT,
      handle(request, response) {
        const conversation = writable.roomFor(idParam(request));
        const writing = read(parseInput(schema, request.body));
        refuseUnknown(writing);
        const threadId = add(conversation, writing);
        sendCreated(response, threadId, shapes.link(`/v2/conversations/${conversation.id}/threads/${threadId}`).href);
      },
    };
  }

  return [
    endpoint('reply', replySchema, (body) => ({
      type: 'message',
      body,
      customer: body.customer,
      userId: body.user ?? null,
      isDraft: body.draft,
      assigneeId: body.assignTo,
      defaultStatus: 'active',
    })),
    endpoint('notes', noteSchema, (body) => ({
      type: 'note',
      body,
      userId: body.user ?? null,
      defaultStatus: null,
    })),
    endpoint('customer', customerSchema, (body) => ({
      type: 'customer',
      body,
      customer: body.customer,
      // Reopens it; an import must not.
      defaultStatus: body.imported ? null : 'active',
    })),
    endpoint('phones', spokenSchema, (body) => ({
      type: 'phone',
      body,
      customer: body.customer,
      defaultStatus: null,
    })),
    endpoint('chats', spokenSchema, (body) => ({
      type: 'chat',
      body,
      customer: body.customer,
      defaultStatus: null,
    })),
  ];
}
