import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { addPending } from '../domain/pending-conversations.ts';
import { helpScoutForPeople, house } from './activity-profiles.ts';
import { handleConnectionMessages } from './connection-messages.ts';
import * as contract from './contract.ts';
import { isSyncErrorCode } from './failure-code.ts';
import { type IntegrationRun, record } from './integration-run.ts';
import { orUpdateFailure, takeTurns } from './integration-turns.ts';
import { handleScanMessages } from './scan-messages.ts';
import { integrationLine, situationOf } from './status-lines.ts';

const MOST_PENDING = 5_000;

/** Registers everything an integration answers to. */
export function handleMessages(run: IntegrationRun): void {
  const { scope, memory } = run;
  const turns = takeTurns(memory);
  const { allowed, inTurn } = turns;
  const helpScout = helpScoutForPeople(scope);
  handleConnectionMessages(run, turns);
  handleScanMessages(run, turns);

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

  setHandler(contract.retryFailedUpdate, async (choice) => ({ matched: await house.retryFailedSyncs(scope, choice) }), {
    description: 'Retry every failed sync ({}), or those of one cause: {"code": "helpScoutUnavailable"}.',
    validator: ({ code }) => {
      allowed('retryFailed')();
      if (code === undefined || isSyncErrorCode(code)) return;
      throw ApplicationFailure.nonRetryable("code is none of the log's error codes", 'unknownCode');
    },
  });

  setHandler(contract.helpScoutEventsSignal, (events) => {
    // What does not fit is not lost: the next reconciliation finds it, and the state must fit into one payload.
    if (memory.pending.length >= MOST_PENDING) return;
    const ids = events.map(({ conversationId }) => conversationId);
    const receivedAtMs = Math.min(...events.map((event) => event.receivedAtMs));
    memory.pending = addPending(memory.pending, ids, Date.now(), receivedAtMs);
  });

  setHandler(contract.integrationStatusQuery, () => ({
    state: memory.state,
    activity: integrationLine(memory),
    situation: situationOf(memory),
    scan: memory.scan,
    pendingConversations: memory.pending.length,
    tokenExpiresAtMs: memory.token?.expiresAtMs ?? null,
  }));
}
