import { type Client, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import {
  CUSTOMER_BATCH_WORKFLOW,
  customerBatchWorkflowId,
  customerScheduleId,
  TASK_QUEUE,
} from '../../workflows/contract.ts';
import { within } from '../temporal/deadline.ts';

const EVERY = { hourly: '1 hour', daily: '1 day' } as const;
const CALL_MS = 10_000;

/**
 * Brings an organization's schedule to its setting; call it after the setting is saved. Back in real time, what waits for
 * a batch is sent at once. Safe to repeat.
 * @throws RequestProblem 503 when Temporal does not answer
 */
export async function applyCustomerSchedule(
  temporal: Client,
  organizationId: string,
  mode: OrganizationSettings['customers']['mode'],
): Promise<void> {
  await within(temporal, CALL_MS, async () => {
    if (mode !== 'realTime') return await schedule(temporal, organizationId, EVERY[mode]);
    await unlessMissing(() => temporal.schedule.getHandle(customerScheduleId(organizationId)).delete());
    await temporal.workflow.start(CUSTOMER_BATCH_WORKFLOW, {
      ...batchOf(organizationId),
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  });
}

const batchOf = (organizationId: string) => ({
  workflowId: customerBatchWorkflowId(organizationId),
  taskQueue: TASK_QUEUE,
  args: [{ organizationId }],
});

async function schedule(temporal: Client, organizationId: string, every: '1 hour' | '1 day'): Promise<void> {
  const action = {
    ...{ type: 'startWorkflow' as const, workflowType: CUSTOMER_BATCH_WORKFLOW },
    ...batchOf(organizationId),
  };
  const spec = { intervals: [{ every }] };
  const handle = temporal.schedule.getHandle(customerScheduleId(organizationId));
  const updated = await unlessMissing(() => handle.update((previous) => ({ ...previous, spec, action })));
  if (updated) return;
  await temporal.schedule.create({
    scheduleId: customerScheduleId(organizationId),
    spec,
    action,
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
  });
}

/** @returns whether there was such a schedule */
async function unlessMissing(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}
