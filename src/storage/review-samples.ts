import { type Connection, Schema } from 'mongoose';
import { type PAIR_ANSWERS, type ReviewSample, reviewSampleSchema } from '../domain/review-sample.ts';
import { isDuplicateKey } from './duplicate-key.ts';

const schema = new Schema(
  {
    /** Organization and week. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    week: { type: String, required: true },
    drawnAt: { type: Date, required: true },
    frame: { type: Number, required: true },
    members: { type: [Schema.Types.Mixed], default: [] },
    asked: { type: Number, default: 0 },
    skipped: { type: [Number], default: [] },
    pairs: { type: [Schema.Types.Mixed], default: [] },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, week: -1 });

/** The weekly random samples that quality is measured by. What was drawn stays as it was drawn. */
export function createReviewSampleStore(connection: Connection) {
  const model = connection.model('ReviewSample', schema, 'reviewSamples');
  const idOf = (organizationId: string, week: string) => `${organizationId}/${week}`;

  const store = {
    async get(organizationId: string, week: string): Promise<ReviewSample | null> {
      const found = await model.findById(idOf(organizationId, week)).lean();
      return found ? reviewSampleSchema.parse(found) : null;
    },

    /** Keeps a drawn sample; of two drawn for one week, the first. */
    async add(organizationId: string, sample: Omit<ReviewSample, 'organizationId'>): Promise<ReviewSample> {
      try {
        await model.create({ ...sample, _id: idOf(organizationId, sample.week), organizationId });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return reviewSampleSchema.parse(await model.findById(idOf(organizationId, sample.week)).lean());
    },

    /** Notes that people were asked about the member at a place; `skipped` when nobody could say. */
    async noteAsked(organizationId: string, week: string, place: number, skipped: boolean): Promise<void> {
      await model.updateOne(
        { _id: idOf(organizationId, week) },
        { $max: { asked: place + 1 }, ...(skipped && { $addToSet: { skipped: place } }) },
      );
    },

    /** Asks about a skipped member again. */
    async unskip(organizationId: string, week: string, place: number): Promise<void> {
      await model.updateOne({ _id: idOf(organizationId, week) }, { $pull: { skipped: place } });
    },

    /** What somebody said about a pair; null takes it back. @returns false when there is no such pair */
    async answerPair(
      organizationId: string,
      week: string,
      place: number,
      answer: (typeof PAIR_ANSWERS)[number] | null,
      by: string,
    ): Promise<boolean> {
      const there = { _id: idOf(organizationId, week), [`pairs.${place}`]: { $exists: true } };
      const $set = { [`pairs.${place}.answer`]: answer, [`pairs.${place}.by`]: answer && by };
      return (await model.updateOne(there, { $set })).matchedCount > 0;
    },

    /** The samples of some weeks back, the oldest first. */
    async since(organizationId: string, week: string): Promise<ReviewSample[]> {
      const found = await model
        .find({ organizationId, week: { $gte: week } })
        .sort({ week: 1 })
        .lean();
      return found.map((document) => reviewSampleSchema.parse(document));
    },
  };
  return store;
}
