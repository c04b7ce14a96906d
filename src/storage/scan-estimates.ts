import { type Connection, Schema } from 'mongoose';
import { type ScanEstimate, scanEstimateSchema } from '../domain/scan-estimate.ts';

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    estimate: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, integrationId: 1 }, { unique: true });

/** The latest estimate of a first scan, one for each connection. */
export function createScanEstimateStore(connection: Connection) {
  const model = connection.model('ScanEstimate', schema, 'scanEstimates');
  return {
    async save(organizationId: string, integrationId: string, estimate: ScanEstimate): Promise<void> {
      await model.updateOne({ organizationId, integrationId }, { $set: { estimate } }, { upsert: true });
    },

    async get(organizationId: string, integrationId: string): Promise<ScanEstimate | null> {
      const found = await model.findOne({ organizationId, integrationId }).lean();
      return found ? scanEstimateSchema.parse(found.estimate) : null;
    },
  };
}
