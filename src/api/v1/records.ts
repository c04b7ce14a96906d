import { z } from 'zod';
import {
  type IssueRecord,
  RECORD_KINDS,
  RECORD_STATUSES,
  type RecordKind,
  recordCommentSchema,
} from '../../domain/issue-record.ts';
import { RECORD_SORTS } from '../../ui/props.ts';
import { changeRecord } from '../commands/change-record.ts';
import { openRecord } from '../commands/open-record.ts';
import type { Deps } from '../deps.ts';
import { recordDetail } from '../readers/record-detail.ts';
import { recordRows } from '../readers/record-rows.ts';
import { findRecords } from '../readers/records-list.ts';
import { type ApiCaller, apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { numberedCursor, wrapCursor } from './paging.ts';
import { id, positiveNumber } from './parameters.ts';
import { apiProblem } from './problems.ts';
import { recordCustomersOf } from './record-customers.ts';
import { recordDetailSchema, recordOutSchema, recordWishSchema } from './record-schemas.ts';

const params = z.object({ number: positiveNumber('Of the record; bug reports and feature requests count apart.') });

const RECORD_WORDS = {
  bug: { path: '/api/v1/bug-reports', tag: 'Bug reports', one: 'bug report', many: 'bug reports' },
  feature: {
    path: '/api/v1/feature-requests',
    tag: 'Feature requests',
    one: 'feature request',
    many: 'feature requests',
  },
} as const;

/** One record as it is answered. @throws RequestProblem 404 when there is none */
async function detailOf(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  record: IssueRecord | null,
  { role }: ApiCaller,
) {
  if (!record) throw apiProblem('notFound');
  const { record: row, quotes, history, comments } = await recordDetail(storage, record, { role, now: now() });
  return { ...row, evidence: quotes, history, comments };
}

const recordApiOf = (kind: RecordKind) => {
  const { path, tag, one, many } = RECORD_WORDS[kind];
  const common = { path: `${path}/:number`, tag, params } as const;
  return [
    apiEndpoint({
      ...{ method: 'get', path, scope: 'insights:read', tag, summary: `List ${many}` },
      description: 'Newest first, or the most urgent first. `open` is everything but done and dismissed.',
      query: pageQuery({
        status: z.enum([...RECORD_STATUSES, 'open', 'all']).default('open'),
        sort: z.enum(RECORD_SORTS).default('newest'),
      }),
      response: pageOf(recordOutSchema),
      handler:
        ({ storage, now }) =>
        async ({ organizationId, query: { status, sort, cursor, limit } }) => {
          const filter = { status, sort, before: numberedCursor(cursor) };
          const { rows, older } = await findRecords(storage, organizationId, kind, filter, now(), limit);
          return { data: rows, nextCursor: wrapCursor(older) };
        },
    }),
    apiEndpoint({
      ...{ ...common, method: 'get', scope: 'insights:read', summary: `Get one ${one}` },
      description: 'Operators read no messages: they get no evidence.',
      response: recordDetailSchema,
      handler:
        (deps) =>
        async ({ organizationId, caller, params: { number } }) =>
          detailOf(deps, await deps.storage.issueRecords.get(organizationId, kind, number), caller),
    }),
    apiEndpoint({
      ...{ ...common, method: 'patch', scope: 'insights:write', summary: `Change a ${one}` },
      description:
        'What is set here, its pattern does not change any more. `done` starts a check, some days later, whether reports stopped.',
      body: recordWishSchema,
      response: recordDetailSchema,
      handler:
        (deps) =>
        async ({ organizationId, caller, params: { number }, body }) => {
          const answer = await changeRecord(deps, organizationId, { kind, number }, body, caller.by);
          if (answer.kind === 'errors') throw apiProblem('invalidBody', { fields: answer.errors });
          return detailOf(deps, answer.kind === 'changed' ? answer.record : null, caller);
        },
    }),
    apiEndpoint({
      ...{ ...common, path: `${path}/:number/comments`, method: 'post', scope: 'insights:write' },
      ...{ summary: `Comment on a ${one}`, status: 201 },
      body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
      response: recordCommentSchema.omit({ recordId: true }).meta({ id: 'RecordComment' }),
      handler:
        ({ storage, now }) =>
        async ({ organizationId, caller, params: { number }, body: { text } }) => {
          const record = await storage.issueRecords.get(organizationId, kind, number);
          if (!record) throw apiProblem('notFound');
          const comment = { recordId: record.recordId, at: now(), by: caller.by, text };
          return storage.recordComments.add(organizationId, comment);
        },
    }),
    recordCustomersOf(kind),
  ];
};

const createRecordOfPattern = apiEndpoint({
  method: 'post',
  path: '/api/v1/patterns/:patternId/record',
  scope: 'insights:write',
  tag: 'Patterns',
  summary: 'Open a bug report or feature request for a pattern',
  description: 'A pattern has one record at most: where there is one already, that one is the answer.',
  params: z.object({ patternId: id('Of the pattern.') }),
  body: z.strictObject({ kind: z.enum(['bug', 'feature']).optional().describe('Absent: by the pattern’s category.') }),
  response: recordOutSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { patternId }, body: { kind } }) => {
      const record = await openRecord(deps, organizationId, patternId, { kind, by: caller.by });
      const [row] = record ? await recordRows(deps.storage, organizationId, [record], deps.now()) : [];
      if (!row) throw apiProblem('notFound');
      return row;
    },
});

export const recordApi = [...RECORD_KINDS.flatMap(recordApiOf), createRecordOfPattern];
