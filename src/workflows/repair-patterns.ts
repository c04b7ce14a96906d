import { ActivityFailure, continueAsNew, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import { house, sweeper } from './activity-profiles.ts';
import type { Scope } from './contract.ts';

/**
 * Gives a pattern to what people categorized since the last run. Then joins patterns that turned out to be the same, connection by connection. One that fails waits for the next run; the
 * others are not kept waiting for it. Runs by schedule.
 * @param left connections still to do, after a continue-as-new; absent: all
 */
export async function repairPatterns(left?: Scope[]): Promise<void> {
  if (!left) await placeAll();
  const scopes = left ?? (await house.listRepairs());
  while (scopes.length > 0) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof repairPatterns>(scopes);
    const [scope] = scopes;
    if (!scope) return;
    if (!(await repairSome(scope)).more) scopes.shift();
  }
}

async function placeAll(): Promise<void> {
  for (const scope of await house.listUnplaced()) {
    let from: number | null = 0;
    // What is left of very many waits for the next run.
    while (from !== null && !workflowInfo().continueAsNewSuggested) from = await placeSome(scope, from);
  }
}

/** @returns the conversation to go on from; null at the end, and for a connection that has to wait */
async function placeSome(scope: Scope, from: number): Promise<number | null> {
  try {
    return (await sweeper.placeIssues({ ...scope, from })).next;
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    log.warn('What people categorized could not be given patterns.', { integrationId: scope.integrationId });
    return null;
  }
}

async function repairSome(scope: Scope): Promise<{ more: boolean }> {
  try {
    return await sweeper.repairPatterns(scope);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    log.warn('Patterns could not be compared.', { integrationId: scope.integrationId });
    return { more: false };
  }
}
