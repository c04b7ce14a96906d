import { z } from 'zod';
import { CATEGORIES, categorySchema } from '../../domain/category.ts';
import { DRIFT_SHARES } from '../../domain/drift.ts';
import { classifierIdentitySchema, insightSchema } from '../../domain/insight.ts';
import { organizationModelEntrySchema } from '../../domain/retraining.ts';
import { judgementSchema, regressionCaseSchema, reviewSchema } from '../../domain/review.ts';
import { reviewInsight } from '../commands/review-insight.ts';
import { qualityCard } from '../readers/quality-card.ts';
import { undecidedSince } from '../readers/review-queue.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { timeCursor, toPage } from './paging.ts';
import { clockOf, positiveNumber } from './parameters.ts';
import { apiProblem } from './problems.ts';

const tag = 'Quality';
const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const estimate = z
  .object({ hits: count, of: count, share, low: share, high: share })
  .meta({ id: 'Estimate', description: 'A share, and between what the true one lies 19 times in 20 (Wilson).' })
  .nullable();
const quality = z.object({
  judged: count,
  right: estimate.describe('Of those that were given a category, the part with the right one.'),
  leftOut: estimate.describe('The part that no category was given to.'),
  byCategory: z.array(z.object({ category: categorySchema, precision: estimate, recall: estimate })),
});
const cardSchema = z
  .object({
    weeks: count,
    sampled: count,
    overall: quality,
    byVersion: z.array(quality.extend({ classifier: classifierIdentitySchema, taxonomyVersion: count })),
    byWeek: z.array(quality.extend({ week: z.string() })),
    shares: z.array(z.object({ ends: z.string(), counts: z.record(z.enum(DRIFT_SHARES), count) })),
    drifts: z.array(z.object({ share: z.enum(DRIFT_SHARES), now: share, usual: share, low: share, high: share })),
    sameIssue: estimate.describe('Of random pairs that share a pattern, the part that is the same issue.'),
    grouping: z.object({
      days: count,
      splits: count,
      moves: count,
      merges: count,
      keptApart: count,
      suggested: count,
    }),
    cases: z.object({ total: count, corrected: count }),
    models: z.array(organizationModelEntrySchema),
  })
  .meta({ id: 'QualityCard', description: 'How good classifier and patterns are, by what people said.' });

const getQuality = apiEndpoint({
  method: 'get',
  path: '/api/v1/quality',
  scope: 'insights:read',
  tag,
  summary: 'Get the quality card',
  description: 'Measured by the weekly random samples alone.',
  response: cardSchema,
  handler:
    (deps) =>
    ({ organizationId, caller }) =>
      qualityCard(deps.storage, organizationId, clockOf(deps, caller)),
});

const undecidedSchema = insightSchema
  .pick({
    integrationId: true,
    conversationId: true,
    issue: true,
    outcome: true,
    suggestedCategory: true,
    confidence: true,
    subject: true,
    summary: true,
    reportedAt: true,
  })
  .meta({ id: 'UndecidedIssue', description: 'An issue that the classifier would not decide.' });

const listUndecided = apiEndpoint({
  method: 'get',
  path: '/api/v1/review-queue',
  scope: 'insights:read',
  tag,
  summary: 'List issues that wait for a person',
  description: 'The latest reports of the last 90 days that no category could be given to, 100 at most.',
  response: z.object({ data: z.array(undecidedSchema) }),
  handler:
    ({ storage, now }) =>
    async ({ organizationId }) => ({
      data: await storage.insights.undecided(organizationId, undecidedSince(now()), 100),
    }),
});

const reviewOut = reviewSchema
  .omit({ organizationId: true, contentHash: true })
  .meta({ id: 'Review', description: 'What somebody said to an insight, and what was there before.' });

const reviewConversation = apiEndpoint({
  method: 'post',
  path: '/api/v1/insights/:conversationId/review',
  scope: 'insights:write',
  tag,
  summary: 'Confirm or correct an insight',
  description: 'Binding for later runs. Saying what stands there confirms it.',
  params: z.object({ conversationId: positiveNumber('Help Scout’s id of the conversation.') }),
  body: z.object({
    issue: count.default(0).describe('0 for what the conversation is mainly about.'),
    category: z.enum(CATEGORIES),
    productArea: judgementSchema.shape.productArea.default(null),
    severity: judgementSchema.shape.severity.default(null),
  }),
  response: reviewOut,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { conversationId }, body: { issue, ...judgement } }) => {
      const known = await deps.storage.insights.ofConversation(organizationId, conversationId);
      const insight = known.find((one) => one.issue === issue);
      if (!insight) throw apiProblem('notFound');
      const key = { integrationId: insight.integrationId, conversationId, issue };
      const review = await reviewInsight(deps, organizationId, { by: caller.by, source: 'api' }, key, judgement);
      if (!review) throw apiProblem('notFound');
      return review;
    },
});

const caseOut = regressionCaseSchema.omit({ organizationId: true }).meta({
  id: 'RegressionCase',
  description: 'What people’s word on an issue is now, and what the classifier had said.',
});

const listCases = apiEndpoint({
  method: 'get',
  path: '/api/v1/regression-cases',
  scope: 'insights:read',
  tag,
  summary: 'List regression cases',
  description: 'Newest first.',
  query: pageQuery({}),
  response: pageOf(caseOut),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { cursor, limit } }) => {
      const page = { limit, cursor: timeCursor(cursor) };
      const { cases, next } = await storage.regressionCases.list(organizationId, page);
      return toPage(cases, next);
    },
});

export const qualityApi = [getQuality, listUndecided, reviewConversation, listCases];
