import { ApplicationFailure, patched, setHandler } from '@temporalio/workflow';
import { isPeriod, periodBounds, type ScanPeriod } from '../domain/scan-period.ts';
import { helpScoutForPeople } from './activity-profiles.ts';
import * as contract from './contract.ts';
import { enter, isScanUnderWay, leaveScanning } from './integration-memory.ts';
import { type IntegrationRun, record } from './integration-run.ts';
import { orUpdateFailure, type Turns } from './integration-turns.ts';
import { changeOf, leaveOut, readsEverythingAgain, scanOrQueue } from './scan-choice.ts';
import type { AskedBy, RescanWish } from './scan-contract.ts';
import { showState } from './show-state.ts';
import { startScan } from './start-scan.ts';
import { tellScan } from './tell-scan.ts';
import { helpScoutTime } from './time.ts';

/** Answers what people ask about which conversations are read, and what scans tell of their progress. */
export function handleScanMessages(run: IntegrationRun, { allowed, inTurn, published }: Turns): void {
  const { scope, memory, settings } = run;
  const helpScout = helpScoutForPeople(scope);
  const usual: ScanPeriod = { days: settings.scanWindowDays };

  setHandler(
    contract.selectMailboxesUpdate,
    ({ mailboxIds, period = usual }) =>
      inTurn('selectMailboxes', async () => {
        const stepwise = patched('scanControl');
        const { added, removed } = stepwise
          ? changeOf(memory.mailboxIds, mailboxIds)
          : { added: mailboxIds, removed: [] };
        if (added.length + removed.length === 0) return { scanNumber: null, added, removed };
        // Before the scan: what happens while it runs must not be missed.
        await orUpdateFailure(helpScout.configureWebhook(scope, { mailboxIds }));
        memory.mailboxIds = mailboxIds;
        memory.webhooksOffSinceMs = null;
        await record(run, { type: 'mailboxesSelected', details: `${mailboxIds.length} mailboxes chosen` });
        if (!stepwise) await readsEverythingAgain(run);
        await leaveOut(run, removed);
        const scanNumber = await scanOrQueue(run, { mailboxIds: added, period });
        if (scanNumber === null) memory.revision += 1;
        await published();
        return { scanNumber, added, removed };
      }),
    {
      validator: ({ mailboxIds, period }) => {
        allowed('selectMailboxes')();
        if (mailboxIds.length === 0) throw ApplicationFailure.nonRetryable('choose at least one mailbox', 'noMailbox');
        refuseBadPeriod(period);
      },
    },
  );

  setHandler(
    contract.rescanPeriodUpdate,
    ({ period = usual }: RescanWish = {}) =>
      inTurn('rescan', async () => {
        if (!patched('scanControl')) await readsEverythingAgain(run);
        else if (isScanUnderWay(memory)) throw notPossibleNow('a scan is under way');
        const scanNumber = await startScan(run, { mailboxIds: memory.mailboxIds, period });
        await published();
        return { scanNumber };
      }),
    {
      validator: (wish: RescanWish | undefined) => {
        allowed('rescan')();
        refuseBadPeriod(wish?.period);
      },
    },
  );

  // Not in turn: it changes nothing.
  setHandler(
    contract.estimateScanUpdate,
    ({ mailboxIds, period = usual }) => {
      const { fromMs, toMs } = periodBounds(period, Date.now());
      const modifiedUntil = toMs === null ? {} : { modifiedUntil: helpScoutTime(toMs) };
      const counted = helpScout.estimateFirstScan(scope, {
        ...{ mailboxIds, modifiedSince: helpScoutTime(fromMs), ...modifiedUntil },
      });
      return orUpdateFailure(counted);
    },
    {
      validator: ({ period }) => {
        allowed('estimateScan')();
        refuseBadPeriod(period);
      },
    },
  );

  setHandler(
    contract.cancelScanUpdate,
    () =>
      inTurn('cancelScan', async () => {
        await tellScan(run, contract.cancelScanSignal);
        // Said at once: the page under way may wait for Help Scout for minutes, and ends by itself.
        if (memory.scan && isScanUnderWay(memory)) {
          memory.scan = { ...memory.scan, state: 'cancelled', waitingFor: null, finishedAtMs: Date.now() };
        }
        memory.scanQueue = [];
        leaveScanning(memory);
        memory.revision += 1;
        await published();
      }),
    {
      validator: () => {
        allowed('cancelScan')();
        if (!isScanUnderWay(memory)) throw notPossibleNow('no scan is under way');
      },
    },
  );

  setHandler(
    contract.pauseByUpdate,
    ({ by }: AskedBy = {}) =>
      inTurn('pause', async () => {
        await tellScan(run, contract.pauseScanSignal);
        memory.pausedBy = by ?? null;
        enter(memory, 'paused');
        await record(run, { type: 'integrationPaused', details: 'Paused by an administrator' });
        await published();
      }),
    { validator: (_asked) => allowed('pause')() },
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
    const over = progress.state === 'completed' || progress.state === 'cancelled';
    // Of one that is cancelled, the page under way is counted; what it does is known.
    const known = memory.scan?.scanNumber === progress.scanNumber && memory.scan.state === 'cancelled';
    memory.scan = known && !over ? { ...progress, state: 'cancelled', waitingFor: null } : progress;
    if (over) leaveScanning(memory);
    showState(memory);
  });

  setHandler(contract.waitsChangedSignal, ({ atMs, waits }) => {
    if (atMs < (memory.waitsAtMs ?? 0)) return; // overtaken by a later one
    memory.waits = waits;
    memory.waitsAtMs = atMs;
    showState(memory);
  });
}

const notPossibleNow = (why: string) => ApplicationFailure.nonRetryable(why, 'notPossibleNow');

function refuseBadPeriod(period: unknown): void {
  if (period === undefined || isPeriod(period)) return;
  throw ApplicationFailure.nonRetryable('the period is none, or ends before it begins', 'badPeriod');
}
