import { ApplicationFailure, condition, defineQuery, setHandler } from '@temporalio/workflow';
import * as contract from '../../src/workflows/contract.ts';

/** What a stand-in was sent, by `received`; tests read it as a query. */
export interface Received {
  signals: contract.HelpScoutEvent[][];
  updates: string[];
  input: unknown;
}

export const receivedQuery = defineQuery<Received>('received');

const account = { userId: 501, companyId: 700, name: 'Ada Moor', email: 'ada@sandbox.example' };

/** Answers the integration's messages at once, as the real one does in the end. Input `refuse` makes it refuse. */
export async function integration(input: contract.IntegrationInput & { refuse?: string }): Promise<void> {
  const received: Received = { signals: [], updates: [], input };
  let ended = false;
  const answer = <T>(name: string, value: T) => {
    received.updates.push(name);
    if (input.refuse) throw ApplicationFailure.nonRetryable('secret internal words', input.refuse);
    return value;
  };
  setHandler(contract.connectUpdate, () => answer('connect', { account, mailboxes: [] }));
  setHandler(contract.reauthorizedUpdate, () => answer('reauthorized', { account, mailboxes: [] }));
  setHandler(contract.selectMailboxesUpdate, () =>
    answer('selectMailboxes', { scanNumber: 1, added: [310], removed: [] }),
  );
  setHandler(contract.cancelScanUpdate, () => answer('cancelScan', undefined));
  setHandler(contract.connectDocsUpdate, () => answer('connectDocs', { collections: [] }));
  setHandler(contract.mapDocsUpdate, () => answer('mapDocs', { mapped: 1 }));
  setHandler(contract.rescanUpdate, () => answer('rescan', { scanNumber: 2 }));
  setHandler(contract.pauseUpdate, () => answer('pause', undefined));
  setHandler(contract.resumeUpdate, () => answer('resume', undefined));
  setHandler(contract.retryFailedUpdate, () => answer('retryFailed', { matched: 3 }));
  setHandler(contract.testConnectionUpdate, ({ by }) =>
    answer('testConnection', {
      by,
      atMs: 0,
      steps: [
        { check: 'webhook' as const, outcome: 'failed' as const, result: 'Gone.', remedy: 'Mend.', latencyMs: 5 },
      ],
    }),
  );
  setHandler(contract.disconnectUpdate, () => {
    ended = true;
    return answer('disconnect', undefined);
  });
  setHandler(contract.helpScoutEventsSignal, (events) => void received.signals.push(events));
  setHandler(contract.integrationStatusQuery, () => ({
    state: 'live' as const,
    activity: 'Follows along.',
    situation: {
      ...{ state: 'live' as const, sinceMs: null, mailboxes: 1, scan: null, mailboxesToScan: 0, pending: 4, waits: [] },
      ...{ pausedBy: null, accessEndsAtMs: null, askedUntilMs: null, budget: null, webhooksOff: null },
    },
    scan: null,
    pendingConversations: 4,
    tokenExpiresAtMs: null,
  }));
  setHandler(receivedQuery, () => received);
  await condition(() => ended);
}

/** A failed sync that a retry mends. */
export async function conversationSync(): Promise<string> {
  let by: string | undefined;
  let dismissal: string | undefined;
  setHandler(contract.retryNowUpdate, (person) => {
    by = person.by;
    return { status: 'success' as const };
  });
  setHandler(contract.dismissSignal, (reason, person) => {
    dismissal = `${reason} (${person})`;
  });
  await condition(() => by !== undefined || dismissal !== undefined);
  return by ?? dismissal ?? '';
}

/** An erasure that is only started. */
export async function erase(): Promise<void> {}

/** A test of a channel: e-mail cannot be sent, the chat takes it. */
export async function testNotificationChannel({
  channel,
}: contract.TestChannelInput): Promise<contract.TestChannelResult> {
  return channel === 'email' ? { code: 'notConfigured' } : null;
}
