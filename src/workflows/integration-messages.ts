import {
  ApplicationFailure,
  condition,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  type SignalDefinition,
  setHandler,
  startChild,
} from '@temporalio/workflow';
import type { IntegrationState } from '../domain/integration.ts';
import { addPending } from '../domain/pending-conversations.ts';
import { helpScoutForPeople, house } from './activity-profiles.ts';
import * as contract from './contract.ts';
import { isSyncErrorCode, updateFailure } from './failure-code.ts';
import { enter, isPublished, leaveScanning } from './integration-memory.ts';
import { type IntegrationRun, record, settleReauthorization } from './integration-run.ts';
import { adoptToken } from './keep-token-fresh.ts';
import { AUTOMATIC } from './retryable-sync.ts';
import { scan } from './scan.ts';
import { newScanMemory } from './scan-memory.ts';
import { integrationLine } from './status-lines.ts';
import { helpScoutTime } from './time.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_PENDING = 5_000;

/** In which states each request of people makes sense; elsewhere it is refused before it enters the history. */
const ALLOWED: Record<string, readonly IntegrationState[]> = {
  connect: ['connecting'],
  selectMailboxes: ['awaitingMailboxes', 'scanning', 'live'],
  connectDocs: ['awaitingMailboxes', 'scanning', 'live', 'paused'],
  mapDocs: ['awaitingMailboxes', 'scanning', 'live', 'paused'],
  rescan: ['live'],
  pause: ['scanning', 'live'],
  resume: ['paused'],
  reauthorized: ['awaitingMailboxes', 'scanning', 'live', 'paused', 'needsReauthorization'],
  retryFailed: ['scanning', 'live'],
  testConnection: ['awaitingMailboxes', 'scanning', 'live', 'paused', 'needsReauthorization'],
  disconnect: ['connecting', 'awaitingMailboxes', 'scanning', 'live', 'paused', 'needsReauthorization'],
};

