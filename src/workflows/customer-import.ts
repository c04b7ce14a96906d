import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { house } from './activity-profiles.ts';
import type { CustomerImportInput } from './contract.ts';

/** Works off the stored lines of an upload, page by page; what is done is in storage, so that any step may be repeated. */
export async function customerImport(input: CustomerImportInput): Promise<void> {
  for (;;) {
    const { left } = await house.importCustomers(input);
    if (!left) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof customerImport>(input);
  }
}
