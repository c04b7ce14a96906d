import type { UpdateDefinition } from '@temporalio/common';
import type { RetryRunState } from '../../domain/retry-run.ts';
import { approveRetryRunUpdate, cancelRetryRunUpdate, retryRunWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { type Answer, ask } from '../temporal/ask.ts';

export type RetryRunDecision = 'approve' | 'cancel';

const OF: Record<
  RetryRunDecision,
  { update: UpdateDefinition<RetryRunState, [{ by?: string } | undefined]>; action: string }
> = {
  approve: { update: approveRetryRunUpdate, action: 'let a retry run go on' },
  cancel: { update: cancelRetryRunUpdate, action: 'stopped a retry run' },
};

/**
 * Lets a retry run that waits go on, or stops one; what was granted is in the audit trail.
 * @returns null for a run that the organization has not
 * @throws RequestProblem 503 when Temporal does not answer
 */
export async function decideRetryRun(
  { storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>,
  organizationId: string,
  retryRunId: string,
  { decision, by }: { decision: RetryRunDecision; by: string },
): Promise<Answer<RetryRunState> | null> {
  if (!(await storage.retryRuns.get(organizationId, retryRunId))) return null;
  const { update, action } = OF[decision];
  const answer = await ask(temporal, retryRunWorkflowId(organizationId, retryRunId), (workflow) =>
    workflow.executeUpdate(update, { args: [{ by }] }),
  );
  if (answer.granted) {
    await storage.auditTrail.record(organizationId, { at: now(), by, action, target: retryRunId });
  }
  return answer;
}
