import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { patternsOf } from '../domain/pattern-decision.ts';
import { memberKey } from '../domain/pattern-links.ts';
import { type LinksInPart, linksInPart, patternsConcerned } from './bearing-decisions.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import type { PatternDecisionStore } from './pattern-decisions.ts';
import { createPatternPlacementStore } from './pattern-placements.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    patternId: { type: String, required: true },
    /** The pattern it was merged into, directly or by steps; itself when the merge was taken back. */
    root: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, patternId: 1 }, { unique: true });
schema.index({ organizationId: 1, root: 1 });

const linkSchema = z.object({ patternId: z.string(), root: z.string() });

/**
 * What people decided about patterns, as every later run must know it. Derived from the decisions (`replayLinks`) and
 * kept so that a run reads only what it asks for; while something is still to follow from a decision, the decisions that
 * bear on it are replayed, so that none is ever overlooked.
 */
export function createPatternLinkStore(connection: Connection, decisions: PatternDecisionStore) {
  const model = connection.model('PatternLink', schema, 'patternLinks');
  const placements = createPatternPlacementStore(connection);

  const inPart = (
    { organizationId, integrationId }: { organizationId: string; integrationId: string },
    patternIds: Iterable<string>,
    conversationIds: readonly number[] = [],
  ): Promise<LinksInPart> =>
    linksInPart(decisions.sourceOf(organizationId, integrationId), patternIds, conversationIds);

  /** Kept links, corrected by a replay where something is still to follow. */
  const resolve = async (organizationId: string, patternIds: readonly string[]): Promise<Map<string, string>> => {
    const roots = new Map(patternIds.map((patternId) => [patternId, patternId]));
    if (patternIds.length === 0) return roots;
    const found = await model
      .find({ organizationId, patternId: { $in: [...patternIds] } }, { patternId: 1, root: 1 })
      .lean();
    for (const document of found) roots.set(document.patternId, document.root);
    const open = await decisions.unsettled(organizationId);
    if (open.length === 0) return roots;
    const concerned = await patternsConcerned((ids) => decisions.byIds(organizationId, ids), open);
    // Ids of patterns are an organization's own: those of one connection are in no decision about another's.
    const links = await inPart({ organizationId, integrationId: '' }, concerned);
    for (const patternId of patternIds)
      if (links.patternIds.has(patternId)) roots.set(patternId, links.rootOf(patternId));
    return roots;
  };

  return {
    placements,
    resolve,

    /** What the decisions themselves say about some patterns and members, without reading all of them. */
    inPart,

    /**
     * Where people put issues of some conversations: no later run moves them. Issues that nobody placed are left out.
     * @returns pattern ids, merges followed, by `memberKey`
     */
    async pins(
      organizationId: string,
      integrationId: string,
      conversationIds: readonly number[],
    ): Promise<Map<string, string>> {
      const open = (await decisions.unsettled(organizationId, integrationId)).length > 0;
      if (open) {
        const links = await inPart({ organizationId, integrationId }, [], conversationIds);
        const asked = new Set(conversationIds);
        const own = [...links.pins].filter(([key]) => asked.has(conversationOf(key)));
        return new Map(own.map(([key, { patternId }]) => [key, links.rootOf(patternId)]));
      }
      const pinned = await placements.pinned(organizationId, integrationId, conversationIds);
      const roots = await resolve(
        organizationId,
        pinned.map(({ pin }) => pin),
      );
      return new Map(pinned.map((one) => [memberKey(one), roots.get(one.pin) ?? one.pin]));
    },

    /** Pairs that are never joined nor suggested and of which at least one is (or was merged into) a given pattern. */
    async cannotLink(
      organizationId: string,
      integrationId: string,
      patternIds: readonly string[],
    ): Promise<[string, string][]> {
      const links = await inPart({ organizationId, integrationId }, patternIds);
      const asked = new Set(patternIds.map(links.rootOf));
      const further = links.apart.flatMap(({ a, b }) => [a, b]).filter((patternId) => !links.patternIds.has(patternId));
      const roots = await resolve(organizationId, [...new Set(further)]);
      const rootOf = (patternId: string) => roots.get(patternId) ?? links.rootOf(patternId);
      return links.apart
        .map(({ a, b }): [string, string] => [rootOf(a), rootOf(b)])
        .filter(([a, b]) => a !== b && (asked.has(a) || asked.has(b)));
    },

    /** Which of some patterns a person has decided something about that still holds: those are not joined by runs. */
    async touched(organizationId: string, patternIds: readonly string[]): Promise<Set<string>> {
      const about = await decisions.ofPatterns(organizationId, patternIds, Number.MAX_SAFE_INTEGER);
      const byPeople = about.filter(({ by, undone }) => by !== null || undone !== null);
      return new Set(byPeople.flatMap(({ change }) => patternsOf(change)).filter((id) => patternIds.includes(id)));
    },

    /** Patterns that were merged into one of some patterns, as far as it is kept. */
    async mergedInto(
      organizationId: string,
      patternIds: readonly string[],
    ): Promise<{ patternId: string; root: string }[]> {
      const found = await model.find({ organizationId, root: { $in: [...patternIds] } }).lean();
      return found.map((one) => linkSchema.parse(one)).filter(({ patternId, root }) => patternId !== root);
    },

    /** The links that are kept of some patterns. */
    async kept(organizationId: string, patternIds: readonly string[]): Promise<Map<string, string>> {
      const query = { organizationId, patternId: { $in: [...patternIds] } };
      const found = await model.find(query, { patternId: 1, root: 1 }).lean();
      return new Map(found.map((one) => [one.patternId, one.root]));
    },

    async keep(organizationId: string, integrationId: string, roots: ReadonlyMap<string, string>): Promise<void> {
      if (roots.size === 0) return;
      const updates = [...roots].map(([patternId, root]) => ({
        updateOne: { filter: { organizationId, patternId }, update: { $set: { integrationId, root } }, upsert: true },
      }));
      await onceMoreIfDuplicate(() => model.bulkWrite(updates, { ordered: false }));
    },
  };
}

const conversationOf = (key: string) => Number(key.split('/', 1)[0]);
