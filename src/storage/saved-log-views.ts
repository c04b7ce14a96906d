import { createHash } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const savedViewSchema = z.object({
  viewId: z.string(),
  name: z.string(),
  /** The page's query string, without the question mark. */
  query: z.string(),
});
/** Filters of the log under a name, for the member who saved them. */
export type SavedLogView = z.infer<typeof savedViewSchema>;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    viewId: { type: String, required: true },
    organizationId: { type: String, required: true },
    memberId: { type: String, required: true },
    name: { type: String, required: true },
    query: { type: String, default: '' },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, memberId: 1, name: 1 });

/** Saved views of the log page. A member's names are unique: saving under one again replaces it. */
export function createSavedLogViewStore(connection: Connection) {
  const model = connection.model('SavedLogView', schema, 'savedLogViews');
  const keyOf = (organizationId: string, memberId: string, viewId: string) => `${organizationId}/${memberId}/${viewId}`;

  return {
    /** By name. */
    async list(organizationId: string, memberId: string): Promise<SavedLogView[]> {
      const found = await model.find({ organizationId, memberId }).lean();
      return found.map((view) => savedViewSchema.parse(view)).sort((a, b) => a.name.localeCompare(b.name));
    },

    async save(organizationId: string, memberId: string, view: Omit<SavedLogView, 'viewId'>): Promise<SavedLogView> {
      const { name, query } = savedViewSchema.omit({ viewId: true }).parse(view);
      const viewId = createHash('sha256').update(name).digest('hex').slice(0, 24);
      const _id = keyOf(organizationId, memberId, viewId);
      await onceMoreIfDuplicate(() =>
        model.updateOne({ _id }, { $set: { viewId, organizationId, memberId, name, query } }, { upsert: true }),
      );
      return { viewId, name, query };
    },

    /** @returns false when the member has no such view */
    async remove(organizationId: string, memberId: string, viewId: string): Promise<boolean> {
      const _id = keyOf(organizationId, memberId, z.string().parse(viewId));
      return (await model.deleteOne({ _id, organizationId, memberId })).deletedCount > 0;
    },
  };
}
