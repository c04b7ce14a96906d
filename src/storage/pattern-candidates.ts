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
  /** The issues that joined last, by `memberKey`: a batch that was stopped and is repeated adds none twice. */
  joined: z.array(z.string()).default([]),
});
/** A pattern as it is compared: no counts, no people's work. */
export type StoredCandidate = z.infer<typeof candidateSchema>;

/** A pattern as it is to be found from now on; `first` is what it begins with when it is new. */
export type ChangedCandidate = Omit<StoredCandidate, 'joined'> & {
  joined?: string[];
  indexTerms: string[];
  first: { category: Category; reportedAt: Date };
};

/** Null of patterns that are older than the count. */
const changesSchema = z.number().nullable().default(null);
/** A pattern that is to be compared with its neighbours; `changes` tells whether it changed since it was read. */
export type UnrepairedCandidate = StoredCandidate & { changes: z.infer<typeof changesSchema> };

const nearSchema = z.object({ patternId: z.string(), indexTerms: z.array(z.string()) });
const NEAR_FIELDS = { _id: 0, patternId: 1, indexTerms: 1 };
const FIELDS = { _id: 0, patternId: 1, title: 1, centroid: 1, joined: 1 };

/** In place of `stale: true`, while a repair has decided on a join and not stored the centroid yet. */
export const TAKING_UP = 'takingUp';

/** So many keys are looked up in one go, as long as no common one hides others behind it; then it is a few. */
const KEYS_AT_ONCE = 64;
const FEW_KEYS = 8;
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

  /** Which patterns some keys lead to: all of them, or the first `PATTERNS_PER_KEY` for each key. */
  const lookUpSome = async (
    scope: { organizationId: string; integrationId: string },
    keys: readonly string[],
  ): Promise<Map<string, string[]>> => {
    const limit = keys.length * PATTERNS_PER_KEY;
    const query = { ...scope, indexTerms: { $in: [...keys] } };
    const found = await patterns().find(query, { projection: NEAR_FIELDS, limit }).toArray();
    const few = groupsOf(keys, FEW_KEYS);
    if (found.length === limit && few.length > 1) {
      return new Map((await Promise.all(few.map((some) => lookUpSome(scope, some)))).flatMap((some) => [...some]));
    }
    const ids = new Map(keys.map((key): [string, string[]] => [key, []]));
    for (const entry of found) {
      const { patternId, indexTerms } = nearSchema.parse(entry);
      for (const term of indexTerms) {
        const of = ids.get(term);
        if (of && of.length < PATTERNS_PER_KEY) of.push(patternId);
      }
    }
    return ids;
  };
  const lookUp = async (organizationId: string, integrationId: string, keys: readonly string[]) => {
    const ids = new Map<string, string[]>();
    for (const some of groupsOf([...new Set(keys)], KEYS_AT_ONCE)) {
      for (const [key, of] of await lookUpSome({ organizationId, integrationId }, some)) ids.set(key, of);
    }
    return ids;
  };
  const near = (organizationId: string, integrationId: string, keys: readonly string[]) =>
    gatherCandidates(keys, async (some) => {
      const ids = await lookUp(organizationId, integrationId, some);
      return some.map((key) => ids.get(key) ?? []);
    });
  const save = async (
    organizationId: string,
    integrationId: string,
    changed: readonly ChangedCandidate[],
  ): Promise<void> => {
    if (changed.length === 0) return;
    await patterns().bulkWrite(
      changed.map(({ patternId, title, centroid, indexTerms, joined, first: { category, reportedAt } }) => ({
        updateOne: {
          filter: { organizationId, patternId },
          update: {
            $set: {
              ...{ centroid: JSON.stringify(centroid), indexTerms, title, unrepaired: true },
              ...(joined && { joined }),
            },
            $inc: { changes: 1 },
            $setOnInsert: {
              ...{ integrationId, category, summary: '', described: 0, conversations: 0, customers: 0 },
              ...{ firstReportedAt: reportedAt, lastReportedAt: reportedAt },
            },
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  };

  return {
    /** Which patterns each of some keys leads to, in few queries; `PATTERNS_PER_KEY` at most for each. */
    lookUp,

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

    /** Stores what the next comparison needs to know of some patterns; makes those that are new. */
    saveCandidates: save,

    /** The same for one. */
    saveCandidate: (
      organizationId: string,
      integrationId: string,
      candidate: Omit<ChangedCandidate, 'first'>,
      first: ChangedCandidate['first'],
    ): Promise<void> => save(organizationId, integrationId, [{ ...candidate, first }]),

    /**
     * Notes that a pattern takes up others, before it is decided: who is stopped before the centroid is stored leaves one
     * that is made anew from its members.
     */
    async takeUp(organizationId: string, patternId: string): Promise<void> {
      const filter = { organizationId, patternId, stale: { $ne: true } };
      await patterns().updateOne(filter, { $set: { stale: TAKING_UP } });
    },

    /** Stores the centroid of a pattern that took up others. */
    async saveCentroid(organizationId: string, patternId: string, centroid: Centroid): Promise<void> {
      const filter = { organizationId, patternId };
      const fields = { centroid: JSON.stringify(centroid), indexTerms: indexTermsOf(centroid) };
      await patterns().bulkWrite([
        { updateOne: { filter, update: { $set: fields } } },
        // What a person said meanwhile makes it stale all the same.
        { updateOne: { filter: { ...filter, stale: TAKING_UP }, update: { $set: { stale: false } } } },
      ]);
    },

    /** Patterns that changed since they were last compared with their neighbours, the oldest ids first. */
    async unrepaired(organizationId: string, integrationId: string, limit: number): Promise<UnrepairedCandidate[]> {
      const query = { organizationId, integrationId, unrepaired: true };
      const projection = { ...FIELDS, changes: 1 };
      const found = await patterns().find(query, { projection }).sort({ patternId: 1 }).limit(limit).toArray();
      return found.map((one) => ({ ...toCandidate(one), changes: changesSchema.parse(one.changes) }));
    },

    /** Notes that patterns were compared as they were read; one that has changed since waits for the next time. */
    async markRepaired(
      organizationId: string,
      compared: readonly Pick<UnrepairedCandidate, 'patternId' | 'changes'>[],
    ): Promise<void> {
      if (compared.length === 0) return;
      await patterns().bulkWrite(
        compared.map(({ patternId, changes }) => ({
          updateOne: { filter: { organizationId, patternId, changes }, update: { $set: { unrepaired: false } } },
        })),
        { ordered: false },
      );
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

const groupsOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
