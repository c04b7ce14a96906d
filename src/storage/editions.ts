import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.ts';

/** Which edition is in force is looked up again after this; whoever publishes waits longer than that. */
const KNOWN_MS = 500;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    current: { type: String, required: true },
    previous: { type: String, default: null },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);

/** The edition that an organization begins with, and that most always have: its key is the organization's own id. */
export const FIRST_EDITION = '';
/** What stands in place of the organization's id in everything of an edition. */
export const editionKey = (organizationId: string, edition: string): string =>
  edition === FIRST_EDITION ? organizationId : `${organizationId}~${edition}`;

export interface Editions {
  current: string;
  /** The one before, as long as it can be had back. */
  previous: string | null;
  version: number;
}

/** Which edition of an organization's insights and patterns people see: changed by one write, for everybody at once. */
export function createEditionStore(connection: Connection) {
  const model = connection.model('InsightEdition', schema, 'insightEditions');
  const known = new Map<string, { edition: Promise<string>; until: number }>();

  const read = async (organizationId: string): Promise<Editions> => {
    const found = await model.findById(organizationId).lean();
    return found
      ? { current: found.current, previous: found.previous ?? null, version: found.version }
      : { current: FIRST_EDITION, previous: null, version: 0 };
  };

  /** At most one small read per organization and half a second, however many calls ask. */
  const currentSoon = (organizationId: string): Promise<string> => {
    const now = Date.now();
    const remembered = known.get(organizationId);
    if (remembered && remembered.until > now) return remembered.edition;
    const edition = read(organizationId).then(({ current }) => current);
    // What could not be read is asked for again by the next call.
    edition.catch(() => known.delete(organizationId));
    if (known.size > 10_000) known.clear();
    known.set(organizationId, { edition, until: now + KNOWN_MS });
    return edition;
  };

  return {
    get: read,

    /** The key under which what is in force stands. */
    keyOf: async (organizationId: string): Promise<string> =>
      editionKey(organizationId, await currentSoon(organizationId)),

    /**
     * Puts an edition in force if nothing else has been since `before` was read.
     * @returns whether it is in force
     */
    async put(
      organizationId: string,
      next: Pick<Editions, 'current' | 'previous'>,
      before: Editions,
    ): Promise<boolean> {
      try {
        const written = await model.updateOne(
          { _id: organizationId, version: before.version },
          { $set: { ...next, version: before.version + 1 } },
          { upsert: before.version === 0 },
        );
        return written.matchedCount + written.upsertedCount > 0;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      } finally {
        known.delete(organizationId);
      }
    },

    /** Of scopes under their keys, those of editions in force, named by their organizations. */
    async inForce<Scope extends { organizationId: string }>(scopes: readonly Scope[]): Promise<Scope[]> {
      const found: Scope[] = [];
      for (const scope of scopes) {
        const [organizationId = '', edition = FIRST_EDITION] = scope.organizationId.split('~');
        if ((await currentSoon(organizationId)) === edition) found.push({ ...scope, organizationId });
      }
      return found;
    },
  };
}
