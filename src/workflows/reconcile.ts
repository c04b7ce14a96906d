import { condition, isCancellation, patched } from '@temporalio/workflow';
import { FIRST_PAGE } from '../domain/scan-cursor.ts';
import { helpScoutForScans } from './activity-profiles.ts';
import { classifyRead } from './follow-conversations.ts';
import { mayWork } from './integration-memory.ts';
import { type IntegrationRun, nextBatch, record } from './integration-run.ts';
import { helpScoutTime } from './time.ts';
import { webhookRepairLine } from './webhook-repair-line.ts';

/** Help Scout's list is a search index that lags a little, and clocks differ: look back further than the last pass. */
const OVERLAP_MS = 5 * 60_000;
/** After a pass that failed; twice as long after each further one, up to the time between passes. */
const TRY_AGAIN_MS = 60_000;

/** Webhooks can be lost: every so often, ask what was modified since the last time, and read what is missing. */
export async function reconcileRegularly(run: IntegrationRun): Promise<void> {
  const { memory, settings, stopping } = run;
  let failed = 0;
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
      failed = 0;
    } catch (error) {
      if (isCancellation(error)) throw error;
      // The next pass looks back to where the last good one ended; meanwhile there is nothing to lose by waiting.
      failed = await waitAfterFailure(run, failed);
    }
  }
}

/** @returns how many passes have failed one after another; none once somebody has changed what may have been wrong */
async function waitAfterFailure({ memory, settings, stopping }: IntegrationRun, failedBefore: number): Promise<number> {
  if (!patched('reconcile-less-often-while-it-fails')) {
    await condition(() => stopping(), Math.min(settings.reconcileMs, TRY_AGAIN_MS));
    return 0;
  }
  const { mailboxIds } = memory;
  const changed = () => stopping() || !mayWork(memory) || memory.mailboxIds !== mailboxIds;
  const waitMs = Math.min(settings.reconcileMs, TRY_AGAIN_MS * 2 ** failedBefore);
  return (await condition(changed, waitMs)) ? 0 : failedBefore + 1;
}

async function reconcile(run: IntegrationRun, wantedSinceMs: number): Promise<void> {
  const { scope, memory } = run;
  const { sinceMs, mailboxIds } = await inspect(run, wantedSinceMs);
  memory.reconciliation ??= {
    batch: nextBatch(run),
    startedAtMs: Date.now(),
    modifiedSince: helpScoutTime(sinceMs - OVERLAP_MS),
    cursor: FIRST_PAGE,
    missed: 0,
  };
  const pass = memory.reconciliation;
  // Without any mailbox the list would be of all that the account has.
  for (let more = mailboxIds.length > 0; more; ) {
    if (run.stopping() || !mayWork(memory)) return;
    const expected = new Set([...memory.pending.map(({ conversationId }) => conversationId), ...memory.processing]);
    const page = await helpScoutForScans(scope).importPage(scope, {
      ...pass.batch,
      mailboxIds,
      modifiedSince: pass.modifiedSince,
      cursor: pass.cursor,
      pass: { startedAtMs: pass.startedAtMs, found: pass.found ?? 0 },
    });
    await classifyRead(run, pass.batch, page);
    pass.found = (pass.found ?? 0) + page.changed.length;
    pass.missed += page.changed.filter((id) => !expected.has(id)).length;
    if (page.next) pass.cursor = page.next;
    more = page.next !== null;
  }
  memory.reconciledUntilMs = pass.startedAtMs;
  memory.reconciliation = null;
  if (pass.missed > 0) {
    const details = `${pass.missed} ${pass.missed === 1 ? 'conversation' : 'conversations'} that no webhook had told about`;
    await record(run, { type: 'reconciled', direction: 'inbound', details, missed: pass.missed });
  }
}

/** Before a pass: which mailboxes there are, from when on they have to be looked at, and whether webhooks are told. */
async function inspect(run: IntegrationRun, wantedSinceMs: number): Promise<{ sinceMs: number; mailboxIds: number[] }> {
  const { scope, memory } = run;
  if (!patched('inspect-before-reconciling')) return { sinceMs: wantedSinceMs, mailboxIds: memory.mailboxIds };
  const { shown, lookBackToMs, webhook, webhookOffSinceMs } = await helpScoutForScans(scope).inspectConnection(scope, {
    mailboxIds: memory.mailboxIds,
  });
  if ((memory.webhooksOffSinceMs ?? null) !== webhookOffSinceMs) {
    memory.webhooksOffSinceMs = webhookOffSinceMs;
    memory.revision += 1;
  }
  if (webhook) {
    const { errorCode } = webhook;
    const details = webhookRepairLine(webhook);
    const error = errorCode === null ? {} : { error: errorCode };
    await record(run, { type: 'webhookConfigured', direction: 'outbound', details, ...error });
  }
  // A pass that was interrupted goes on where it was, unless a mailbox has come back that was hidden for longer.
  const { reconciliation } = memory;
  const begunMs = reconciliation ? Date.parse(reconciliation.modifiedSince) : Number.POSITIVE_INFINITY;
  if (lookBackToMs !== null && lookBackToMs - OVERLAP_MS < begunMs) memory.reconciliation = null;
  return { sinceMs: Math.min(wantedSinceMs, lookBackToMs ?? wantedSinceMs), mailboxIds: shown };
}
