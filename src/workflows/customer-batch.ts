import { continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';
import { house } from './activity-profiles.ts';
import type { CustomerBatchInput } from './contract.ts';

/** Sends the customers of an organization that wait, some at a time: as many as are under way at once is bounded. */
export async function customerBatch(input: CustomerBatchInput): Promise<void> {
  for (;;) {
    const { started, left } = await house.flushCustomers(input);
    if (!left) return;
    if (started === 0) await sleep('5 seconds');
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof customerBatch>(input);
  }
}
