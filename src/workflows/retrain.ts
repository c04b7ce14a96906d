import { ActivityFailure, isCancellation } from '@temporalio/workflow';
import { house, trainer } from './activity-profiles.ts';
import type { RetrainInput } from './contract.ts';

/** Trains an organization's own offline model; what became of it stands in its list of models. */
export async function retrain(input: RetrainInput): Promise<{ state: string }> {
  try {
    return await trainer.trainOrganizationModel(input);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await house.failTraining(input);
    return { state: 'failed' };
  }
}
