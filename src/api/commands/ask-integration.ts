import type { UpdateDefinition } from '@temporalio/client';
import { integrationWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { ownIntegration } from '../readers/integration.ts';
import { type Answer, ask } from '../temporal/ask.ts';

/**
 * Asks an integration of the organization for something that takes no input; what was granted is in the audit trail.
 * @param action what the trail says was done, such as `paused`
 * @throws RequestProblem 404 for an integration of nobody or of others, 503 when Temporal does not answer
 */
export async function askIntegration<T>(
  { storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>,
  organizationId: string,
  integrationId: string,
  { update, action, by }: { update: UpdateDefinition<T>; action: string; by: string },
): Promise<Answer<T>> {
  await ownIntegration(storage, organizationId, integrationId);
  const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
    workflow.executeUpdate(update),
  );
  if (answer.granted) {
    await storage.auditTrail.record(organizationId, { at: now(), by, action, target: `integration ${integrationId}` });
  }
  return answer;
}
