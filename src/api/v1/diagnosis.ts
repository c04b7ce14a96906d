import { z } from 'zod';
import { type Diagnosis, diagnosisOutcome, diagnosisSchema } from '../../domain/diagnosis.ts';

export const diagnosisOutSchema = diagnosisSchema
  .omit({ atMs: true })
  .extend({ at: z.date(), outcome: z.enum(['ok', 'warning', 'failed']).describe('The worst of the steps.') })
  .meta({ id: 'Diagnosis', description: 'A test of the connection to Help Scout.' });

export const toDiagnosis = (diagnosis: Diagnosis) => ({
  ...diagnosis,
  at: new Date(diagnosis.atMs),
  outcome: diagnosisOutcome(diagnosis),
});
