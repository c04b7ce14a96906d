import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';
import { fromLoggedRow } from '../../domain/logged-row.ts';
import type { SyncEvent } from '../../domain/sync-event.ts';

/** Histories that are fetched at once. */
const CONCURRENCY = 8;

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
  for await (const { workflowId, history } of client.workflow.list().intoHistories({ concurrency: CONCURRENCY })) {
    const rows: SyncEvent[] = [];
    for (const event of history.events ?? []) {
      const payloads = event.activityTaskCompletedEventAttributes?.result?.payloads;
      if (!payloads?.length) continue;
      for (const payload of await codec.decode(payloads)) {
        const result = resultSchema.safeParse(defaultPayloadConverter.fromPayload(payload));
        if (result.success) rows.push(...result.data.log.map(fromLoggedRow));
      }
    }
    if (rows.length > 0) yield { workflowId, rows };
  }
}
