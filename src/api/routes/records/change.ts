import { z } from 'zod';
import { severitySchema } from '../../../domain/category.ts';
import {
  LONGEST_RECORD_TEXT,
  prioritySchema,
  type RecordKind,
  recordKindSchema,
  recordStatusSchema,
} from '../../../domain/issue-record.ts';
import type { RecordWish } from '../../../domain/record-change.ts';
import { roleFor } from '../../../security/permissions.ts';
import { formatCount } from '../../../ui/format.ts';
import { RecordPage } from '../../../ui/index.ts';
import { recordHref, recordsPath } from '../../../ui/links.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import { changeRecord } from '../../commands/change-record.ts';
import type { Deps } from '../../deps.ts';
import { type MemberVisit, memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { numberParam } from '../../readers/query-values.ts';
import { recordDetail } from '../../readers/record-detail.ts';
import { page, redirect } from '../../reply.ts';

const params = z.object({ number: numberParam });
const access = roleFor('changeRecords');

/** Forms send a text for "by the formula": it gives the field back. */
const orAutomatic = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('automatic').transform(() => null), schema]).optional();
const TOO_LONG = `Use at most ${formatCount(LONGEST_RECORD_TEXT)} characters.`;
/** Forms send each line break as two characters; the field counts, as people do, one. */
const longText = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(z.string().max(LONGEST_RECORD_TEXT, TOO_LONG));

/** What managers change of a record; each form sends the fields that it has. */
export const changeEndpoints = (kind: RecordKind) => {
  const change = (name: string, toWish: z.ZodType<RecordWish>, saved: string) =>
    memberEndpoint({
      method: 'post',
      path: `${recordsPath(kind)}/:number/${name}`,
      access,
      params,
      body: toWish,
      handler: (deps) => async (visit) => {
        const { organizationId, params, member, body } = visit;
        const answer = await changeRecord(deps, organizationId, { kind, ...params }, body, member.email);
        if (answer.kind === 'unknown') throw notFound();
        if (answer.kind === 'errors') return shownAgain(deps, kind, visit, answer.errors);
        return redirect(recordHref(answer.record), { kind: 'success', text: saved });
      },
    });

  return [
    change(
      'status',
      z.object({ status: recordStatusSchema, reason: z.string().trim().max(500).optional() }),
      'The status is saved.',
    ),
    change(
      'details',
      z
        .object({ title: z.string().trim().max(200), description: longText.transform((text) => text || null) })
        .partial(),
      'The record is saved.',
    ),
    change(
      'rating',
      z.object({ severity: orAutomatic(severitySchema), priority: orAutomatic(prioritySchema) }),
      'Severity and priority are saved.',
    ),
    change('kind', z.object({ kind: recordKindSchema }), 'The kind is saved.'),
    memberEndpoint({
      method: 'post',
      path: `${recordsPath(kind)}/:number/comments`,
      access,
      params,
      body: z.object({ text: longText.default('') }),
      refused: (deps) => async (visit) =>
        shownAgain(deps, kind, visit, visit.errors, visit.sent.text?.replaceAll('\r\n', '\n')),
      handler: (deps) => async (visit) => {
        const { organizationId, member, body } = visit;
        const record = await deps.storage.issueRecords.get(organizationId, kind, visit.params.number);
        if (!record) throw notFound();
        if (body.text === '') return shownAgain(deps, kind, visit, { text: 'Write something first.' });
        const comment = { recordId: record.recordId, at: deps.now(), by: member.email, text: body.text };
        await deps.storage.recordComments.add(organizationId, comment);
        return redirect(recordHref(record), { kind: 'success', text: 'The comment is there.' });
      },
    }),
  ];
};

/** The page as it was, with what is wrong. */
async function shownAgain(
  { storage }: Pick<Deps, 'storage'>,
  kind: RecordKind,
  { organizationId, params: { number }, member, shell: makeShell }: MemberVisit<{ number: number }, unknown>,
  errors: FieldErrors,
  comment?: string,
) {
  const record = await storage.issueRecords.get(organizationId, kind, number);
  if (!record) throw notFound();
  const shell = await makeShell();
  const detail = await recordDetail(storage, record, { role: member.role, now: shell.now });
  return page(RecordPage({ shell, ...detail, errors, ...(comment !== undefined && { comment }) }), 422);
}
