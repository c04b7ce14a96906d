import { z } from 'zod';
import { CATEGORIES } from '../../domain/category.ts';
import { issueRecordSchema } from '../../domain/issue-record.ts';
import { PATTERN_STATES, patternSchema, TRENDS } from '../../domain/pattern.ts';
import { PATTERN_SORTS } from '../../ui/props.ts';
import { patternRows } from '../readers/pattern-rows.ts';
import { findPatterns } from '../readers/patterns-list.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { numberedCursor, wrapCursor } from './paging.ts';
import { id } from './parameters.ts';
import { patternChangeApi } from './pattern-changes.ts';
import { apiProblem } from './problems.ts';

const tag = 'Patterns';

export const trendSchema = z
  .object({
    trend: z.enum(TRENDS),
    last7Days: z.number().int(),
    weeklyBefore: z.number().describe('A week, on average over the four weeks before.'),
    customers7Days: z.number().int().describe('Distinct customers.'),
    weeklyCustomersBefore: z.number().describe('Distinct customers a week, on average over the four weeks before.'),
  })
  .meta({
    id: 'Trend',
    description: 'The last 7 days against the 4 weeks before, by the time customers wrote; chance alone is no trend.',
  });

const patternOutSchema = patternSchema
  .omit({ organizationId: true })
  .extend({
    state: z.enum(PATTERN_STATES),
    trend: trendSchema,
    weekly: z.array(z.number().int()).describe('Reports of each of the last 12 weeks, oldest first.'),
    record: issueRecordSchema.pick({ kind: true, number: true, title: true, status: true }).nullable(),
  })
  .meta({ id: 'Pattern', description: 'Conversations about the same issue.' });

const listPatterns = apiEndpoint({
  method: 'get',
  path: '/api/v1/patterns',
  scope: 'insights:read',
  tag,
  summary: 'List patterns',
  description: 'The 1000 with most customers (or the newest) can be paged through.',
  query: pageQuery({
    category: z.enum(CATEGORIES).optional(),
    state: z.enum(PATTERN_STATES).default('open'),
    sort: z.enum(PATTERN_SORTS).default('customers'),
  }),
  response: pageOf(patternOutSchema),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, query: { category = null, state, sort, cursor, limit } }) => {
      const filter = { category, state, sort, before: numberedCursor(cursor) };
      const { rows, older } = await findPatterns(storage, organizationId, filter, now(), limit);
      return { data: rows, nextCursor: wrapCursor(older) };
    },
});

const getPattern = apiEndpoint({
  method: 'get',
  path: '/api/v1/patterns/:patternId',
  scope: 'insights:read',
  tag,
  summary: 'Get one pattern',
  params: z.object({ patternId: id('Of the pattern.') }),
  response: patternOutSchema,
  handler:
    ({ storage, now }) =>
    async ({ organizationId, params: { patternId } }) => {
      const pattern = await storage.patterns.get(organizationId, patternId);
      const [row] = pattern ? await patternRows(storage, organizationId, [pattern], now()) : [];
      if (!row) throw apiProblem('notFound');
      return row;
    },
});

export const patternApi = [listPatterns, getPattern, ...patternChangeApi];
