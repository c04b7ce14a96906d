import proto from '@temporalio/proto';
import type { TaskQueueState } from '../../domain/task-queue-state.ts';
import { HELPSCOUT_TASK_QUEUE, TASK_QUEUE } from '../../workflows/contract.ts';
import type { AppDeps } from '../deps.ts';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

const SIDES = [
  { queue: TASK_QUEUE, kind: 'workflow', taskQueueType: TASK_QUEUE_TYPE_WORKFLOW },
  { queue: TASK_QUEUE, kind: 'activity', taskQueueType: TASK_QUEUE_TYPE_ACTIVITY },
  { queue: HELPSCOUT_TASK_QUEUE, kind: 'activity', taskQueueType: TASK_QUEUE_TYPE_ACTIVITY },
] as const;

/** @throws the client's error when Temporal does not answer within `deadlineMs` */
export function readTaskQueues({ temporal }: Pick<AppDeps, 'temporal'>, deadlineMs: number): Promise<TaskQueueState[]> {
  const { namespace } = temporal.options;
  return temporal.withDeadline(Date.now() + deadlineMs, async () => {
    const states: TaskQueueState[] = [];
    // One after the other: of several at once some would still be retrying when the first failure has ended this.
    for (const { queue, kind, taskQueueType } of SIDES) {
      const { stats, pollers } = await temporal.workflowService.describeTaskQueue({
        ...{ namespace, taskQueueType, reportStats: true },
        taskQueue: { name: queue },
      });
      const { seconds, nanos } = stats?.approximateBacklogAge ?? {};
      states.push({
        ...{ queue, kind },
        waiting: Number(stats?.approximateBacklogCount ?? 0),
        oldestSeconds: Number(seconds ?? 0) + (nanos ?? 0) / 1e9,
        addedPerSecond: stats?.tasksAddRate ?? 0,
        donePerSecond: stats?.tasksDispatchRate ?? 0,
        pollers: pollers?.length ?? 0,
      });
    }
    return states;
  });
}