/** Registers everything an integration answers to. */
export function handleMessages(run: IntegrationRun): void {
  const { scope, memory, settings } = run;
  const helpScout = helpScoutForPeople(scope);

  const allowed = (name: keyof typeof ALLOWED) => () => {
    if (ALLOWED[name]?.includes(memory.state)) return;
    throw ApplicationFailure.nonRetryable(
      `${name} is not possible while the integration is ${memory.state}`,
      'notPossibleNow',
    );
  };
  let busy = false;
  /** One request at a time: each is checked again once it is its turn, as the one before may have changed the state. */
  const inTurn = async <T>(name: keyof typeof ALLOWED, work: () => Promise<T>): Promise<T> => {
    while (busy) await condition(() => !busy);
    allowed(name)();
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
  /** Answers once pages show what was done. */
  const published = () => condition(() => isPublished(memory));
  const orUpdateFailure = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (error) {
      throw updateFailure(error);
    }
  };
  const tellScan = async (signal: SignalDefinition<[]>) => {
    if (!memory.scan || ['completed', 'cancelled'].includes(memory.scan.state)) return;
    const handle = getExternalWorkflowHandle(contract.scanWorkflowId(scope.integrationId, memory.scan.scanNumber));
    await handle.signal(signal).catch(() => undefined); // it may have ended this moment
  };

  const startScan = async () => {
    await tellScan(contract.cancelScanSignal);
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

  const connectAccount = async () => {
    const { token, account, mailboxes } = await orUpdateFailure(helpScout.connectAccount(scope));
    adoptToken(memory, token);
    await record(run, { type: 'integrationConnected', direction: 'inbound', details: `Connected as ${account.name}` });
    return { account, mailboxes };
  };

  setHandler(
    contract.connectUpdate,
    () =>
      inTurn('connect', async () => {
        const result = await connectAccount();
        enter(memory, 'awaitingMailboxes');
        await published();
        return result;
      }),
    { validator: allowed('connect') },
  );

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
    contract.connectDocsUpdate,
    () =>
      inTurn('connectDocs', async () => ({ collections: await orUpdateFailure(helpScout.listDocsCollections(scope)) })),
    { validator: allowed('connectDocs') },
  );

  setHandler(
    contract.mapDocsUpdate,
    (choice) =>
      inTurn('mapDocs', async () => {
        const mapped = await house.saveDocsMapping(scope, choice);
        await record(run, { type: 'docsMapped', details: `${mapped} Docs collections mapped` });
        return { mapped };
      }),
    { validator: (_choice) => allowed('mapDocs')() },
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
        await tellScan(contract.pauseScanSignal);
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
        await tellScan(contract.resumeScanSignal);
        await record(run, { type: 'integrationResumed', details: 'Resumed by an administrator' });
        await published();
      }),
    { validator: allowed('resume') },
  );

  setHandler(
    contract.reauthorizedUpdate,
    () =>
      inTurn('reauthorized', async () => {
        const result = await connectAccount();
        if (memory.state === 'needsReauthorization') enter(memory, memory.returnTo);
        await published(); // calls are refused as long as the stored state says so
        if (memory.state !== 'paused') await tellScan(contract.resumeScanSignal);
        if (memory.mailboxIds.length > 0) {
          await orUpdateFailure(helpScout.configureWebhook(scope, { mailboxIds: memory.mailboxIds }));
        }
        await settleReauthorization(run);
        // What failed for want of access has nothing else to wait for.
        await house.retryFailedSyncs(scope, { code: 'authenticationFailed', by: AUTOMATIC });
        return result;
      }),
    { validator: allowed('reauthorized') },
  );

  setHandler(contract.retryFailedUpdate, async (choice) => ({ matched: await house.retryFailedSyncs(scope, choice) }), {
    description: 'Retry every failed sync ({}), or those of one cause: {"code": "helpScoutUnavailable"}.',
    validator: ({ code }) => {
      allowed('retryFailed')();
      if (code === undefined || isSyncErrorCode(code)) return;
      throw ApplicationFailure.nonRetryable("code is none of the log's error codes", 'unknownCode');
    },
  });

  // Not in turn: it changes nothing that the others rely on, and is asked for when one of them hangs.
  setHandler(contract.testConnectionUpdate, (asked) => orUpdateFailure(helpScout.testConnection(scope, asked)), {
    validator: (_asked) => allowed('testConnection')(),
  });

  setHandler(
    contract.disconnectUpdate,
    () =>
      inTurn('disconnect', async () => {
        const { webhookRemoved } = await orUpdateFailure(helpScout.endConnection(scope));
        await tellScan(contract.cancelScanSignal);
        const details = webhookRemoved
          ? 'Webhook removed, access forgotten'
          : 'Access forgotten; Help Scout no longer let us remove the webhook';
        await record(run, { type: 'integrationDisconnected', direction: 'outbound', details });
        memory.token = null;
        memory.pending = [];
        enter(memory, 'disconnected');
        await published();
      }),
    { validator: allowed('disconnect') },
  );

  setHandler(contract.helpScoutEventsSignal, (events) => {
    // What does not fit is not lost: the next reconciliation finds it, and the state must fit into one payload.
    if (memory.pending.length >= MOST_PENDING) return;
    const ids = events.map(({ conversationId }) => conversationId);
    memory.pending = addPending(memory.pending, ids, Date.now());
  });

  setHandler(contract.tokenRejectedSignal, ({ tokenVersion }) => {
    memory.rejectedTokenVersion = Math.max(memory.rejectedTokenVersion, tokenVersion);
  });

  setHandler(contract.scanProgressedSignal, (progress) => {
    if (progress.scanNumber < memory.scansStarted) return; // an earlier scan, cancelled for this one
    memory.scan = progress;
    const over = progress.state === 'completed' || progress.state === 'cancelled';
    if (!over) return;
    leaveScanning(memory);
  });

  setHandler(contract.integrationStatusQuery, () => ({
    state: memory.state,
    activity: integrationLine(memory),
    scan: memory.scan,
    pendingConversations: memory.pending.length,
    tokenExpiresAtMs: memory.token?.expiresAtMs ?? null,
  }));
}
