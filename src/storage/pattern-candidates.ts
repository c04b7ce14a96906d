import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { Category } from '../domain/category.ts';
import { type Centroid, indexTermsOf } from '../patterns/centroid.ts';
import { gatherCandidates, MOST_CANDIDATES, PATTERNS_PER_KEY } from '../patterns/gather-candidates.ts';

const candidateSchema = z.object({
  patternId: z.string(),
  title: z.string(),
  /** Weighted terms; pairs, because a term may hold characters that a field name may not. */
  centroid: z.object({ terms: z.array(z.tuple([z.string(), z.number()])), members: z.number().nonnegative() }),
});
/** A pattern as it is compared: no counts, no people's work. */
export type StoredCandidate = z.infer<typeof candidateSchema>;

const nearSchema = z.object({ patternId: z.string(), indexTerms: z.array(z.string()) });
const NEAR_FIELDS = { _id: 0, patternId: 1, indexTerms: 1 };
const FIELDS = { _id: 0, patternId: 1, title: 1, centroid: 1 };
const scopeSchema = z.object({ organizationId: z.string(), integrationId: z.string() });

/** The side of the patterns collection that finds what a text may belong to: an inverted index (`indexTerms`). */
export function createPatternCandidates(connection: Connection) {
  const patterns = () => connection.collection('patterns');
  const toCandidate = (document: { [field: string]: unknown }): StoredCandidate =>
    candidateSchema.parse({ ...document, centroid: JSON.parse(z.string().parse(document.centroid)) });
  const byIds = async (organizationId: string, patternIds: readonly string[]): Promise<StoredCandidate[]> => {
    if (patternIds.length === 0) return [];
    const query = { organizationId, patternId: { $in: [...patternIds] } };
    return (await patterns().find(query, { projection: FIELDS }).toArray()).map(toCandidate);
  };
  const near = (organizationId: string, integrationId: string, keys: readonly string[]) =>
    gatherCandidates(keys, async (some) => {
      const query = { organizationId, integrationId, indexTerms: { $in: [...some] } };
      const limit = some.length * PATTERNS_PER_KEY;
      const found = await patterns().find(query, { projection: NEAR_FIELDS, limit }).toArray();
      const entries = found.map((entry) => nearSchema.parse(entry));
      return some.map((key) =>
        entries
          .filter(({ indexTerms }) => indexTerms.includes(key))
          .slice(0, PATTERNS_PER_KEY)
          .map(({ patternId }) => patternId),
      );
    });

  return {
    /** Ids of patterns that share the rarest of some keys, and how many entries were read: bounded, however many there are. */
    near,

    /** Patterns as they are compared; those that do not exist are left out. */
    candidatesById: byIds,

    /** Patterns that share keys with a text, with what they are compared by. A merged one stands under its own id. */
    async candidates(
      organizationId: string,
      integrationId: string,
      keys: readonly string[],
      limit = MOST_CANDIDATES,
    ): Promise<StoredCandidate[]> {
      const { patternIds } = await near(organizationId, integrationId, keys);
      return byIds(organizationId, patternIds.slice(0, limit));
    },

    /** Stores what the next comparison needs to know of a pattern; makes the pattern when it is new. */
    async saveCandidate(
      organizationId: string,
      integrationId: string,
      { patternId, title, centroid, indexTerms }: StoredCandidate & { indexTerms: string[] },
      first: { category: Category; reportedAt: Date },
    ): Promise<void> {
      const { category, reportedAt } = first;
      await patterns().updateOne(
        { organizationId, patternId },
        {
          $set: { centroid: JSON.stringify(centroid), indexTerms, title, unrepaired: true },
          $setOnInsert: {
            ...{ integrationId, category, summary: '', described: 0, conversations: 0, customers: 0 },
            ...{ firstReportedAt: reportedAt, lastReportedAt: reportedAt },
          },
        },
        { upsert: true },
      );
    },

    /** Stores the centroid of a pattern that took up others. */
    async saveCentroid(organizationId: string, patternId: string, centroid: Centroid): Promise<void> {
      await patterns().updateOne(
        { organizationId, patternId },
        { $set: { centroid: JSON.stringify(centroid), indexTerms: indexTermsOf(centroid) } },
      );
    },

    /** Patterns that changed since they were last compared with their neighbours, the oldest ids first. */
    async unrepaired(organizationId: string, integrationId: string, limit: number): Promise<StoredCandidate[]> {
      const query = { organizationId, integrationId, unrepaired: true };
      const found = await patterns().find(query, { projection: FIELDS }).sort({ patternId: 1 }).limit(limit).toArray();
      return found.map(toCandidate);
    },

    async markRepaired(organizationId: string, patternIds: readonly string[]): Promise<void> {
      const query = { organizationId, patternId: { $in: [...patternIds] } };
      await patterns().updateMany(query, { $set: { unrepaired: false } });
    },

    /** Whose patterns changed since the last repair. */
    async unrepairedScopes(): Promise<z.infer<typeof scopeSchema>[]> {
      const groups = await patterns()
        .aggregate([
          { $match: { unrepaired: true } },
          { $group: { _id: { organizationId: '$organizationId', integrationId: '$integrationId' } } },
        ])
        .toArray();
      return groups.map(({ _id }) => scopeSchema.parse(_id));
    },
  };
}
