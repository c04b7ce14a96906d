import { type Connection, Schema } from 'mongoose';
import { type OrganizationModelEntry, organizationModelEntrySchema, type RetrainReport } from '../domain/retraining.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { createRecent } from './recent.ts';

/** Organizations with a model of their own that one process serves at a time. */
const MOST_KEPT = 50;

const schema = new Schema(
  {
    /** Organization and version. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    basedOn: { type: String, default: null },
    madeAt: { type: Date, required: true },
    madeBy: { type: String, required: true },
    undoneAt: { type: Date, default: null },
    undoneBy: { type: String, default: null },
    report: { type: Schema.Types.Mixed, default: null },
    /** As JSON: what is in it is the classifier's business. */
    model: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, version: -1 });

export interface OrganizationModelInForce {
  version: number;
  /** Organization and version: what stands under it never changes. */
  key: string;
  /** The shipped weights that it goes on top of. */
  basedOn: string;
  /** Parsed JSON of unknown shape: who uses it parses it. */
  model: unknown;
}

/** Offline models that organizations trained from their own corrections. */
export function createOrganizationModelStore(connection: Connection) {
  const model = connection.model('OrganizationModel', schema, 'organizationModels');
  const WITHOUT_NUMBERS = { model: 0 } as const;
  /** Hundreds of kilobytes each, and asked for with every page of conversations. */
  const recent = createRecent<OrganizationModelInForce>(MOST_KEPT);
  const idOf = (organizationId: string, version: number) => `${organizationId}/${version}`;

  return {
    /** The latest that is published; null where the shipped weights are used as they are. */
    async current(organizationId: string): Promise<OrganizationModelInForce | null> {
      const query = { organizationId, state: 'published' };
      const latest = await model.findOne(query, WITHOUT_NUMBERS).sort({ version: -1 }).lean();
      if (!latest?.basedOn) return null;
      const { _id: key, version, basedOn } = latest;
      const known = recent.get(key);
      if (known) return known;
      const found = await model.findById(key, { model: 1 }).lean();
      if (!found?.model) return null;
      const inForce = { version, key, basedOn, model: JSON.parse(found.model) };
      recent.set(key, inForce);
      return inForce;
    },

    /** Notes that the next version is being trained. @returns its number */
    async begin(organizationId: string, by: string, at: Date): Promise<number> {
      for (;;) {
        const latest = await model.findOne({ organizationId }, { version: 1 }).sort({ version: -1 }).lean();
        const version = (latest?.version ?? 0) + 1;
        try {
          const _id = idOf(organizationId, version);
          await model.create({ _id, organizationId, version, state: 'training', madeAt: at, madeBy: by });
          return version;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    /** Keeps what a training made; it is in force at once when it is published. One that ended before stays as it is. */
    async finish(
      organizationId: string,
      version: number,
      result: { state: 'published' | 'rejected'; basedOn: string; model: unknown; report: RetrainReport },
    ): Promise<void> {
      await model.updateOne(
        { _id: idOf(organizationId, version), state: 'training' },
        { $set: { ...result, model: JSON.stringify(result.model) } },
      );
    },

    /** Notes that nothing came of a training. */
    async fail(organizationId: string, version: number): Promise<void> {
      await model.updateOne({ _id: idOf(organizationId, version), state: 'training' }, { $set: { state: 'failed' } });
    },

    /**
     * Takes back the version in force: from then on the one before it holds, or the shipped weights.
     * @returns false when this version is not the one in force
     */
    async undo(organizationId: string, version: number, by: string, at: Date): Promise<boolean> {
      const latest = await model
        .findOne({ organizationId, state: 'published' }, { version: 1 })
        .sort({ version: -1 })
        .lean();
      if (latest?.version !== version) return false;
      const done = await model.updateOne(
        { _id: idOf(organizationId, version), state: 'published' },
        { $set: { state: 'undone', undoneAt: at, undoneBy: by } },
      );
      return done.modifiedCount > 0;
    },

    /** All versions, the newest first. */
    async list(organizationId: string): Promise<OrganizationModelEntry[]> {
      const found = await model.find({ organizationId }, WITHOUT_NUMBERS).sort({ version: -1 }).lean();
      return found.map((document) => organizationModelEntrySchema.parse(document));
    },
  };
}
