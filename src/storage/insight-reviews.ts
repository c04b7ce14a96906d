import { z } from 'zod';
import { type Insight, insightSchema } from '../domain/insight.ts';
import { type IssueKey, issueKeySchema, type Judgement, type Said, saidSchema } from '../domain/review.ts';
import { NOT_GONE } from './gone-insights.ts';
import { type InsightModel, MAIN_ISSUE } from './insight-schema.ts';

const frameSchema = issueKeySchema.extend({ issue: z.number().int().default(0), patternId: z.string().nullable() });
/** An issue that a sample may be drawn from, with what the classifier said. */
export type FrameIssue = z.infer<typeof frameSchema> & { said: Said; reviewed: boolean };

/** Outcomes that a person can help with: of `empty` there is nothing to read. */
const UNDECIDED = ['unsure', 'refused', 'malformed', 'truncated'] as const;

const UNPLACED = { patternId: null, category: { $ne: null } } as const;

/** The part of the insights collection that people's reviews need. */
export function createInsightReviews(model: InsightModel) {
  const filterOf = (organizationId: string, { integrationId, conversationId, issue }: IssueKey) => ({
    organizationId,
    integrationId,
    conversationId,
    issue: issue === 0 ? MAIN_ISSUE : issue,
  });

  return {
    /** One issue; null when there is none such. */
    async issue(organizationId: string, key: IssueKey): Promise<Insight | null> {
      const found = await model.findOne(filterOf(organizationId, key)).lean();
      return found ? insightSchema.parse(found) : null;
    },

    /** Writes a person's word (or what was there before it) into the insight. @returns whether it is there */
    async setJudged(
      organizationId: string,
      key: IssueKey,
      fields: Pick<Insight, 'outcome' | 'review'> & { [K in keyof Judgement]: Insight[K] },
    ): Promise<boolean> {
      return (await model.updateOne(filterOf(organizationId, key), { $set: fields })).matchedCount > 0;
    },

    /** Reports of a time, as a sample is drawn from them: those without any text are left out. Holds one at a time. */
    async *frame(organizationId: string, from: Date, to: Date): AsyncGenerator<FrameIssue> {
      const query = { organizationId, reportedAt: { $gte: from, $lt: to }, outcome: { $ne: 'empty' }, ...NOT_GONE };
      const fields = { ...Object.fromEntries(Object.keys(saidSchema.shape).map((name) => [name, 1])) };
      const cursor = model
        .find(query, { ...fields, integrationId: 1, conversationId: 1, issue: 1, patternId: 1, review: 1 })
        .lean()
        .cursor();
      for await (const document of cursor) {
        const said = saidSchema.parse(document);
        yield { ...frameSchema.parse(document), said, reviewed: (document.review ?? 'none') !== 'none' };
      }
    },

    /** Issues that no category could be given to and nobody has judged, the latest report first. */
    async undecided(organizationId: string, from: Date, limit: number): Promise<Insight[]> {
      const found = await model
        .find({
          organizationId,
          reportedAt: { $gte: from },
          outcome: { $in: [...UNDECIDED] },
          review: { $in: ['none', null] },
          ...NOT_GONE,
        })
        .sort({ reportedAt: -1, conversationId: -1, issue: 1 })
        .limit(limit)
        .lean();
      return found.map((document) => insightSchema.parse(document));
    },

    /** The integrations of an organization with issues that have a category and no pattern. */
    async unplacedIntegrations(organizationId: string): Promise<string[]> {
      return model.distinct('integrationId', { organizationId, ...UNPLACED });
    },

    /** Issues that have a category and no pattern, by conversation id from `from` on. */
    async unplaced(organizationId: string, integrationId: string, from: number, limit: number): Promise<Insight[]> {
      const found = await model
        .find({ organizationId, integrationId, conversationId: { $gte: from }, ...UNPLACED })
        .sort({ conversationId: 1, issue: 1 })
        .limit(limit)
        .lean();
      return found.map((document) => insightSchema.parse(document));
    },

    async countUndecided(organizationId: string, from: Date): Promise<number> {
      return model.countDocuments({
        organizationId,
        reportedAt: { $gte: from },
        outcome: { $in: [...UNDECIDED] },
        review: { $in: ['none', null] },
        ...NOT_GONE,
      });
    },
  };
}
