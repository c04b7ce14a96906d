import type { Connection } from 'mongoose';
import { CATEGORIES, type Category } from '../domain/category.ts';
import { type Insight, insightSchema } from '../domain/insight.ts';
import { contentHashesOf } from './content-hashes.ts';
import { isDuplicateKey, refusedAsDuplicates } from './duplicate-key.ts';
import { createGoneInsights, NOT_GONE } from './gone-insights.ts';
import { createInsightQueries } from './insight-queries.ts';
import { createInsightReviews } from './insight-reviews.ts';
import { dropFormerIndex, insightModel, MAIN_ISSUE } from './insight-schema.ts';
import { severitiesOf } from './insight-severities.ts';

type NewInsight = Omit<Insight, 'revision' | 'organizationId'>;

/** What a pattern's counts are made of. */
export interface PatternCounts {
  patternId: string;
  conversations: number;
  customers: number;
  byCategory: Partial<Record<Category, number>>;
  firstReportedAt: Date;
  lastReportedAt: Date;
}

/** Insights: of each conversation one per issue, numbered from 0. */
export function createInsightStore(connection: Connection) {
  const model = insightModel(connection);

  /**
   * Replaces all issues of a conversation, whoever reads or comes in between: the first issue is claimed under a new
   * revision and without a content hash, so that an interrupted replacement is done again, and gets its hash last.
   */
  const replace = async (
    key: { organizationId: string; integrationId: string; conversationId: number },
    [main, ...further]: readonly [NewInsight, ...NewInsight[]],
    before: number | null,
  ): Promise<boolean> => {
    const revision = (before ?? 0) + 1;
    const claim = { ...main, ...key, issue: 0, revision, contentHash: '' };
    if (before === null) await model.create(claim);
    else {
      const claimed = await model.updateOne({ ...key, issue: MAIN_ISSUE, revision: before }, { $set: claim });
      if (claimed.matchedCount === 0) return false;
    }
    for (const [index, insight] of further.entries()) {
      const issue = { ...key, issue: index + 1 };
      await model.updateOne(
        { ...issue, revision: { $lt: revision } },
        { $set: { ...insight, ...issue, revision } },
        { upsert: true },
      );
    }
    await model.deleteMany({ ...key, issue: { $gt: further.length }, revision: { $lt: revision } });
    const { contentHash } = main;
    const done = await model.updateOne({ ...key, issue: 0, revision }, { $set: { contentHash } });
    return done.matchedCount > 0;
  };

  /**
   * Stores what some conversations of a connection are about, the main issue of each first, unless this very content has
   * insights already: a repeated activity changes nothing. What a conversation had before is replaced whole. Of two that
   * come at once, one wins.
   * @returns the conversations that were stored
   */
  const saveMany = async (
    organizationId: string,
    conversations: readonly (readonly [NewInsight, ...NewInsight[]])[],
  ): Promise<Set<number>> => {
    const [first] = conversations;
    if (!first) return new Set();
    const { integrationId } = first[0];
    const ids = conversations.map(([{ conversationId }]) => conversationId);
    const found = await model
      .find(
        { organizationId, integrationId, conversationId: { $in: ids }, issue: MAIN_ISSUE },
        { conversationId: 1, contentHash: 1, revision: 1 },
      )
      .lean();
    const known = new Map(found.map((one) => [one.conversationId, one]));
    const stored = new Set<number>();
    const isNew = ([{ conversationId }, ...further]: readonly NewInsight[] & readonly [NewInsight, ...NewInsight[]]) =>
      !known.has(conversationId) && further.length === 0;
    for (const id of await insertNew(
      organizationId,
      conversations.filter(isNew).map(([main]) => main),
    ))
      stored.add(id);
    for (const issues of conversations.filter((one) => !isNew(one))) {
      const { conversationId, contentHash } = issues[0];
      const before = known.get(conversationId);
      if (before && before.contentHash === contentHash) continue;
      const key = { organizationId, integrationId, conversationId };
      try {
        if (await replace(key, issues, before?.revision ?? null)) stored.add(conversationId);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    }
    return stored;
  };

  /** @returns the conversations of those that nobody else was faster with */
  const insertNew = async (organizationId: string, insights: readonly NewInsight[]): Promise<number[]> => {
    if (insights.length === 0) return [];
    const documents = insights.map((one) => ({ ...one, organizationId, issue: 0, revision: 1 }));
    try {
      await model.insertMany(documents, { ordered: false });
    } catch (error) {
      const refused = refusedAsDuplicates(error);
      return insights.flatMap(({ conversationId }, at) => (refused.has(at) ? [] : [conversationId]));
    }
    return insights.map(({ conversationId }) => conversationId);
  };

  return {
    ...createInsightQueries(model),

    /** How bad the customers of each pattern say it is (domain/record-priority.ts). */
    severities: (organizationId: string, patternIds: readonly string[]) =>
      severitiesOf(model, organizationId, patternIds),
    ...createInsightReviews(model),
    ...createGoneInsights(model),

    /** For a database that an earlier version made. */
    dropFormerIndex: () => dropFormerIndex(model),

    saveMany,

    /** The same for one conversation. @returns whether it was stored */
    async save(organizationId: string, main: NewInsight, further: readonly NewInsight[] = []): Promise<boolean> {
      return (await saveMany(organizationId, [[main, ...further]])).has(main.conversationId);
    },

    /** What the conversation is mainly about. */
    async get(organizationId: string, conversationId: number): Promise<Insight | null> {
      const found = await model
        .findOne({ organizationId, conversationId, issue: MAIN_ISSUE })
        .sort({ classifiedAt: -1 })
        .lean();
      return found ? insightSchema.parse(found) : null;
    },

    /** All issues of a conversation as its newest integration has them, the main one first. */
    async ofConversation(organizationId: string, conversationId: number): Promise<Insight[]> {
      const found = await model.find({ organizationId, conversationId }).sort({ classifiedAt: -1, issue: 1 }).lean();
      return found
        .filter(({ integrationId }) => integrationId === found[0]?.integrationId)
        .map((document) => insightSchema.parse(document))
        .sort((a, b) => a.issue - b.issue);
    },

    /** All issues of some conversations, the main one of each before its others. */
    async getMany(organizationId: string, integrationId: string, conversationIds: number[]): Promise<Insight[]> {
      const found = await model
        .find({ organizationId, integrationId, conversationId: { $in: conversationIds } })
        .sort({ conversationId: 1, issue: 1 })
        .lean();
      return found.map((document) => insightSchema.parse(document));
    },

    /** Every insight of an organization, in no order that means anything; holds one at a time. */
    async *stream(organizationId: string): AsyncGenerator<Insight> {
      for await (const document of model.find({ organizationId }).lean().cursor()) yield insightSchema.parse(document);
    },

    /** Content hash by conversation id, of those that are classified. */
    contentHashes: (organizationId: string, integrationId: string, conversationIds: number[]) =>
      contentHashesOf(model, organizationId, integrationId, conversationIds, { issue: MAIN_ISSUE }),

    /**
     * Recounts patterns from their insights: exact whatever was repeated or interrupted before. Conversations and
     * customers count once, however many issues of theirs are in a pattern.
     */
    async patternCounts(organizationId: string, patternIds: readonly string[]): Promise<PatternCounts[]> {
      const rows = await model.aggregate([
        { $match: { organizationId, patternId: { $in: [...patternIds] }, ...NOT_GONE } },
        {
          $group: {
            _id: '$patternId',
            conversations: { $addToSet: '$conversationId' },
            customers: { $addToSet: '$customerKey' },
            ...Object.fromEntries(
              CATEGORIES.map((category) => [category, { $sum: { $cond: [{ $eq: ['$category', category] }, 1, 0] } }]),
            ),
            firstReportedAt: { $min: '$reportedAt' },
            lastReportedAt: { $max: '$reportedAt' },
          },
        },
      ]);
      return rows.map((row) => ({
        patternId: row._id,
        conversations: row.conversations.length,
        customers: row.customers.length,
        byCategory: Object.fromEntries(CATEGORIES.map((category) => [category, row[category]])),
        firstReportedAt: row.firstReportedAt,
        lastReportedAt: row.lastReportedAt,
      }));
    },
  };
}
