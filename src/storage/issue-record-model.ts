import { type Connection, Schema } from 'mongoose';

const addressSchema = new Schema(
  { kind: { type: String, required: true }, number: { type: Number, required: true } },
  { _id: false },
);

const schema = new Schema(
  {
    recordId: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: String,
    kind: { type: String, required: true },
    number: { type: Number, required: true },
    former: { type: [addressSchema], default: [] },
    title: String,
    description: { type: String, default: null },
    status: String,
    dismissedReason: { type: String, default: null },
    severity: { type: String, default: null },
    priority: { type: String, default: null },
    decided: { type: [String], default: [] },
    patternId: { type: String, required: true },
    originPatternId: { type: String, default: null },
    mergedInto: { type: String, default: null },
    createdBy: String,
    resolution: { type: Schema.Types.Mixed, default: null },
    reopenedAt: { type: Date, default: null },
    createdAt: Date,
    updatedAt: Date,
    /** In the record itself: a change and what is said about it are one write. */
    history: { type: [Schema.Types.Mixed], default: [] },
    checkStartedAt: { type: Date, default: null },
    /** Grows with every change: nobody overwrites what they have not seen. */
    revision: { type: Number, default: 0 },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, kind: 1, number: 1 }, { unique: true });
schema.index({ organizationId: 1, patternId: 1 }, { unique: true });
schema.index({ organizationId: 1, recordId: 1 });
schema.index({ organizationId: 1, originPatternId: 1 });
schema.index({ organizationId: 1, 'former.kind': 1, 'former.number': 1 });
/** For the sweep, which serves all organizations: those that are done and not checked are few. */
schema.index({ status: 1, 'resolution.outcome': 1, checkStartedAt: 1 });
schema.index({ status: 1, 'resolution.checkAt': 1 });

export const createIssueRecordModel = (connection: Connection) =>
  connection.model('IssueRecord', schema, 'issueRecords');
