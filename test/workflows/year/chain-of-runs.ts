import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils.js';

type ContinuedAsNew = NonNullable<History['events']>[number]['workflowExecutionContinuedAsNewEventAttributes'];

/** One run of a workflow that went on as a new one, or still goes on. */
export interface ChainedRun {
  runId: string;
  events: number;
  /** What it began with ... */
  input: unknown;
  /** ... and what it handed to the next one; undefined in the last. */
  handedOver: unknown;
}

/** All runs of a workflow from its first one on, in order. */
export async function chainOfRuns(client: Client, workflowId: string, firstRunId: string): Promise<ChainedRun[]> {
  const runs: ChainedRun[] = [];
  for (let runId: string | null | undefined = firstRunId; runId; ) {
    const events: History['events'] = (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events;
    const begun = events?.[0]?.workflowExecutionStartedEventAttributes;
    const over: ContinuedAsNew | null | undefined = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
    const of = (payloads: typeof begun) => {
      const [payload] = payloads?.input?.payloads ?? [];
      return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
    };
    runs.push({ runId, events: events?.length ?? 0, input: of(begun), handedOver: over ? of(over) : undefined });
    runId = over?.newExecutionRunId;
  }
  return runs;
}
