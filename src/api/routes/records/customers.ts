import { z } from 'zod';
import { type RecordKind, recordName } from '../../../domain/issue-record.ts';
import { MESSAGE_KINDS, type MessageKind, preparedText } from '../../../domain/record-message.ts';
import { roleFor } from '../../../security/permissions.ts';
import { RecordCustomersPage, RecordMessagesPage } from '../../../ui/index.ts';
import { recordCustomersHref, recordsPath } from '../../../ui/links.ts';
import { sendRecordMessages } from '../../commands/send-record-messages.ts';
import type { Deps } from '../../deps.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { numberParam, oneOfOr, repeated } from '../../readers/query-values.ts';
import { recordCustomers } from '../../readers/record-customers.ts';
import { page, redirect } from '../../reply.ts';

const params = z.object({ number: numberParam });
const access = roleFor('changeRecords');
const choice = z.object({ message: oneOfOr(MESSAGE_KINDS, 'note'), conversation: repeated(numberParam).catch([]) });
/** As long as a person will have written. */
const textSchema = z.string().trim().min(1).max(10_000);

/** Closing the loop: who asked, and what their conversations are told. Only a person sends, after reading it. */
export const customerEndpointsOf = (kind: RecordKind) => {
  const path = `${recordsPath(kind)}/:number/customers`;
  const asked = async ({ storage }: Pick<Deps, 'storage'>, organizationId: string, number: number) => {
    const record = await storage.issueRecords.get(organizationId, kind, number);
    if (!record) throw notFound();
    return { record, customers: await recordCustomers(storage, record) };
  };
  type Asked = Awaited<ReturnType<typeof asked>>;

  /** Of the chosen conversations those of the record that were not told so yet. */
  const chosen = ({ customers }: Asked, message: MessageKind, ids: readonly number[]) =>
    customers.flatMap(({ name, email, conversations }) =>
      conversations
        .filter(({ conversationId, told }) => ids.includes(conversationId) && !told.some((one) => one.kind === message))
        .map((conversation) => ({ ...conversation, name, email })),
    );

  return [
    memberEndpoint({
      ...{ method: 'get', path, access, params, query: z.object({ select: oneOfOr(['none', 'all'], 'none') }) },
      handler:
        (deps) =>
        async ({ organizationId, params: { number }, query: { select }, shell }) => {
          const found = await asked(deps, organizationId, number);
          return page(RecordCustomersPage({ shell: await shell(), ...found, select }));
        },
    }),

    memberEndpoint({
      ...{ method: 'get', path: `${path}/preview`, access, params, query: choice },
      handler:
        (deps) =>
        async ({ organizationId, params: { number }, query: { message, conversation }, shell }) => {
          const found = await asked(deps, organizationId, number);
          const messages = chosen(found, message, conversation).map(({ name, email, ...about }) => ({
            ...{ conversationId: about.conversationId, number: about.number, subject: about.subject },
            customer: { name, email },
            text: preparedText(message, found.record, { customerName: name }),
          }));
          return page(RecordMessagesPage({ shell: await shell(), record: found.record, kind: message, messages }));
        },
    }),

    memberEndpoint({
      ...{ method: 'post', path: `${path}/messages`, access, params },
      body: z.looseObject(choice.shape),
      handler:
        (deps) =>
        async ({ organizationId, params: { number }, member, body, shell }) => {
          const found = await asked(deps, organizationId, number);
          const { message, conversation } = body;
          const messages = chosen(found, message, conversation).map((about) => {
            const sent = z.string().catch('').parse(body[`text-${about.conversationId}`]);
            const text = textSchema.safeParse(sent);
            return { ...about, customerEmail: about.email, sent, text: text.data ?? '', fits: text.success };
          });
          if (messages.some(({ fits }) => !fits)) {
            const again = messages.map(({ name, email, sent, fits, ...about }) => ({
              ...{ conversationId: about.conversationId, number: about.number, subject: about.subject, text: sent },
              customer: { name, email },
              ...(!fits && { error: 'Write a text of at most 10,000 characters.' }),
            }));
            const props = { shell: await shell(), record: found.record, kind: message, messages: again };
            return page(RecordMessagesPage(props), 422);
          }
          const { taken } = await sendRecordMessages(deps, found.record, message, messages, member.email);
          return redirect(recordCustomersHref(found.record), said(message, taken, recordName(found.record)));
        },
    }),
  ];
};

function said(message: MessageKind, taken: number, name: string) {
  if (taken === 0) return { kind: 'info' as const, text: 'Nothing was left to send: each conversation gets one.' };
  const what = message === 'note' ? 'private note' : 'draft reply';
  const many = taken === 1 ? `One ${what}` : `${taken} ${message === 'note' ? 'private notes' : 'draft replies'}`;
  const rest = message === 'reply' ? ' An agent still sends each of them.' : '';
  return { kind: 'success' as const, text: `${many} about ${name.toLowerCase()} on the way to Help Scout.${rest}` };
}
