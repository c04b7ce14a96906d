import { setHandler } from '@temporalio/workflow';
import { helpScoutForPeople, house } from './activity-profiles.ts';
import * as contract from './contract.ts';
import { enter } from './integration-memory.ts';
import { resumeOf } from './integration-resume.ts';
import { type IntegrationRun, record, settleReauthorization } from './integration-run.ts';
import { orUpdateFailure, type Turns } from './integration-turns.ts';
import { adoptToken } from './keep-token-fresh.ts';
import { AUTOMATIC } from './retryable-sync.ts';
import { tellScan } from './tell-scan.ts';

/** Answers what people ask about the connection itself: made, made again, tried, ended. */
export function handleConnectionMessages(run: IntegrationRun, { allowed, inTurn, published }: Turns): void {
  const { scope, memory, settings } = run;
  const helpScout = helpScoutForPeople(scope);

  const connectAccount = async (from?: { integrationId: string }) => {
    const { token, account, mailboxes } = await orUpdateFailure(helpScout.connectAccount(scope, from));
    adoptToken(memory, token);
    await record(run, { type: 'integrationConnected', direction: 'inbound', details: `Connected as ${account.name}` });
    return { account, mailboxes };
  };

  const makeWebhook = async () => {
    if (memory.mailboxIds.length === 0) return;
    await orUpdateFailure(helpScout.configureWebhook(scope, { mailboxIds: memory.mailboxIds }));
  };

  /** What failed for want of access has nothing else to wait for. */
  const askAgain = async () => {
    await settleReauthorization(run);
    await house.retryFailedSyncs(scope, { code: 'authenticationFailed', by: AUTOMATIC });
  };

  const connect = (from?: { integrationId: string }) =>
    inTurn('connect', async () => {
      const result = await connectAccount(from);
      // What came while nobody listened is asked for now, not when the next comparison is due.
      const due = Date.now() - settings.reconcileMs;
      if (memory.reconciledUntilMs !== null) memory.reconciledUntilMs = Math.min(memory.reconciledUntilMs, due);
      // Before anything else looks for it: two who miss it would make two.
      await makeWebhook();
      // Mailboxes are to be chosen; or, where the account was connected before, it goes on as it was.
      enter(memory, memory.returnTo);
      await published();
      if (memory.mailboxIds.length > 0) await askAgain();
      return result;
    });

  setHandler(contract.connectUpdate, () => connect(), { validator: allowed('connect') });
  setHandler(contract.takeOverUpdate, connect, { validator: (_from) => allowed('connect')() });

  setHandler(
    contract.reauthorizedUpdate,
    () =>
      inTurn('reauthorized', async () => {
        const result = await connectAccount();
        if (memory.state === 'needsReauthorization') enter(memory, memory.returnTo);
        await published(); // calls are refused as long as the stored state says so
        if (memory.state !== 'paused') await tellScan(run, contract.resumeScanSignal);
        await makeWebhook();
        await askAgain();
        return result;
      }),
    { validator: allowed('reauthorized') },
  );

  // Not in turn: it changes nothing that the others rely on, and is asked for when one of them hangs.
  setHandler(contract.testConnectionUpdate, (asked) => orUpdateFailure(helpScout.testConnection(scope, asked)), {
    validator: (_asked) => allowed('testConnection')(),
  });

  setHandler(
    contract.disconnectUpdate,
    () =>
      inTurn('disconnect', async () => {
        const resume = resumeOf(memory, settings);
        const { webhookRemoved } = await orUpdateFailure(helpScout.endConnection(scope, { resume }));
        await tellScan(run, contract.cancelScanSignal);
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

  setHandler(
    contract.startAnewSignal,
    () => {
      memory.startsAnew = true;
    },
    { description: 'Go on as a new run, so that the history of this one can be deleted.' },
  );

  setHandler(contract.tokenRejectedSignal, ({ tokenVersion }) => {
    memory.rejectedTokenVersion = Math.max(memory.rejectedTokenVersion, tokenVersion);
  });
}
