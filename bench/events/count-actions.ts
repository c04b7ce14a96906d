import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

export interface HistoryCount {
  events: number;
  actions: number;
}

/**
 * What Temporal Cloud bills as actions (docs.temporal.io/cloud/actions), by the event that shows it in a history: the start
 * of a workflow (by anybody, continue-as-new included), a signal that arrived or was sent, an accepted update, a timer, each try of an activity, search
 * attributes set later on. Heartbeats and queries leave no event and are not counted, nor is the tenth of an action that fairness adds to
 * each: the bench makes no queries, and no activity of it lasts the five seconds after which one reports. Workflow tasks are free.
 */
const BILLED: ReadonlySet<number> = new Set([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
]);

/** Of one run. */
export async function countRun({ workflow }: Client, workflowId: string, runId: string): Promise<HistoryCount> {
  const { events } = await workflow.getHandle(workflowId, runId).fetchHistory();
  let actions = 0;
  for (const { eventType, activityTaskStartedEventAttributes: started } of events ?? []) {
    if (BILLED.has(Number(eventType))) actions += 1;
    // A history shows the last try only, with its number.
    if (started) actions += Number(started.attempt ?? 1) - 1;
  }
  return { events: events?.length ?? 0, actions };
}

/** Of every run of workflows of a type, as they are now. */
export async function countType(client: Client, type: string): Promise<HistoryCount> {
  const sum = { events: 0, actions: 0 };
  for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = '${type}'` })) {
    const { events, actions } = await countRun(client, workflowId, runId);
    sum.events += events;
    sum.actions += actions;
  }
  return sum;
}
