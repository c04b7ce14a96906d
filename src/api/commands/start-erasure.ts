import { type Erasure, erasureBinding, newErasurePlan } from '../../domain/erasure.ts';
import { randomToken } from '../../security/tokens.ts';
import { ERASE_WORKFLOW, type EraseInput, eraseWorkflowId, SETTLE_MS, TASK_QUEUE } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { within } from '../temporal/deadline.ts';

const START_MS = 5_000;

/**
 * Has a customer, or the whole organization, erased (workflows/erase.ts). @returns the receipt's id
 * @throws RequestProblem 503 when Temporal does not answer; asking again begins another erasure, which does no harm
 */
export async function startErasure(
  { storage, temporal, keyRing, now }: Pick<Deps, 'storage' | 'temporal' | 'keyRing' | 'now'>,
  { organizationId, memberId, by }: { organizationId: string; memberId: string; by: string },
  wish: { kind: 'organization' } | { kind: 'customer'; address: string; refusesLater: boolean },
  settleMs = SETTLE_MS,
): Promise<string> {
  const erasureId = randomToken();
  const erasure: Erasure = {
    ...{ erasureId, organizationId, kind: wish.kind, state: 'waiting', subjectHash: null },
    ...{ refusesLater: wish.kind === 'customer' && wish.refusesLater, by: memberId, requestedAt: now() },
    ...{ finishedAt: null, removed: {}, changed: {}, workflows: { ended: 0, deleted: 0 }, waitsFor: 0 },
  };
  const plan =
    wish.kind === 'customer'
      ? keyRing.encrypt(JSON.stringify(newErasurePlan(wish.address)), erasureBinding(organizationId, erasureId))
      : null;
  await storage.erasures.begin(erasure, plan);
  const action = wish.kind === 'customer' ? 'erased a customer' : 'erased the organization';
  // Whose data it was is what nobody should read here later.
  await storage.auditTrail.record(organizationId, { at: now(), by, action, target: `erasure ${erasureId}` });
  const input: EraseInput = { organizationId, erasureId, kind: wish.kind, settleMs };
  await within(temporal, START_MS, () =>
    temporal.workflow.start(ERASE_WORKFLOW, {
      workflowId: eraseWorkflowId(organizationId, erasureId),
      taskQueue: TASK_QUEUE,
      args: [input],
      staticSummary: wish.kind === 'customer' ? 'Erasing a customer' : 'Erasing an organization',
    }),
  );
  return erasureId;
}
