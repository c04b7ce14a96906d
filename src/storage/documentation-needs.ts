import type { Connection } from 'mongoose';
import { z } from 'zod';
import {
  DOCUMENTATION_PROBLEMS,
  type DocumentationProblem,
  type FailedArticle,
  type MissingTopic,
} from '../domain/documentation-need.ts';
import { type Insight, insightSchema } from '../domain/insight.ts';
import { NOT_GONE } from './gone-insights.ts';
import { insightModel } from './insight-schema.ts';

/** Which documentation needs; all of it optional and ANDed. */
export interface NeedFilter {
  problem?: DocumentationProblem | undefined;
  /** By when the customer wrote. */
  from?: Date | undefined;
}

const counted = { conversations: z.number(), customers: z.number(), lastReportedAt: z.date() };
const articleRowSchema = z.object({
  ...counted,
  _id: z.string(),
  title: z.string(),
  url: z.string(),
  missing: z.number(),
  hardToFind: z.number(),
  wrong: z.number(),
});
const topicRowSchema = z.object({
  ...counted,
  patternId: z.string().nullable(),
  conversationId: z.number(),
  summary: z.string(),
});

/** What of each group is counted: conversations once however many issues they have, customers however often they write. */
const COUNTS = {
  conversations: { $addToSet: '$conversationId' },
  customers: { $addToSet: '$customerKey' },
  lastReportedAt: { $first: '$reportedAt' },
};
const BY_CUSTOMERS = [
  { $addFields: { conversations: { $size: '$conversations' }, customers: { $size: '$customers' } } },
  { $sort: { customers: -1 as const, conversations: -1 as const, _id: 1 as const } },
];

/** Documentation needs, by the article that should have answered. */
export function createDocumentationNeedStore(connection: Connection) {
  const model = insightModel(connection);
  const match = (organizationId: string, { problem, from }: NeedFilter) => ({
    ...{ organizationId, category: 'documentation', ...NOT_GONE },
    ...(from && { reportedAt: { $gte: from } }),
    'documentation.problem': problem ?? { $in: [...DOCUMENTATION_PROBLEMS] },
  });

  return {
    /** Articles by the distinct customers that they failed, most first. */
    async byArticle(organizationId: string, filter: NeedFilter, limit: number): Promise<FailedArticle[]> {
      const isProblem = (problem: DocumentationProblem) => ({
        $sum: { $cond: [{ $eq: ['$documentation.problem', problem] }, 1, 0] },
      });
      const rows = await model.aggregate([
        { $match: { ...match(organizationId, filter), 'documentation.article': { $ne: null } } },
        { $sort: { reportedAt: -1, conversationId: -1 } },
        {
          $group: {
            _id: '$documentation.article.articleId',
            ...COUNTS,
            title: { $first: '$documentation.article.title' },
            url: { $first: '$documentation.article.url' },
            ...{ missing: isProblem('missing'), hardToFind: isProblem('hardToFind'), wrong: isProblem('wrong') },
          },
        },
        ...BY_CUSTOMERS,
        { $limit: limit },
      ]);
      return z
        .array(articleRowSchema)
        .parse(rows)
        .map(({ _id, missing, hardToFind, wrong, ...rest }) => ({
          ...rest,
          articleId: _id,
          problems: { missing, hardToFind, wrong },
        }));
    },

    /** What no article is about, by pattern, by the distinct customers who asked for it; most first. */
    async withoutArticle(organizationId: string, filter: NeedFilter, limit: number): Promise<MissingTopic[]> {
      const rows = await model.aggregate([
        { $match: { ...match(organizationId, filter), 'documentation.article': null } },
        { $sort: { reportedAt: -1, conversationId: -1 } },
        {
          $group: {
            _id: { $ifNull: ['$patternId', '$conversationId'] },
            ...COUNTS,
            patternId: { $first: '$patternId' },
            conversationId: { $first: '$conversationId' },
            summary: { $first: '$summary' },
          },
        },
        ...BY_CUSTOMERS,
        { $limit: limit },
      ]);
      return z.array(topicRowSchema).parse(rows);
    },

    /** The needs that name an article, newest first. */
    async ofArticle(organizationId: string, articleId: string, filter: NeedFilter, limit: number): Promise<Insight[]> {
      const found = await model
        .find({ ...match(organizationId, filter), 'documentation.article.articleId': articleId })
        .sort({ reportedAt: -1, conversationId: -1 })
        .limit(limit)
        .lean();
      return found.map((document) => insightSchema.parse(document));
    },

    /** How many there are, of any problem and time. */
    count: (organizationId: string): Promise<number> => model.countDocuments(match(organizationId, {})),
  };
}
