import { ActivityFailure, continueAsNew, isCancellation, log, workflowInfo } from '@temporalio/workflow';
import { house, sweeper } from './activity-profiles.ts';

/**
 * Removes, organization by organization, what is older than it is kept. One that fails waits for the next day; the
 * others are not kept waiting for it.
 * @param left organizations still to do, after a continue-as-new; absent: all
 */
export async function applyRetention(left?: string[]): Promise<void> {
  const organizationIds = left ?? (await house.listOrganizationIds());
  while (organizationIds.length > 0) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof applyRetention>(organizationIds);
    const [organizationId] = organizationIds;
    if (organizationId === undefined) return;
    if (!(await removeSome(organizationId)).more) organizationIds.shift();
  }
}

async function removeSome(organizationId: string): Promise<{ more: boolean }> {
  try {
    return await sweeper.removeExpired({ organizationId });
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    log.warn('Old rows could not be removed.', { organizationId });
    return { more: false };
  }
}
