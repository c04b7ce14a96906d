import { z } from 'zod';
import { CATEGORIES, type Category } from '../domain/category.ts';
import { type Insight, insightSchema } from '../domain/insight.ts';
import { NOT_GONE } from './gone-insights.ts';
import type { InsightModel } from './insight-schema.ts';
import { type Cursor, literal } from './paging.ts';

/** What the Insights page filters by; all of them optional and ANDed. */
export interface InsightFilter {
  category?: Category | undefined;
  mailboxId?: number | undefined;
  patternId?: string | undefined;
  /** A customer's address, in lower case. */
  customerKey?: string | undefined;
  /** Only insights whose outcome is not `classified`. */
  needsReview?: boolean | undefined;
  maxConfidence?: number | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Literal text, without regard to case: in subject or summary, or how the customer's address begins. */
  search?: string | undefined;
}

export type CategoryCounts = Record<Category, number> & { needsReview: number; total: number };

const dailySchema = z.array(
  z.object({ _id: z.object({ day: z.string(), category: z.string().nullable() }), conversations: z.number() }),
);

/** Where a list of issues continues; its id is the conversation's, with `.{issue}` for a further one. */
function after({ at, id }: Cursor): Record<string, unknown> {
  const [conversationId = 0, issue = 0] = String(id).split('.').map(Number);
  return {
    $or: [
      { reportedAt: { $lt: at } },
      { reportedAt: at, conversationId: { $lt: conversationId } },
      { reportedAt: at, conversationId, issue: { $gt: issue } },
    ],
  };
}

/** An address that begins with `text`, or is it; a customer without an address has a key without @. */
const addressFrom = (text: string) => new RegExp(`^${literal(text).source}${text.includes('@') ? '' : '.*@'}`, 'i');

const match = (organizationId: string, filter: InsightFilter): Record<string, unknown> => {
  const query: Record<string, unknown> = { organizationId };
  if (filter.category) query.category = filter.category;
  if (filter.mailboxId !== undefined) query.mailboxId = filter.mailboxId;
  if (filter.patternId) query.patternId = filter.patternId;
  if (filter.customerKey) query.customerKey = filter.customerKey;
  if (filter.needsReview) query.outcome = { $ne: 'classified' };
  if (filter.maxConfidence !== undefined) query.confidence = { $lte: filter.maxConfidence };
  if (filter.from || filter.to) {
    query.reportedAt = { ...(filter.from && { $gte: filter.from }), ...(filter.to && { $lt: filter.to }) };
  }
  if (filter.search) {
    const pattern = literal(filter.search);
    query.$and = [{ $or: [{ subject: pattern }, { summary: pattern }, { customerKey: addressFrom(filter.search) }] }];
  }
  return query;
};

/** Reading side of the insights collection. */
export function createInsightQueries(model: InsightModel) {
  return {
    /** Newest report first, issues of one conversation in their order; `cursor` continues after the page before. */
    async list(
      organizationId: string,
      filter: InsightFilter,
      page: { limit: number; cursor?: Cursor | undefined },
    ): Promise<{ insights: Insight[]; next: Cursor | null }> {
      const query = match(organizationId, filter);
      const found = await model
        .find(page.cursor ? { $and: [query, after(page.cursor)] } : query)
        .sort({ reportedAt: -1, conversationId: -1, issue: 1 })
        .limit(page.limit + 1)
        .lean();
      const insights = found.slice(0, page.limit).map((document) => insightSchema.parse(document));
      const last = insights.at(-1);
      if (!last || found.length <= page.limit) return { insights, next: null };
      const id = last.issue === 0 ? last.conversationId : `${last.conversationId}.${last.issue}`;
      return { insights, next: { at: last.reportedAt, id } };
    },

    /** Issues by category under a filter (its own category is ignored, so that the tiles keep their numbers). */
    async counts(organizationId: string, filter: InsightFilter): Promise<CategoryCounts> {
      const rows = await model.aggregate([
        { $match: { ...match(organizationId, { ...filter, category: undefined }), ...NOT_GONE } },
        { $group: { _id: '$category', n: { $sum: 1 } } },
      ]);
      const counts: CategoryCounts = { bug: 0, feature: 0, documentation: 0, question: 0, needsReview: 0, total: 0 };
      for (const row of rows) {
        const category = CATEGORIES.find((name) => name === row._id);
        counts[category ?? 'needsReview'] += row.n;
        counts.total += row.n;
      }
      return counts;
    },

    /** Issues by day (YYYY-MM-DD in `timeZone`) and category, by the time the customer wrote. */
    async daily(
      organizationId: string,
      filter: InsightFilter,
      timeZone: string,
    ): Promise<{ day: string; category: Category | null; conversations: number }[]> {
      const rows = dailySchema.parse(
        await model.aggregate([
          { $match: { ...match(organizationId, filter), ...NOT_GONE } },
          {
            $group: {
              _id: {
                day: { $dateToString: { date: '$reportedAt', format: '%Y-%m-%d', timezone: timeZone } },
                category: '$category',
              },
              conversations: { $sum: 1 },
            },
          },
        ]),
      );
      return rows
        .map(({ _id, conversations }) => ({
          day: _id.day,
          category: CATEGORIES.find((name) => name === _id.category) ?? null,
          conversations,
        }))
        .sort((a, b) => a.day.localeCompare(b.day));
    },

    /**
     * When customers reported, by pattern: what trends are computed from. `from` limits how far back. Several issues of
     * a conversation in one pattern are one report.
     */
    async reports(
      organizationId: string,
      patternIds: readonly string[],
      from: Date,
    ): Promise<{ patternId: string; customerKey: string; reportedAt: Date }[]> {
      const found = await model
        .find(
          { organizationId, patternId: { $in: [...patternIds] }, reportedAt: { $gte: from }, ...NOT_GONE },
          { patternId: 1, conversationId: 1, customerKey: 1, reportedAt: 1 },
        )
        .lean();
      const once = new Map(found.map((report) => [`${report.conversationId}/${report.patternId}`, report]));
      return [...once.values()].map(({ patternId, customerKey, reportedAt }) => ({
        patternId: patternId ?? '',
        customerKey: customerKey ?? '',
        reportedAt: reportedAt ?? from,
      }));
    },
  };
}
