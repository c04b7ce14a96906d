import { z } from 'zod';
import { type IssueRecord, issueRecordSchema, RECORD_STATUSES, recordStatusSchema } from '../../domain/pattern.ts';
import { openRecord } from '../commands/open-record.ts';
import { recordRows } from '../readers/pattern-rows.ts';
import { findRecords } from '../readers/records-list.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { numberedCursor, wrapCursor } from './paging.ts';
import { id, positiveNumber } from './parameters.ts';
import { trendSchema } from './patterns.ts';
import { apiProblem } from './problems.ts';

const recordOutSchema = issueRecordSchema
  .omit({ organizationId: true })
  .extend({ customers: z.number().int(), conversations: z.number().int(), trend: trendSchema })
  .meta({ id: 'Record', description: 'A bug report or a feature request, made from a pattern.' });

const params = z.object({ number: positiveNumber('Of the record; bug reports and feature requests count apart.') });

const WORDS = {
  bug: { path: '/api/v1/bug-reports', tag: 'Bug reports', one: 'bug report', many: 'bug reports' },
  feature: {
    path: '/api/v1/feature-requests',
    tag: 'Feature requests',
    one: 'feature request',
    many: 'feature requests',
  },
} as const;

const recordApiOf = (kind: IssueRecord['kind']) => {
  const { path, tag, one, many } = WORDS[kind];
  return [
    apiEndpoint({
      method: 'get',
      path,
      scope: 'insights:read',
      tag,
      summary: `List ${many}`,
      description: 'Newest first. `open` is everything but done and dismissed.',
      query: pageQuery({ status: z.enum([...RECORD_STATUSES, 'open', 'all']).default('open') }),
      response: pageOf(recordOutSchema),
      handler:
        ({ storage, now }) =>
        async ({ organizationId, query: { status, cursor, limit } }) => {
          const filter = { status, before: numberedCursor(cursor) };
          const { rows, older } = await findRecords(storage, organizationId, kind, filter, now(), limit);
          return { data: rows, nextCursor: wrapCursor(older) };
        },
    }),
    apiEndpoint({
      method: 'get',
      path: `${path}/:number`,
      scope: 'insights:read',
      tag,
      summary: `Get one ${one}`,
      params,
      response: recordOutSchema,
      handler:
        ({ storage, now }) =>
        async ({ organizationId, params: { number } }) => {
          const record = await storage.issueRecords.get(organizationId, kind, number);
          const [row] = record ? await recordRows(storage, organizationId, [record], now()) : [];
          if (!row) throw apiProblem('notFound');
          return row;
        },
    }),
    apiEndpoint({
      method: 'patch',
      path: `${path}/:number`,
      scope: 'insights:write',
      tag,
      summary: `Change the status of a ${one}`,
      params,
      body: z.strictObject({ status: recordStatusSchema }),
      response: recordOutSchema,
      handler:
        ({ storage, now }) =>
        async ({ organizationId, params: { number }, body: { status } }) => {
          await storage.issueRecords.setStatus(organizationId, kind, number, status);
          const record = await storage.issueRecords.get(organizationId, kind, number);
          const [row] = record ? await recordRows(storage, organizationId, [record], now()) : [];
          if (!row) throw apiProblem('notFound');
          return row;
        },
    }),
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
    ({ storage, now }) =>
    async ({ organizationId, params: { patternId }, body: { kind } }) => {
      const record = await openRecord(storage, organizationId, patternId, kind);
      const [row] = record ? await recordRows(storage, organizationId, [record], now()) : [];
      if (!row) throw apiProblem('notFound');
      return row;
    },
});

export const recordApi = [...recordApiOf('bug'), ...recordApiOf('feature'), createRecordOfPattern];
