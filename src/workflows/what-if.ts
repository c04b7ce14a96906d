import {
  ActivityFailure,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { classifier, house } from './activity-profiles.ts';
import { stopWhatIfSignal, type WhatIfInput, type WhatIfStep } from './contract.ts';

/** Reads a past time's conversations another way, part by part; how far it is stands with the what-if itself. */
export async function whatIf(input: WhatIfInput): Promise<void> {
  let stopped = false;
  setHandler(stopWhatIfSignal, () => {
    stopped = true;
  });
  for (;;) {
    const { more, waitMs } = await next(input);
    if (!more || stopped) return;
    if (waitMs !== undefined) {
      setCurrentDetails('Waits: the day’s cost cap is reached.');
      await condition(() => stopped, waitMs);
      setCurrentDetails('');
    }
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof whatIf>(input);
  }
}

async function next(input: WhatIfInput): Promise<WhatIfStep> {
  try {
    return await classifier.runWhatIf(input);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await house.failWhatIf(input);
    return { more: false };
  }
}
