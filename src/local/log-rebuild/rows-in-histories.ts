import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';
import { fromLoggedRow } from '../../domain/logged-row.ts';
import type { SyncEvent } from '../../domain/sync-event.ts';

/** Histories that are fetched at once. */
const AT_ONCE = 8;

/** What activities that write rows return, among other things (domain/logged-row.ts). */
const resultSchema = z.object({
  log: z.array(z.object({ eventId: z.string(), revision: z.number(), row: z.string() })),
});

/** One run of a workflow, and the rows that its activities wrote, in the order in which they were written. */
export interface LoggedRun {
  workflowId: string;
  rows: SyncEvent[];
}

/**
 * The rows of the log as all workflow histories of the namespace hold them, run by run. A row comes once for each time
 * it was written; of two the one with the higher revision is the newer.
 * @throws UnknownKey when a history was encrypted with a key that is no longer known
 */
export async function* rowsInHistories(client: Client, codec: PayloadCodec): AsyncGenerator<LoggedRun> {
  let runs: { workflowId: string; runId: string }[] = [];
  for await (const run of client.workflow.list()) {
    runs.push(run);
    if (runs.length < AT_ONCE) continue;
    yield* await Promise.all(runs.map((each) => rowsOf(client, codec, each)));
    runs = [];
  }
  yield* await Promise.all(runs.map((each) => rowsOf(client, codec, each)));
}

async function rowsOf(
  client: Client,
  codec: PayloadCodec,
  { workflowId, runId }: { workflowId: string; runId: string },
): Promise<LoggedRun> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const rows: SyncEvent[] = [];
  for (const event of events ?? []) {
    const payloads = event.activityTaskCompletedEventAttributes?.result?.payloads;
    if (!payloads?.length) continue;
    for (const payload of await codec.decode(payloads)) {
      const result = resultSchema.safeParse(defaultPayloadConverter.fromPayload(payload));
      if (result.success) rows.push(...result.data.log.map(fromLoggedRow));
    }
  }
  return { workflowId, rows };
}
