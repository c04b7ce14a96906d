import { condition, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { periodBounds, type ScanPeriod } from '../domain/scan-period.ts';
import * as contract from './contract.ts';
import { enter, type IntegrationMemory, isScanUnderWay, mayWork } from './integration-memory.ts';
import type { IntegrationRun } from './integration-run.ts';
import { scan } from './scan.ts';
import { newScanMemory } from './scan-memory.ts';
import { helpScoutTime } from './time.ts';

/** Starts a scan of some mailboxes. @returns its number */
export async function startScan(
  { scope, memory }: IntegrationRun,
  { mailboxIds, period }: { mailboxIds: number[]; period: ScanPeriod },
): Promise<number> {
  memory.scansStarted += 1;
  const scanNumber = memory.scansStarted;
  memory.scan = newScanMemory(scanNumber).progress;
  memory.scanMailboxIds = mailboxIds;
  const { fromMs, toMs } = periodBounds(period, Date.now());
  memory.scanPeriod = { fromMs, toMs: toMs ?? Date.now() };
  await startChild(scan, {
    workflowId: contract.scanWorkflowId(scope.integrationId, scanNumber),
    args: [
      {
        ...scope,
        scanNumber,
        mailboxIds,
        modifiedSince: helpScoutTime(fromMs),
        ...(toMs !== null && { modifiedUntil: helpScoutTime(toMs) }),
      },
    ],
    // Children end when a parent continues as new, unless they are told to stay.
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `Scan ${scanNumber}`,
    // Not its parent's, which goes before everything else.
    priority: { priorityKey: contract.PRIORITY.webhook },
    typedSearchAttributes: [
      { key: contract.SEARCH_ATTRIBUTES.organizationId, value: scope.organizationId },
      { key: contract.SEARCH_ATTRIBUTES.integrationId, value: scope.integrationId },
    ],
  });
  enter(memory, 'scanning');
  return scanNumber;
}

/** Has mailboxes scanned that were added during another scan, once that is over. */
export async function startQueuedScans(run: IntegrationRun): Promise<void> {
  const { memory, stopping } = run;
  while (!stopping()) {
    await condition(() => stopping() || isDue(memory));
    const [next, ...rest] = memory.scanQueue ?? [];
    if (stopping() || !next) continue;
    memory.scanQueue = rest;
    await startScan(run, next);
  }
}

const isDue = (memory: IntegrationMemory) =>
  (memory.scanQueue ?? []).length > 0 && mayWork(memory) && !isScanUnderWay(memory);
