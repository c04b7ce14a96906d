import { type Connection, Schema } from 'mongoose';
import {
  type PatternChange,
  type PatternDecision,
  patternDecisionSchema,
  patternsOf,
} from '../domain/pattern-decision.ts';
import type { DecisionSource } from './bearing-decisions.ts';
import { isDuplicateKey } from './duplicate-key.ts';

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    seq: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, default: null },
    reason: { type: String, default: '' },
    change: { type: Schema.Types.Mixed, required: true },
    patternIds: { type: [String], required: true },
    lifts: { type: [String], default: [] },
    undone: { type: Schema.Types.Mixed, default: null },
    /** Whether everything that follows from it is stored too. */
    settled: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, seq: 1 }, { unique: true });
schema.index({ organizationId: 1, patternIds: 1, seq: -1 });
schema.index({ organizationId: 1, integrationId: 1, settled: 1 });
schema.index({ organizationId: 1, 'change.members.conversationId': 1 });
schema.index({ organizationId: 1, lifts: 1 });
/** Asked for each issue that is grouped: whether anything is still to follow. */
schema.index({ organizationId: 1, settled: 1, seq: 1 });

export type NewPatternDecision = Pick<PatternDecision, 'decisionId' | 'integrationId' | 'at' | 'by' | 'reason'> & {
  change: PatternChange;
  lifts?: string[];
};

/** The patterns' history: what was decided, by whom and why. Written before anything that follows from it. */
export function createPatternDecisionStore(connection: Connection) {
  const model = connection.model('PatternDecision', schema, 'patternDecisions');
  const toDecision = ({ _id, ...rest }: { _id: string }): PatternDecision =>
    patternDecisionSchema.parse({ ...rest, decisionId: _id });

  const lastSeq = async (organizationId: string): Promise<number> => {
    const [last] = await model.find({ organizationId }, { seq: 1 }).sort({ seq: -1 }).limit(1).lean();
    return last?.seq ?? 0;
  };

  const find = async (query: Record<string, unknown>) => (await model.find(query).lean()).map(toDecision);
  /** Each value is looked up by itself where there are few: that is a range of the index on any server. */
  const having = async (
    organizationId: string,
    field: 'patternIds' | 'change.members.conversationId' | 'lifts',
    values: readonly (string | number)[],
  ): Promise<PatternDecision[]> => {
    const found =
      values.length > FEW
        ? await inParts(values, (some) => find({ organizationId, [field]: { $in: [...some] } }))
        : (await Promise.all(values.map((value) => find({ organizationId, [field]: value })))).flat();
    return [...new Map(found.map((one) => [one.decisionId, one])).values()];
  };
  const byIds = (organizationId: string, decisionIds: readonly string[]): Promise<PatternDecision[]> =>
    inParts(decisionIds, (some) => find({ _id: { $in: [...some] }, organizationId }));

  return {
    /** Adds a decision; repeating it with the same id changes nothing. */
    async add(organizationId: string, { decisionId, ...decision }: NewPatternDecision): Promise<PatternDecision> {
      for (;;) {
        const known = await model.findOne({ _id: decisionId, organizationId }).lean();
        if (known) return toDecision(known);
        const seq = (await lastSeq(organizationId)) + 1;
        const patternIds = patternsOf(decision.change);
        try {
          await model.create({ _id: decisionId, organizationId, ...decision, patternIds, seq });
        } catch (error) {
          // Somebody else took the number, or wrote this very decision: the next round finds out.
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    /** Takes a decision back; the first to do so counts. @returns null when there is none, or it was taken back before */
    async undo(organizationId: string, decisionId: string, by: string, at: Date): Promise<PatternDecision | null> {
      const seq = (await lastSeq(organizationId)) + 0.5;
      const found = await model
        .findOneAndUpdate(
          { _id: decisionId, organizationId, undone: null },
          { $set: { undone: { by, at, seq }, settled: false } },
          { returnDocument: 'after' },
        )
        .lean();
      return found ? toDecision(found) : null;
    },

    async get(organizationId: string, decisionId: string): Promise<PatternDecision | null> {
      const found = await model.findOne({ _id: decisionId, organizationId }).lean();
      return found ? toDecision(found) : null;
    },

    /** Some decisions, in no order that means anything; those that there are not are left out. */
    byIds,

    /** Where the decisions of one connection are looked up that bear on something (`linksInPart`). */
    sourceOf: (organizationId: string, integrationId: string): DecisionSource => ({
      aboutLinks: async (patternIds) =>
        (await having(organizationId, 'patternIds', patternIds)).filter(({ change }) => !('patternId' in change)),
      ofConversations: async (conversationIds) => {
        const found = await having(organizationId, 'change.members.conversationId', conversationIds);
        return found.filter((one) => one.integrationId === integrationId);
      },
      lifting: (decisionIds) => having(organizationId, 'lifts', decisionIds),
    }),

    /** What people said of some patterns themselves: titles, categories, and whether they are to be seen. */
    labels: async (organizationId: string, patternIds: readonly string[]): Promise<PatternDecision[]> =>
      (await having(organizationId, 'patternIds', patternIds)).filter(({ change }) => 'patternId' in change),

    /** Every decision of an integration, in order. */
    async all(organizationId: string, integrationId: string): Promise<PatternDecision[]> {
      const found = await model.find({ organizationId, integrationId }).sort({ seq: 1 }).lean();
      return found.map(toDecision);
    },

    /** What was decided about some patterns, newest first. */
    async ofPatterns(organizationId: string, patternIds: readonly string[], limit = 200): Promise<PatternDecision[]> {
      const found = await model
        .find({ organizationId, patternIds: { $in: [...patternIds] } })
        .sort({ seq: -1 })
        .limit(limit)
        .lean();
      return found.map(toDecision);
    },

    /** Decisions from which something is still to follow. */
    async unsettled(organizationId: string, integrationId?: string): Promise<PatternDecision[]> {
      const found = await model
        .find({ organizationId, ...(integrationId && { integrationId }), settled: false })
        .sort({ seq: 1 })
        .lean();
      return found.map(toDecision);
    },

    /** Notes that everything follows; one that was taken back since the given state was read stays unsettled. */
    async settled(organizationId: string, decisions: readonly PatternDecision[]): Promise<void> {
      if (decisions.length === 0) return;
      await model.bulkWrite(
        decisions.map(({ decisionId, undone }) => ({
          updateOne: {
            filter: { _id: decisionId, organizationId, ...(undone ? {} : { undone: null }) },
            update: { $set: { settled: true } },
          },
        })),
        { ordered: false },
      );
    },
  };
}

/** So many queries at once are less than one that reads everything. */
const FEW = 16;
/** More ids than a query should hold are asked for in parts. */
const IDS_AT_ONCE = 500;
async function inParts<T, R>(ids: readonly T[], ask: (some: readonly T[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = [];
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) found.push(...(await ask(ids.slice(at, at + IDS_AT_ONCE))));
  return found;
}

export type PatternDecisionStore = ReturnType<typeof createPatternDecisionStore>;
