import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { type IssueKey, type Review, type ReviewSource, reviewSchema } from '../domain/review.ts';

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    issue: { type: Number, required: true },
    source: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    verdict: { type: String, required: true },
    before: { type: Schema.Types.Mixed, required: true },
    after: { type: Schema.Types.Mixed, default: null },
    contentHash: { type: String, default: '' },
    undone: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, conversationId: 1, at: -1 });
schema.index({ organizationId: 1, by: 1, at: -1 });
schema.index({ organizationId: 1, verdict: 1, at: -1 });

/** Everything that people said to insights, with what was there before. Entries are added, and taken back once. */
export function createReviewStore(connection: Connection) {
  const model = connection.model('Review', schema, 'reviews');
  const toReview = ({ _id, ...rest }: { _id: string }): Review => reviewSchema.parse({ ...rest, reviewId: _id });

  return {
    async add(organizationId: string, review: Omit<Review, 'reviewId' | 'organizationId' | 'undone'>): Promise<Review> {
      const created = await model.create({ ...review, organizationId, _id: randomUUID() });
      return toReview(created.toObject());
    },

    async get(organizationId: string, reviewId: string): Promise<Review | null> {
      const found = await model.findOne({ _id: reviewId, organizationId }).lean();
      return found ? toReview(found) : null;
    },

    /** Takes one back. @returns null when there is none, or it was taken back before */
    async undo(organizationId: string, reviewId: string, by: string, at: Date): Promise<Review | null> {
      const found = await model
        .findOneAndUpdate(
          { _id: reviewId, organizationId, undone: null },
          { $set: { undone: { by, at } } },
          { returnDocument: 'after' },
        )
        .lean();
      return found ? toReview(found) : null;
    },

    /** Of one issue, the newest first; those that were taken back too. */
    async ofIssue(organizationId: string, { integrationId, conversationId, issue }: IssueKey): Promise<Review[]> {
      const found = await model
        .find({ organizationId, conversationId, integrationId, issue })
        .sort({ at: -1 })
        .limit(100)
        .lean();
      return found.map(toReview);
    },

    /** All that was said to a conversation, the newest first. */
    async ofConversation(organizationId: string, conversationId: number): Promise<Review[]> {
      const found = await model.find({ organizationId, conversationId }).sort({ at: -1 }).limit(100).lean();
      return found.map(toReview);
    },

    /** What somebody said last in one of the queues, and has not taken back. */
    async latestOf(organizationId: string, by: string, sources: readonly ReviewSource[]): Promise<Review | null> {
      const found = await model
        .findOne({ organizationId, by, source: { $in: [...sources] }, undone: null })
        .sort({ at: -1 })
        .lean();
      return found ? toReview(found) : null;
    },

    /** Issues that were skipped in a queue since a time. */
    async skippedSince(organizationId: string, source: ReviewSource, since: Date): Promise<Review[]> {
      const found = await model
        .find({ organizationId, verdict: 'skipped', at: { $gte: since }, source, undone: null })
        .lean();
      return found.map(toReview);
    },
  };
}
