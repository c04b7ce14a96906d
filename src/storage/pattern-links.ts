import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { patternsOf } from '../domain/pattern-decision.ts';
import { memberKey, type PatternLinks, replayLinks } from '../domain/pattern-links.ts';
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
 * kept so that a run reads only what it asks for; while something is still to follow from a decision, the decisions
 * themselves are replayed, so that none is ever overlooked.
 */
export function createPatternLinkStore(connection: Connection, decisions: PatternDecisionStore) {
  const model = connection.model('PatternLink', schema, 'patternLinks');
  const placements = createPatternPlacementStore(connection);

  const replayed = async (organizationId: string, integrationId: string): Promise<PatternLinks> =>
    replayLinks(await decisions.all(organizationId, integrationId));

  /** Kept links, corrected by a replay where something is still to follow. */
  const resolve = async (organizationId: string, patternIds: readonly string[]): Promise<Map<string, string>> => {
    const found = await model
      .find({ organizationId, patternId: { $in: [...patternIds] } }, { patternId: 1, root: 1 })
      .lean();
    const roots = new Map(patternIds.map((patternId) => [patternId, patternId]));
    for (const document of found) roots.set(document.patternId, document.root);
    const open = new Set((await decisions.unsettled(organizationId)).map(({ integrationId }) => integrationId));
    for (const integrationId of open) {
      const all = await decisions.all(organizationId, integrationId);
      const { rootOf } = replayLinks(all);
      const decided = new Set(all.flatMap(({ change }) => patternsOf(change)));
      for (const patternId of patternIds) if (decided.has(patternId)) roots.set(patternId, rootOf(patternId));
    }
    return roots;
  };

  return {
    placements,
    resolve,
    replayed,

    /**
     * Where people put conversations: no later run moves them. Conversations that nobody placed are left out.
     * @param issue which of a conversation's issues, 0 for what it is mainly about
     * @returns pattern ids, merges followed
     */
    async pins(
      organizationId: string,
      integrationId: string,
      conversationIds: readonly number[],
      issue = 0,
    ): Promise<Map<number, string>> {
      const open = (await decisions.unsettled(organizationId, integrationId)).length > 0;
      const links = open ? await replayed(organizationId, integrationId) : null;
      const kept = links ? [] : await placements.pinned(organizationId, integrationId, conversationIds, issue);
      const pins = links
        ? conversationIds.flatMap((conversationId): [number, string][] => {
            const pin = links.pins.get(memberKey({ conversationId, issue }));
            return pin ? [[conversationId, pin.patternId]] : [];
          })
        : kept;
      const roots = await resolve(
        organizationId,
        pins.map(([, patternId]) => patternId),
      );
      return new Map(pins.map(([conversationId, patternId]) => [conversationId, roots.get(patternId) ?? patternId]));
    },

    /** Pairs that are never joined nor suggested and of which at least one is (or was merged into) a given pattern. */
    async cannotLink(
      organizationId: string,
      integrationId: string,
      patternIds: readonly string[],
    ): Promise<[string, string][]> {
      const asked = new Set((await resolve(organizationId, patternIds)).values());
      const links = await replayed(organizationId, integrationId);
      return links.apart
        .map(({ a, b }): [string, string] => [links.rootOf(a), links.rootOf(b)])
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

    /** Every link of an integration that is kept. */
    async kept(organizationId: string, integrationId: string): Promise<Map<string, string>> {
      const found = await model.find({ organizationId, integrationId }, { patternId: 1, root: 1 }).lean();
      return new Map(found.map((one) => [one.patternId, one.root]));
    },

    async keep(organizationId: string, integrationId: string, roots: ReadonlyMap<string, string>): Promise<void> {
      for (const [patternId, root] of roots) {
        await onceMoreIfDuplicate(() =>
          model.updateOne({ organizationId, patternId }, { $set: { integrationId, root } }, { upsert: true }),
        );
      }
    },
  };
}
