import { Schema } from 'mongoose';

/** Items hold summaries and quotes; nobody decides about a what-if that is older. */
const KEPT_SECONDS = 90 * 86_400;

/** Of what was tried. */
export const whatIfDocument = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    ...{ by: String, createdAt: Date, endedAt: { type: Date, default: null }, days: Number, from: Date, to: Date },
    draft: { type: Schema.Types.Mixed, default: null },
    settings: Schema.Types.Mixed,
    changes: { type: [String], default: [] },
    taxonomyVersion: Number,
    ...{ base: { type: String, default: '' }, state: String, problem: { type: String, default: '' } },
    ...{ total: Number, done: Number, after: { type: Schema.Types.Mixed, default: null } },
    former: { type: Schema.Types.Mixed, default: null },
    decidedBy: { type: String, default: null },
  },
  { versionKey: false, minimize: false },
);
whatIfDocument.index({ organizationId: 1, createdAt: -1 });

/** Of what each conversation came to. */
export const whatIfItemDocument = new Schema(
  {
    organizationId: { type: String, required: true },
    whatIfId: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    ...{ subject: String, reportedAt: Date, contentHash: String },
    before: { type: [Schema.Types.Mixed], default: [] },
    after: { type: [Schema.Types.Mixed], default: [] },
    changes: { type: [String], default: [] },
    categoryBefore: { type: String, default: null },
    categoryAfter: { type: String, default: null },
    asked: Boolean,
    costUsd: { type: Number, default: null },
    decision: Schema.Types.Mixed,
    createdAt: { type: Date, required: true, expires: KEPT_SECONDS },
  },
  { versionKey: false, minimize: false },
);
whatIfItemDocument.index({ organizationId: 1, whatIfId: 1, integrationId: 1, conversationId: 1 }, { unique: true });
