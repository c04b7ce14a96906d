import { type Connection, Schema } from 'mongoose';
import { type Decision, decisionSchema } from '../domain/decision.ts';
import { refusedAsDuplicates } from './duplicate-key.ts';

const schema = new Schema(
  {
    decisionId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    threads: { type: [Schema.Types.Mixed], default: [] },
    contentHash: { type: String, required: true },
    promptVersion: String,
    taxonomyVersion: Number,
    classifier: Schema.Types.Mixed,
    effort: { type: String, default: null },
    temperature: { type: Number, default: null },
    reviewBelow: Number,
    atCap: { type: Boolean, default: false },
    articleIds: { type: [String], default: [] },
    rawAnswer: { type: String, default: '' },
    answer: Schema.Types.Mixed,
    requestId: { type: String, default: null },
    messageBatchId: { type: String, default: null },
    tokens: { type: Schema.Types.Mixed, default: null },
    costUsd: { type: Number, default: null },
    durationMs: { type: Number, default: null },
    workflowId: String,
    runId: String,
    decidedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, decisionId: 1 }, { unique: true });
schema.index({ organizationId: 1, conversationId: 1, decidedAt: -1 });
schema.index({ organizationId: 1, integrationId: 1, conversationId: 1, contentHash: 1, decidedAt: -1 });

/** How insights came about: one record for each classification, never changed and outliving the insight. */
export function createDecisionStore(connection: Connection) {
  const model = connection.model('Decision', schema, 'decisions');

  const found = async (filter: object): Promise<Decision[]> =>
    (await model.find(filter).lean()).map((document) => decisionSchema.parse(document));

  /** Keeps decisions; one whose id is known stays as it is. @returns them as they stand */
  const addMany = async (decisions: readonly Decision[]): Promise<Decision[]> => {
    if (decisions.length === 0) return [];
    try {
      await model.insertMany(decisions, { ordered: false });
      return [...decisions];
    } catch (error) {
      const refused = refusedAsDuplicates(error);
      const known = decisions.filter((_decision, index) => refused.has(index));
      const stand = await found({
        $or: known.map(({ organizationId, decisionId }) => ({ organizationId, decisionId })),
      });
      const byId = new Map(stand.map((decision) => [decision.decisionId, decision]));
      return decisions.map((decision) => byId.get(decision.decisionId) ?? decision);
    }
  };

  return {
    addMany,

    /** The same for one. */
    add: (decision: Decision): Promise<Decision[]> => addMany([decision]),

    async get(organizationId: string, decisionId: string): Promise<Decision | null> {
      const found = await model.findOne({ organizationId, decisionId }).lean();
      return found ? decisionSchema.parse(found) : null;
    },

    /** Of conversations as they are now, the latest decision about each: those never classified have none. */
    async ofContents(
      organizationId: string,
      contents: readonly { integrationId: string; conversationId: number; contentHash: string }[],
    ): Promise<Map<number, Decision>> {
      if (contents.length === 0) return new Map();
      const wanted = contents.map(({ integrationId, conversationId, contentHash }) => ({
        ...{ organizationId, integrationId, conversationId, contentHash },
      }));
      const found = await model.find({ $or: wanted }).sort({ decidedAt: 1 }).lean();
      return new Map(found.map((document) => [document.conversationId, decisionSchema.parse(document)]));
    },

    /** All decisions about a conversation, the latest first. */
    async ofConversation(organizationId: string, conversationId: number): Promise<Decision[]> {
      const found = await model.find({ organizationId, conversationId }).sort({ decidedAt: -1 }).lean();
      return found.map((document) => decisionSchema.parse(document));
    },

    /** Every decision of an organization, in no order that means anything; holds one at a time. */
    async *stream(organizationId: string): AsyncGenerator<Decision> {
      for await (const document of model.find({ organizationId }).lean().cursor()) yield decisionSchema.parse(document);
    },
  };
}
