import { setHandler } from '@temporalio/workflow';
import { helpScoutForPeople, house } from './activity-profiles.ts';
import * as contract from './contract.ts';
import { enter } from './integration-memory.ts';
import { type IntegrationRun, record, settleReauthorization } from './integration-run.ts';
import { orUpdateFailure, type Turns } from './integration-turns.ts';
import { adoptToken } from './keep-token-fresh.ts';
import { AUTOMATIC } from './retryable-sync.ts';
import { tellScan } from './tell-scan.ts';

/** Answers what people ask about the connection itself: made, made again, tried, ended. */
export function handleConnectionMessages(run: IntegrationRun, { allowed, inTurn, published }: Turns): void {
  const { scope, memory } = run;
  const helpScout = helpScoutForPeople(scope);

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
    contract.reauthorizedUpdate,
    () =>
      inTurn('reauthorized', async () => {
        const result = await connectAccount();
        if (memory.state === 'needsReauthorization') enter(memory, memory.returnTo);
        await published(); // calls are refused as long as the stored state says so
        if (memory.state !== 'paused') await tellScan(run, contract.resumeScanSignal);
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

  // Not in turn: it changes nothing that the others rely on, and is asked for when one of them hangs.
  setHandler(contract.testConnectionUpdate, (asked) => orUpdateFailure(helpScout.testConnection(scope, asked)), {
    validator: (_asked) => allowed('testConnection')(),
  });

  setHandler(
    contract.disconnectUpdate,
    () =>
      inTurn('disconnect', async () => {
        const { webhookRemoved } = await orUpdateFailure(helpScout.endConnection(scope));
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

  setHandler(contract.tokenRejectedSignal, ({ tokenVersion }) => {
    memory.rejectedTokenVersion = Math.max(memory.rejectedTokenVersion, tokenVersion);
  });
}
