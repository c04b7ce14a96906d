import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type Direction, directionSchema, type SyncEventType, syncEventTypeSchema } from '../domain/sync-event.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

export const facetSchema = z.object({ type: syncEventTypeSchema, direction: directionSchema });
/** One kind of row: a type, and where it goes. */
export interface LogFacet {
  type: SyncEventType;
  direction: Direction;
}

const schema = new Schema(
  { _id: { type: String, required: true }, facets: { type: [String], default: [] } },
  { versionKey: false },
);

const written = ({ type, direction }: LogFacet) => `${type} ${direction}`;
const read = (text: string): LogFacet => {
  const [type, direction] = text.split(' ');
  return facetSchema.parse({ type, direction });
};

/**
 * Which kinds of rows an organization has, or had once: a reader that goes through the log kind by kind asks for no
 * others. Kinds are added before the first row of theirs is written, and stay.
 */
export function createLogFacets(connection: Connection, survey: (organizationId: string) => Promise<LogFacet[]>) {
  const model = connection.model('LogFacets', schema, 'logFacets');
  /** What was added by this process. */
  const added = new Set<string>();

  const write = async (organizationId: string, texts: readonly string[]): Promise<void> => {
    const addition = { $addToSet: { facets: { $each: [...texts] } } };
    await onceMoreIfDuplicate(() => model.updateOne({ _id: organizationId }, addition, { upsert: true }));
  };

  const list = async (organizationId: string): Promise<LogFacet[]> => {
    const found = await model.findById(organizationId).lean();
    if (found) return found.facets.map(read);
    const surveyed = await survey(organizationId);
    await write(organizationId, surveyed.map(written));
    return surveyed;
  };

  return {
    async add(organizationId: string, facets: readonly LogFacet[]): Promise<void> {
      const texts = [...new Set(facets.map(written))];
      const fresh = texts.filter((text) => !added.has(`${organizationId}/${text}`));
      if (fresh.length === 0) return;
      await list(organizationId);
      await write(organizationId, fresh);
      for (const text of fresh) added.add(`${organizationId}/${text}`);
    },

    /** Looks through the rows themselves when nothing is known of this organization yet. */
    list,

    /** Looks through the rows again. */
    async renew(organizationId: string): Promise<void> {
      await write(organizationId, (await survey(organizationId)).map(written));
    },
  };
}
export type LogFacets = ReturnType<typeof createLogFacets>;
