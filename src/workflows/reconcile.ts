import { condition, isCancellation, workflowInfo } from '@temporalio/workflow';
import { nextCursor, type ScanCursor } from '../domain/scan-cursor.ts';
import { helpScoutForScans } from './activity-profiles.ts';
import { classifyRead } from './follow-conversations.ts';
import { mayWork } from './integration-memory.ts';
import { type IntegrationRun, record } from './integration-run.ts';
import { helpScoutTime } from './time.ts';

/** Help Scout's list is a search index that lags a little, and clocks differ: look back further than the last pass. */
const OVERLAP_MS = 5 * 60_000;

/** Webhooks can be lost: every so often, ask what was modified since the last time, and read what is missing. */
export async function reconcileRegularly(run: IntegrationRun): Promise<void> {
  const { memory, settings, stopping } = run;
  while (!stopping()) {
    await condition(() => stopping() || (memory.state === 'live' && memory.reconciledUntilMs !== null));
    if (stopping() || memory.reconciledUntilMs === null) return;
    const waitMs = memory.reconciledUntilMs + settings.reconcileMs - Date.now();
    if (waitMs > 0) {
      await condition(() => stopping() || !mayWork(memory), waitMs);
      continue;
    }
    try {
      await reconcile(run, memory.reconciledUntilMs);
    } catch (error) {
      if (isCancellation(error)) throw error;
      // The next pass looks back to where the last good one ended; meanwhile there is nothing to lose by waiting.
      await condition(() => stopping(), Math.min(settings.reconcileMs, 60_000));
    }
  }
}

async function reconcile(run: IntegrationRun, sinceMs: number): Promise<void> {
  const { scope, memory } = run;
  const { workflowId } = workflowInfo();
  const startedAtMs = Date.now();
  memory.batches += 1;
  const batch = { batchId: `${workflowId}/${memory.batches}`, workflowId };
  let missed = 0;
  for (let cursor: ScanCursor | null = { page: 1, total: null }; cursor; ) {
    const known = new Set(memory.pending.map(({ conversationId }) => conversationId));
    const page = await helpScoutForScans(scope).importPage(scope, {
      ...batch,
      mailboxIds: memory.mailboxIds,
      modifiedSince: helpScoutTime(sinceMs - OVERLAP_MS),
      page: cursor.page,
    });
    missed += page.changed.filter((id) => !known.has(id)).length;
    await classifyRead(run, batch, page);
    cursor = nextCursor(cursor, page);
  }
  memory.reconciledUntilMs = startedAtMs;
  if (missed > 0) {
    const details = `${missed} conversations that no webhook had told about`;
    await record(run, { type: 'reconciled', direction: 'inbound', details });
  }
}
