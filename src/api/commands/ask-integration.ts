import type { WorkflowHandle } from '@temporalio/client';
import { integrationWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { ownIntegration } from '../readers/integration.ts';
import { type Answer, ask } from '../temporal/ask.ts';

export interface IntegrationWish<T> {
  update: (workflow: WorkflowHandle) => Promise<T>;
  action: string;
  by: string;
  details?: string;
}

/**
 * Asks an integration of the organization for something; what was granted is in the audit trail.
 * @param update how its workflow is asked
 * @param action what the trail says was done, such as `paused`
 * @throws RequestProblem 404 for an integration of nobody or of others, 503 when Temporal does not answer
 */
export async function askIntegration<T>(
  { storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>,
  organizationId: string,
  integrationId: string,
  { update, action, by, details }: IntegrationWish<T>,
): Promise<Answer<T>> {
  await ownIntegration(storage, organizationId, integrationId);
  const answer = await ask(temporal, integrationWorkflowId(integrationId), update);
  if (answer.granted) {
    await storage.auditTrail.record(organizationId, {
      ...{ at: now(), by, action, target: `integration ${integrationId}` },
      ...(details !== undefined && { details }),
    });
  }
  return answer;
}
