import { type Connection, mongo, Schema } from 'mongoose';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    issue: { type: Number, default: 0 },
    outcome: String,
    category: { type: String, default: null },
    confidence: Number,
    suggestedCategory: { type: String, default: null },
    summary: String,
    productArea: { type: String, default: null },
    severity: { type: String, default: null },
    evidence: { type: [Schema.Types.Mixed], default: [] },
    classifier: Schema.Types.Mixed,
    taxonomyVersion: { type: Number, default: 1 },
    decisionId: { type: String, default: null },
    review: { type: String, default: 'none' },
    documentation: { type: Schema.Types.Mixed, default: null },
    patternId: { type: String, default: null },
    customerKey: String,
    subject: String,
    mailboxId: Number,
    reportedAt: Date,
    classifiedAt: Date,
    contentHash: String,
    gone: { type: Schema.Types.Mixed, default: null },
    revision: Number,
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, integrationId: 1, conversationId: 1, issue: 1 }, { unique: true });
schema.index({ organizationId: 1, conversationId: 1 });
schema.index({ organizationId: 1, reportedAt: -1, conversationId: -1, issue: 1 });
schema.index({ organizationId: 1, category: 1, reportedAt: -1, conversationId: -1, issue: 1 });
schema.index({ organizationId: 1, outcome: 1, reportedAt: -1 });
schema.index({ organizationId: 1, category: 1, 'documentation.problem': 1 }, { sparse: true });
schema.index({ organizationId: 1, patternId: 1, reportedAt: -1, conversationId: -1, issue: 1 });
schema.index({ organizationId: 1, customerKey: 1, reportedAt: -1, conversationId: -1, issue: 1 });

export const insightModel = (connection: Connection) => connection.model('Insight', schema, 'insights');
export type InsightModel = ReturnType<typeof insightModel>;

/** Of what a conversation is mainly about; insights older than several issues have no number. */
export const MAIN_ISSUE = { $in: [0, null] };

const INDEX_NOT_FOUND = 27;
/** Made when a conversation had one insight at most; it would refuse the second. */
const FORMER_INDEX = 'organizationId_1_integrationId_1_conversationId_1';

/** Lets a database that is older than several issues a conversation hold them; safe to repeat. */
export async function dropFormerIndex(model: InsightModel): Promise<void> {
  const indexes = await model.collection.listIndexes().toArray();
  if (!indexes.some(({ name }) => name === FORMER_INDEX)) return;
  try {
    await model.collection.dropIndex(FORMER_INDEX);
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof mongo.MongoServerError && error.code === INDEX_NOT_FOUND)) throw error;
  }
}
