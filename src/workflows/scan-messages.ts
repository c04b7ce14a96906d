import { ApplicationFailure, ParentClosePolicy, setHandler, startChild } from '@temporalio/workflow';
import { helpScoutForPeople } from './activity-profiles.ts';
import * as contract from './contract.ts';
import { enter, leaveScanning } from './integration-memory.ts';
import { type IntegrationRun, record } from './integration-run.ts';
import { orUpdateFailure, type Turns } from './integration-turns.ts';
import { scan } from './scan.ts';
import { newScanMemory } from './scan-memory.ts';
import { tellScan } from './tell-scan.ts';
import { helpScoutTime } from './time.ts';

const DAY_MS = 24 * 3_600_000;

/** Answers what people ask about which conversations are read, and what scans tell of their progress. */
export function handleScanMessages(run: IntegrationRun, { allowed, inTurn, published }: Turns): void {
  const { scope, memory, settings } = run;
  const helpScout = helpScoutForPeople(scope);

  const startScan = async () => {
    await tellScan(run, contract.cancelScanSignal);
    memory.scansStarted += 1;
    memory.reconciledUntilMs = Date.now();
    const scanNumber = memory.scansStarted;
    memory.scan = newScanMemory(scanNumber).progress;
    await startChild(scan, {
      workflowId: contract.scanWorkflowId(scope.integrationId, scanNumber),
      args: [
        {
          ...scope,
          scanNumber,
          mailboxIds: memory.mailboxIds,
          modifiedSince: helpScoutTime(Date.now() - settings.scanWindowDays * DAY_MS),
        },
      ],
      // Children end when a parent continues as new, unless they are told to stay.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Scan ${scanNumber}`,
      typedSearchAttributes: [
        { key: contract.SEARCH_ATTRIBUTES.organizationId, value: scope.organizationId },
        { key: contract.SEARCH_ATTRIBUTES.integrationId, value: scope.integrationId },
      ],
    });
    enter(memory, 'scanning');
    return { scanNumber };
  };

  setHandler(
    contract.selectMailboxesUpdate,
    ({ mailboxIds }) =>
      inTurn('selectMailboxes', async () => {
        // Before the scan: what happens while it runs must not be missed.
        await orUpdateFailure(helpScout.configureWebhook(scope, { mailboxIds }));
        memory.mailboxIds = mailboxIds;
        await record(run, { type: 'mailboxesSelected', details: `${mailboxIds.length} mailboxes chosen` });
        const started = await startScan();
        await published();
        return started;
      }),
    {
      validator: ({ mailboxIds }) => {
        allowed('selectMailboxes')();
        if (mailboxIds.length === 0) throw ApplicationFailure.nonRetryable('choose at least one mailbox', 'noMailbox');
      },
    },
  );

  setHandler(
    contract.rescanUpdate,
    () =>
      inTurn('rescan', async () => {
        const started = await startScan();
        await published();
        return started;
      }),
    { validator: allowed('rescan') },
  );

  setHandler(
    contract.pauseUpdate,
    () =>
      inTurn('pause', async () => {
        await tellScan(run, contract.pauseScanSignal);
        enter(memory, 'paused');
        await record(run, { type: 'integrationPaused', details: 'Paused by an administrator' });
        await published();
      }),
    { validator: allowed('pause') },
  );

  setHandler(
    contract.resumeUpdate,
    () =>
      inTurn('resume', async () => {
        enter(memory, memory.pausedFrom);
        await tellScan(run, contract.resumeScanSignal);
        await record(run, { type: 'integrationResumed', details: 'Resumed by an administrator' });
        await published();
      }),
    { validator: allowed('resume') },
  );

  setHandler(contract.scanProgressedSignal, (progress) => {
    if (progress.scanNumber < memory.scansStarted) return; // an earlier scan, cancelled for this one
    memory.scan = progress;
    const over = progress.state === 'completed' || progress.state === 'cancelled';
    if (!over) return;
    leaveScanning(memory);
  });
}
