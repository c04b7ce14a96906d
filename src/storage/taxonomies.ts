import { type Connection, Schema } from 'mongoose';
import { learnedAreas } from '../domain/learned-areas.ts';
import {
  FIRST_TAXONOMY,
  type Taxonomy,
  type TaxonomyDraft,
  taxonomyDraftSchema,
  taxonomySchema,
} from '../domain/taxonomy.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { createIntegrationStore } from './integrations.ts';

const schema = new Schema(
  {
    /** Organization and version: of two that save at once, each gets a version of its own. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    version: { type: Number, required: true },
    definitions: { type: Schema.Types.Mixed, required: true },
    severities: { type: Schema.Types.Mixed, required: true },
    productAreas: { type: [Schema.Types.Mixed], default: [] },
    instructions: { type: String, default: '' },
    savedAt: { type: Date, required: true },
    savedBy: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, version: -1 });

/**
 * The versions of each organization's taxonomy; what is saved is never changed. Version 1 is the one that nobody wrote:
 * its product areas are those of the mapped help collections, and it is fixed when somebody saves the next.
 */
export function createTaxonomyStore(
  connection: Connection,
  integrations: Pick<ReturnType<typeof createIntegrationStore>, 'list'>,
) {
  const model = connection.model('Taxonomy', schema, 'taxonomies');
  const idOf = (organizationId: string, version: number) => `${organizationId}/${version}`;
  const first = async (organizationId: string): Promise<Taxonomy> => ({
    ...FIRST_TAXONOMY,
    productAreas: learnedAreas(await integrations.list(organizationId)),
  });
  const latest = async (organizationId: string): Promise<Taxonomy | null> => {
    const found = await model.findOne({ organizationId }).sort({ version: -1 }).lean();
    return found ? taxonomySchema.parse(found) : null;
  };
  const add = (organizationId: string, taxonomy: Taxonomy) =>
    model.create({ _id: idOf(organizationId, taxonomy.version), organizationId, ...taxonomy });

  return {
    /** What conversations are classified by from now on. */
    async current(organizationId: string): Promise<Taxonomy> {
      return (await latest(organizationId)) ?? (await first(organizationId));
    },

    /** Null when there is no such version. */
    async get(organizationId: string, version: number): Promise<Taxonomy | null> {
      const found = await model.findById(idOf(organizationId, version)).lean();
      if (found) return taxonomySchema.parse(found);
      return version === FIRST_TAXONOMY.version ? first(organizationId) : null;
    },

    /** Adds the next version; it is in force when this resolves. */
    async save(organizationId: string, draft: TaxonomyDraft, by: string, at: Date): Promise<Taxonomy> {
      const wanted = taxonomyDraftSchema.parse(draft);
      for (;;) {
        const before = await latest(organizationId);
        try {
          if (!before) await add(organizationId, await first(organizationId));
          const version = (before?.version ?? FIRST_TAXONOMY.version) + 1;
          const saved: Taxonomy = { ...wanted, version, savedBy: by, savedAt: at };
          await add(organizationId, saved);
          return saved;
        } catch (error) {
          // Somebody saved meanwhile: theirs keeps the number, ours takes the next.
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    /** All versions, the newest first. */
    async list(organizationId: string): Promise<Taxonomy[]> {
      const found = await model.find({ organizationId }).sort({ version: -1 }).lean();
      return found.length > 0 ? found.map((document) => taxonomySchema.parse(document)) : [await first(organizationId)];
    },
  };
}
