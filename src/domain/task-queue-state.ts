/** What waits on one side of a task queue, as Temporal estimates it. */
export interface TaskQueueState {
  queue: string;
  kind: 'workflow' | 'activity';
  waiting: number;
  /** Of the task that waits longest. */
  oldestSeconds: number;
  addedPerSecond: number;
  donePerSecond: number;
  /** Workers that asked for work lately. */
  pollers: number;
}
