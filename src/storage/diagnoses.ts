import { type Connection, Schema } from 'mongoose';
import { type Diagnosis, diagnosisSchema } from '../domain/diagnosis.ts';

const schema = new Schema(
  {
    /** Organization and integration: the last test replaces the one before. */
    _id: { type: String, required: true },
    diagnosis: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
);

/** The last test of each connection. */
export function createDiagnosisStore(connection: Connection) {
  const model = connection.model('Diagnosis', schema, 'diagnoses');
  const idOf = (organizationId: string, integrationId: string) => `${organizationId}/${integrationId}`;

  return {
    async save(organizationId: string, integrationId: string, diagnosis: Diagnosis): Promise<void> {
      await model.updateOne({ _id: idOf(organizationId, integrationId) }, { $set: { diagnosis } }, { upsert: true });
    },

    async last(organizationId: string, integrationId: string): Promise<Diagnosis | null> {
      const found = await model.findById(idOf(organizationId, integrationId)).lean();
      return found ? diagnosisSchema.parse(found.diagnosis) : null;
    },
  };
}
