import { getExternalWorkflowHandle, type SignalDefinition } from '@temporalio/workflow';
import { scanWorkflowId } from './contract.ts';
import type { IntegrationRun } from './integration-run.ts';

/** Tells the scan under way, if there is one. */
export async function tellScan({ scope, memory }: IntegrationRun, signal: SignalDefinition<[]>): Promise<void> {
  if (!memory.scan || ['completed', 'cancelled'].includes(memory.scan.state)) return;
  const handle = getExternalWorkflowHandle(scanWorkflowId(scope.integrationId, memory.scan.scanNumber));
  await handle.signal(signal).catch(() => undefined); // it may have ended this moment
}
