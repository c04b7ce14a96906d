import { z } from 'zod';
import { CATEGORIES, type categorySchema } from '../../domain/category.ts';
import { insightSchema } from '../../domain/insight.ts';
import { mayReadMessages } from '../../domain/roles.ts';
import { ATTENTIONS, RANGES } from '../../ui/props.ts';
import { insightRows } from '../readers/insight-rows.ts';
import { insightFilter } from '../readers/insights-list.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { insightTimeCursor, toPage } from './paging.ts';
import { clockOf, positiveNumber } from './parameters.ts';
import { apiProblem } from './problems.ts';

const tag = 'Insights';

export const insightRowSchema = insightSchema
  .pick({
    conversationId: true,
    subject: true,
    summary: true,
    outcome: true,
    category: true,
    confidence: true,
    severity: true,
    reportedAt: true,
  })
  .extend({
    number: z.number().int().describe('Of the conversation, as Help Scout shows it.'),
    customer: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
    mailboxName: z.string(),
    pattern: z.object({ patternId: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'InsightRow', description: 'What a conversation is about, with what stands beside it in lists.' });

const insightOutSchema = insightSchema
  .omit({ organizationId: true, contentHash: true, customerKey: true })
  .meta({ id: 'Insight', description: 'What a conversation is about, with the customer’s words that say so.' });

const FILTERS = {
  category: z.enum(CATEGORIES).optional(),
  mailbox: z.coerce.number().int().positive().optional().describe('Help Scout’s id of the mailbox.'),
  range: z.enum(RANGES).default('90d').describe('Days up to today, by when the customer wrote.'),
  q: z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe('Literal text in subject or summary, or how the customer’s address begins.'),
  attention: z.enum(ATTENTIONS).optional(),
};

const listInsights = apiEndpoint({
  method: 'get',
  path: '/api/v1/insights',
  scope: 'insights:read',
  tag,
  summary: 'List insights',
  description: 'Newest report first. Without `range`, those of the last 90 days.',
  query: pageQuery(FILTERS),
  response: pageOf(insightRowSchema),
  handler:
    (deps) =>
    async ({ organizationId, caller, query: { cursor, limit, ...query } }) => {
      const { category = null, mailbox = null, attention = null, range, q } = query;
      const wanted = insightFilter({ category, mailbox, attention, range, q }, clockOf(deps, caller));
      const page = { limit, cursor: insightTimeCursor(cursor) };
      const { insights, next } = await deps.storage.insights.list(organizationId, wanted, page);
      return toPage(await insightRows(deps.storage, organizationId, insights), next);
    },
});

const countInsights = apiEndpoint({
  method: 'get',
  path: '/api/v1/insights/summary',
  scope: 'insights:read',
  tag,
  summary: 'Count insights by category',
  query: z.strictObject(FILTERS).omit({ category: true }),
  response: z
    .object({
      ...(Object.fromEntries(CATEGORIES.map((category) => [category, z.number().int()])) as Record<
        z.infer<typeof categorySchema>,
        z.ZodInt
      >),
      needsReview: z.number().int(),
      total: z.number().int(),
    })
    .meta({ id: 'InsightCounts' }),
  handler:
    (deps) =>
    async ({ organizationId, caller, query: { mailbox = null, attention = null, range, q } }) => {
      const wanted = insightFilter({ category: null, mailbox, attention, range, q }, clockOf(deps, caller));
      return deps.storage.insights.counts(organizationId, wanted);
    },
});

const getInsight = apiEndpoint({
  method: 'get',
  path: '/api/v1/insights/:conversationId',
  scope: 'insights:read',
  tag,
  summary: 'Get the insight of a conversation',
  params: z.object({ conversationId: positiveNumber('Help Scout’s id of the conversation.') }),
  response: insightOutSchema,
  handler:
    ({ storage }) =>
    async ({ organizationId, caller, params: { conversationId } }) => {
      const insight = await storage.insights.get(organizationId, conversationId);
      if (!insight) throw apiProblem('notFound');
      // Evidence is in the customer's words.
      return mayReadMessages(caller.role) ? insight : { ...insight, evidence: [] };
    },
});

export const insightApi = [listInsights, countInsights, getInsight];
