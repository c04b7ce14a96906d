import { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import { ApiError, parseInput, sendCreated } from '../http/envelope.ts';
import { floorToSecond } from '../http/time.ts';
import { numberOf } from '../store/corpus-conversations.ts';
import type { Author, Conversation, Thread, ThreadType } from '../store/model.ts';
import { newThread } from './new-thread.ts';
import { refuseIfAny } from './references.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import {
  ATTACHMENT_BODY_LIMIT,
  addMissing,
  addressesField,
  attachmentsField,
  customerReferenceSchema,
  fieldValuesField,
  filledFields,
  flagField,
  idField,
  MAX_THREADS,
  tagNamesField,
  textField,
  timeField,
} from './write-schemas.ts';

const threadSchema = z
  .object({
    type: z.enum(['chat', 'customer', 'note', 'phone', 'reply']),
    text: textField,
    customer: customerReferenceSchema.nullish(),
    user: idField.nullish(),
    cc: addressesField,
    bcc: addressesField,
    createdAt: timeField.nullish(),
    imported: flagField,
    /** Of a reply only; elsewhere it means nothing. */
    draft: flagField,
    attachments: attachmentsField,
  })
  .superRefine(({ type, customer }, context) => {
    if (customer == null && (type === 'customer' || type === 'chat' || type === 'phone'))
      addMissing(context, 'customer');
  });
type ThreadBody = z.infer<typeof threadSchema>;

const bodySchema = z.object({
  subject: textField,
  customer: customerReferenceSchema,
  mailboxId: idField,
  type: z.enum(['chat', 'email', 'phone']),
  status: z.enum(['active', 'closed', 'pending']),
  threads: z.array(threadSchema).min(1),
  /** Absent leaves it to the inbox's setting, null to nobody. */
  assignTo: idField.nullable().optional(),
  /** Taken and left at that: an auto reply is a mail, fires no event, and the sandbox sends no mails. */
  autoReply: flagField,
  imported: flagField,
  createdAt: timeField.nullish(),
  closedAt: timeField.nullish(),
  tags: tagNamesField.nullish(),
  fields: fieldValuesField.nullish(),
  user: idField.nullish(),
});
type Body = z.infer<typeof bodySchema>;

const TYPE_OF = { chat: 'chat', customer: 'customer', note: 'note', phone: 'phone', reply: 'message' } as const;

/** `POST /v2/conversations`: the whole body is checked before anything is stored, so that a refused one leaves nothing. */
export function createConversationEndpoint(deps: InboxWriteDeps): Endpoint {
  const { store, references, writer, switches, shapes, now } = deps;
  const { conversations, directory } = store;

  function unknownReferences(body: Body) {
    const inThreads = body.threads.flatMap(({ user, customer }, index) => [
      ...references.user(user, `threads[${index}].user`),
      ...references.customer(customer, `threads[${index}].customer`),
    ]);
    return [
      ...references.mailbox(body.mailboxId, 'mailboxId'),
      ...references.customer(body.customer, 'customer'),
      ...references.assignee(body.assignTo, 'assignTo'),
      ...references.user(body.user, 'user'),
      ...references.fields(body.fields ?? [], body.mailboxId),
      ...inThreads,
    ];
  }

  function threadsOf(body: Body, customerId: number, createdAtMs: number): Thread[] {
    let threadId = conversations.nextThreadId();
    let attachmentId = conversations.nextAttachmentId();
    return body.threads.map((item) => {
      const type = TYPE_OF[item.type];
      const itsCustomerId = item.customer ? references.customerId(item.customer) : customerId;
      const thread = newThread(item, {
        id: threadId,
        type,
        author: authorOf(type, itsCustomerId, item.user ?? body.user),
        customerId: itsCustomerId === customerId ? null : itsCustomerId,
        status: type === 'note' ? 'nochange' : body.status,
        isDraft: isDraft(item),
        nowMs: createdAtMs,
        firstAttachmentId: attachmentId,
      });
      threadId += 1;
      attachmentId += item.attachments.length;
      return { ...thread, imported: thread.imported || body.imported };
    });
  }

  function authorOf(type: ThreadType, customerId: number, userId: number | null | undefined): Author {
    return type === 'message' || type === 'note'
      ? { type: 'user', id: userId ?? directory.owner().id }
      : { type: 'customer', id: customerId };
  }

  function create(body: Body): Conversation {
    const createdAtMs = body.createdAt ?? floorToSecond(now());
    const customerId = references.customerId(body.customer);
    const threads = threadsOf(body, customerId, createdAtMs).sort((a, b) => a.createdAtMs - b.createdAtMs);
    const { defaultAssigneeId } = switches.values.conversations;
    const id = conversations.nextConversationId();
    const conversation = {
      id,
      number: numberOf(id),
      corpusId: null,
      type: body.type,
      state: body.threads.every(isDraft) ? ('draft' as const) : ('published' as const),
      status: body.status,
      subject: body.subject,
      mailboxId: body.mailboxId,
      customerId,
      assigneeId: body.assignTo === undefined ? defaultAssigneeId : body.assignTo,
      tags: body.tags ?? [],
      fields: filledFields(body.fields ?? []),
      snooze: null,
      cc: [],
      bcc: [],
      source: 'api' as const,
      createdAtMs,
      closed: body.status === 'closed' ? closedOf(body, threads, createdAtMs) : null,
      threads,
    };
    return writer.create(conversation, { imported: body.imported });
  }

  function closedOf({ closedAt, user }: Body, threads: readonly Thread[], createdAtMs: number) {
    const lastMs = threads.at(-1)?.createdAtMs ?? createdAtMs;
    return { atMs: closedAt ?? Math.max(createdAtMs, lastMs), byUserId: user ?? directory.owner().id };
  }

  return {
    method: 'POST',
    template: '/v2/conversations',
    bodyLimit: ATTACHMENT_BODY_LIMIT,
    handle(request, response) {
      const body = parseInput(bodySchema, request.body);
      if (body.threads.length > MAX_THREADS) throw new ApiError(412, 'Precondition Failed');
      refuseIfAny(unknownReferences(body));
      const { id, number } = create(body);
      if (switches.values.conversations.webLocation) {
        response.setHeader('Web-Location', shapes.link(`/conversation/${id}/${number}`).href);
      }
      sendCreated(response, id, shapes.link(`/v2/conversations/${id}`).href);
    },
  };
}

const isDraft = ({ type, draft }: ThreadBody) => type === 'reply' && draft;
