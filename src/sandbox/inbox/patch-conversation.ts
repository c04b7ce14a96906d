import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { type FieldError, parseInput } from '../http/envelope.ts';
import type { ConversationChange } from '../store/events/conversation-events.ts';
import { refuseIfAny } from './references.ts';
import type { InboxWriteDeps } from './write-deps.ts';
import { addMissing, idField, storedStatus, textField, WRITABLE_STATUSES } from './write-schemas.ts';

const replace = z.literal('replace');

/** One object, one field. Only an inbox is moved to, and only an assignee can be removed. */
const PATCHES = [
  z.object({ path: z.literal('/subject'), op: replace, value: textField }),
  z.object({ path: z.literal('/status'), op: replace, value: z.enum(WRITABLE_STATUSES) }),
  z
    .object({ path: z.literal('/assignTo'), op: z.enum(['replace', 'remove']), value: idField.nullish() })
    .superRefine(({ op, value }, context) => {
      if (op === 'replace' && value == null) addMissing(context, 'value');
    }),
  z.object({ path: z.literal('/primaryCustomer.id'), op: replace, value: idField }),
  z.object({ path: z.literal('/mailboxId'), op: z.literal('move'), value: idField }),
  z.object({ path: z.literal('/draft'), op: replace, value: z.boolean() }),
] as const;
const PATHS = PATCHES.map(({ shape }) => shape.path.value);

/** The path first: a union's own refusal of an unknown one would not name the paths. */
const pathSchema = z.object({ path: z.enum(PATHS) });
const patchSchema = z.discriminatedUnion('path', PATCHES);
type Patch = z.infer<typeof patchSchema>;

export function patchConversationEndpoint(deps: InboxWriteDeps): Endpoint {
  const { store, writable, references, writer, switches } = deps;

  function errorsOf(patch: Patch): FieldError[] {
    if (patch.path === '/draft') return draftErrors(patch.value);
    if (patch.path === '/assignTo' && patch.op === 'replace') return references.assignee(patch.value, 'value');
    if (patch.path === '/primaryCustomer.id') return references.knownCustomer(patch.value, 'value');
    if (patch.path === '/mailboxId') return references.mailbox(patch.value, 'value');
    return [];
  }

  function draftErrors(value: boolean): FieldError[] {
    const { draftPublishedBy } = switches.values.conversations;
    if (draftPublishedBy === 'either' || draftPublishedBy === String(value)) return [];
    const message = `Expected one of these: '${draftPublishedBy}'`;
    return [{ path: 'value', message, code: 'EnumValue', rejectedValue: value }];
  }

  return {
    method: 'PATCH',
    template: '/v2/conversations/{id}',
    handle(request, response) {
      const conversation = writable.conversation(idParam(request));
      parseInput(pathSchema, request.body);
      const patch = parseInput(patchSchema, request.body);
      refuseIfAny(errorsOf(patch));
      const { id: userId } = store.directory.owner();
      if (patch.path === '/draft') writer.publishDraft(conversation, userId);
      else writer.change(conversation, changeOf(patch), userId);
      response.status(204).end();
    },
  };
}

function changeOf(patch: Exclude<Patch, { path: '/draft' }>): ConversationChange {
  switch (patch.path) {
    case '/subject':
      return { subject: patch.value };
    case '/status':
      return { status: storedStatus(patch.value) };
    case '/assignTo':
      return { assigneeId: patch.op === 'remove' ? null : (patch.value ?? null) };
    case '/primaryCustomer.id':
      return { customerId: patch.value };
    case '/mailboxId':
      return { mailboxId: patch.value };
  }
}
