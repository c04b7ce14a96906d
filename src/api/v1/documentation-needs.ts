import { z } from 'zod';
import { DOCUMENTATION_PROBLEMS } from '../../domain/documentation-need.ts';
import { RANGES } from '../../ui/props.ts';
import { documentationNeeds, needFilter } from '../readers/documentation-needs.ts';
import { apiEndpoint, limitOf } from './api-endpoint.ts';
import { clockOf } from './parameters.ts';

const counted = {
  customers: z.number().int().describe('Distinct customers.'),
  conversations: z.number().int(),
  lastReportedAt: z.date(),
};
const articleSchema = z
  .object({
    articleId: z.string(),
    title: z.string(),
    url: z.string(),
    ...counted,
    problems: z
      .object(Object.fromEntries(DOCUMENTATION_PROBLEMS.map((problem) => [problem, z.number().int()])))
      .describe('Conversations by what is wrong with the article.'),
  })
  .meta({ id: 'FailedArticle', description: 'A help article that should have answered, and did not.' });
const topicSchema = z
  .object({
    ...counted,
    summary: z.string().describe('Of its latest conversation.'),
    conversationId: z.number().int().describe('Its latest conversation.'),
    pattern: z.object({ patternId: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'MissingTopic', description: 'Something that no help article is about.' });

const getDocumentationNeeds = apiEndpoint({
  method: 'get',
  path: '/api/v1/documentation-needs',
  scope: 'insights:read',
  tag: 'Insights',
  summary: 'List the help articles that failed customers, and what no article is about',
  description: 'Most customers first. Articles are those of the mapped Docs collections.',
  query: z.strictObject({
    problem: z.enum(DOCUMENTATION_PROBLEMS).optional(),
    range: z.enum(RANGES).default('90d').describe('Days up to today, by when the customer wrote.'),
    limit: limitOf(200, 50, 'Of each list.'),
  }),
  response: z
    .object({ articles: z.array(articleSchema), topics: z.array(topicSchema) })
    .meta({ id: 'DocumentationNeeds' }),
  handler:
    (deps) =>
    async ({ organizationId, caller, query: { problem = null, range, limit } }) =>
      documentationNeeds(deps.storage, organizationId, needFilter({ problem, range }, clockOf(deps, caller)), limit),
});

export const documentationApi = [getDocumentationNeeds];
