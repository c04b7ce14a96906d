import { type Connection, Schema } from 'mongoose';
import { type IssueKey, issueKeyOf, type RegressionCase, regressionCaseSchema, type Said } from '../domain/review.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import { type Cursor, olderThan } from './paging.ts';

const schema = new Schema(
  {
    /** Organization and issue. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    issue: { type: Number, required: true },
    reviewId: { type: String, required: true },
    judgement: { type: Schema.Types.Mixed, required: true },
    verdict: { type: String, required: true },
    said: { type: Schema.Types.Mixed, required: true },
    saidSince: { type: Schema.Types.Mixed, default: null },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, integrationId: 1, conversationId: 1 });
schema.index({ organizationId: 1, at: -1, reviewId: -1 });

/** People's word on issues as it is now, one for each issue: see RegressionCase. */
export function createRegressionCaseStore(connection: Connection) {
  const model = connection.model('RegressionCase', schema, 'regressionCases');
  const idOf = (organizationId: string, key: IssueKey) => `${organizationId}/${issueKeyOf(key)}`;

  return {
    async put(organizationId: string, entry: Omit<RegressionCase, 'organizationId'>): Promise<void> {
      const _id = idOf(organizationId, entry);
      await onceMoreIfDuplicate(() =>
        model.updateOne({ _id }, { $set: { ...entry, organizationId } }, { upsert: true }),
      );
    },

    /** Keeps what the classifier says of an issue by now, where people's word stands before it. */
    async noteSaid(organizationId: string, key: IssueKey, saidSince: Said): Promise<void> {
      await model.updateOne({ _id: idOf(organizationId, key) }, { $set: { saidSince } });
    },

    async remove(organizationId: string, key: IssueKey): Promise<void> {
      await model.deleteOne({ _id: idOf(organizationId, key) });
    },

    async get(organizationId: string, key: IssueKey): Promise<RegressionCase | null> {
      const found = await model.findById(idOf(organizationId, key)).lean();
      return found ? regressionCaseSchema.parse(found) : null;
    },

    /** By conversation: what later runs must keep (`boundByReview`). Conversations that nobody judged are not in it. */
    async binding(
      organizationId: string,
      integrationId: string,
      conversationIds: readonly number[],
    ): Promise<Map<number, RegressionCase[]>> {
      const found = await model
        .find({ organizationId, integrationId, conversationId: { $in: [...conversationIds] } })
        .sort({ conversationId: 1, issue: 1 })
        .lean();
      const cases = new Map<number, RegressionCase[]>();
      for (const document of found) {
        const one = regressionCaseSchema.parse(document);
        cases.set(one.conversationId, [...(cases.get(one.conversationId) ?? []), one]);
      }
      return cases;
    },

    /** Of some issues, those that somebody judged, by `issueKeyOf`. */
    async ofIssues(organizationId: string, keys: readonly IssueKey[]): Promise<Map<string, RegressionCase>> {
      const found = await model.find({ _id: { $in: keys.map((key) => idOf(organizationId, key)) } }).lean();
      return new Map(
        found.map((document) => {
          const one = regressionCaseSchema.parse(document);
          return [issueKeyOf(one), one] as const;
        }),
      );
    },

    /** Newest first. */
    async list(
      organizationId: string,
      page: { limit: number; cursor?: Cursor | undefined },
    ): Promise<{ cases: RegressionCase[]; next: Cursor | null }> {
      const found = await model
        .find({ organizationId, ...(page.cursor && olderThan('at', 'reviewId', page.cursor)) })
        .sort({ at: -1, reviewId: -1 })
        .limit(page.limit + 1)
        .lean();
      const cases = found.slice(0, page.limit).map((document) => regressionCaseSchema.parse(document));
      const last = cases.at(-1);
      return { cases, next: found.length > page.limit && last ? { at: last.at, id: last.reviewId } : null };
    },

    /** All of them, the oldest first, so that a repeated training sees one order. Holds one at a time. */
    async *stream(organizationId: string): AsyncGenerator<RegressionCase> {
      const cursor = model.find({ organizationId }).sort({ at: 1, reviewId: 1 }).lean().cursor();
      for await (const document of cursor) yield regressionCaseSchema.parse(document);
    },

    async count(organizationId: string): Promise<{ total: number; corrected: number }> {
      const [total, corrected] = await Promise.all([
        model.countDocuments({ organizationId }),
        model.countDocuments({ organizationId, verdict: 'corrected' }),
      ]);
      return { total, corrected };
    },
  };
}
