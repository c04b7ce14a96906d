import { getExternalWorkflowHandle } from '@temporalio/workflow';
import type { ScanPeriod } from '../domain/scan-period.ts';
import * as contract from './contract.ts';
import { isScanUnderWay } from './integration-memory.ts';
import type { IntegrationRun } from './integration-run.ts';
import { startScan } from './start-scan.ts';
import { tellScan } from './tell-scan.ts';

/** What another choice of mailboxes adds and removes. */
export function changeOf(before: readonly number[], after: readonly number[]) {
  return {
    added: after.filter((mailboxId) => !before.includes(mailboxId)),
    removed: before.filter((mailboxId) => !after.includes(mailboxId)),
  };
}

/** As integrations did that began before choices were compared: whatever runs is given up for the new scan. */
export async function readsEverythingAgain(run: IntegrationRun): Promise<void> {
  await tellScan(run, contract.cancelScanSignal);
  const { memory } = run;
  memory.reconciledUntilMs = Date.now();
  if (memory.scan && isScanUnderWay(memory)) memory.scan = { ...memory.scan, state: 'cancelled' };
}

/** Mailboxes that are not read any more: neither by the scan under way nor by those that wait for it. */
export async function leaveOut(run: IntegrationRun, removed: readonly number[]): Promise<void> {
  const { memory, scope } = run;
  const without = (mailboxIds: readonly number[]) => mailboxIds.filter((mailboxId) => !removed.includes(mailboxId));
  memory.scanQueue = (memory.scanQueue ?? [])
    .map((queued) => ({ ...queued, mailboxIds: without(queued.mailboxIds) }))
    .filter(({ mailboxIds }) => mailboxIds.length > 0);
  const scanned = memory.scanMailboxIds ?? memory.mailboxIds;
  const left = without(scanned);
  if (!memory.scan || !isScanUnderWay(memory) || left.length === scanned.length) return;
  memory.scanMailboxIds = left;
  if (left.length === 0) return tellScan(run, contract.cancelScanSignal);
  const handle = getExternalWorkflowHandle(contract.scanWorkflowId(scope.integrationId, memory.scan.scanNumber));
  await handle.signal(contract.limitScanSignal, { mailboxIds: left }).catch(() => undefined); // it may have ended this moment
}

/**
 * Scans some mailboxes now, or after the scan under way. Where changes were followed up to is left alone: other
 * mailboxes are not read by this. @returns the scan's number; null when nothing is scanned now
 */
export async function scanOrQueue(
  run: IntegrationRun,
  wish: { mailboxIds: number[]; period: ScanPeriod },
): Promise<number | null> {
  const { memory } = run;
  memory.reconciledUntilMs ??= Date.now();
  if (wish.mailboxIds.length === 0) return null;
  if (!isScanUnderWay(memory)) return startScan(run, wish);
  memory.scanQueue = [...(memory.scanQueue ?? []), wish];
  return null;
}
