import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { helpScoutForPeople, helpScoutForWebhooks, house } from './activity-profiles.ts';
import { type CustomerSyncInput, customerChangedSignal } from './contract.ts';
import { AUTOMATIC, retryableSync, type SyncEnd, type SyncTry } from './retryable-sync.ts';

const REPLACED = 'A later change was sent instead';

/**
 * One burst of changes of one customer: sends the version that storage has, and whatever came meanwhile after it, in one.
 * A version that cannot be sent is kept retryable (retryable-sync.ts) until a later one takes its place.
 */
export async function customerSync(input: CustomerSyncInput): Promise<'success' | 'skipped'> {
  const { organizationId, integrationId, externalId } = input;
  const scope = { organizationId, integrationId };
  /** The latest version that we were told of, and the one that is being sent or waits for a person. */
  let wanted = 0;
  let current = 0;
  let told = true;
  setHandler(
    customerChangedSignal,
    (change) => {
      told = true;
      wanted = Math.max(wanted, change?.version ?? 0);
    },
    { description: 'Look whether something about the customer has to be sent. Needs no input.' },
  );

  /** What the round's last try wrote to its row itself. */
  let written = false;

  async function attempt({ by, attemptKey }: SyncTry): Promise<SyncEnd> {
    const helpScout = by === AUTOMATIC ? helpScoutForWebhooks(scope) : helpScoutForPeople(scope);
    for (;;) {
      const { version, due, state } = await house.openCustomer(scope, { externalId });
      if (current !== 0 && version !== current) await replace(current);
      current = due ? version : 0;
      written = true;
      if (!due) return { status: state === 'dismissed' ? 'skipped' : 'success', details: 'Help Scout has all of it' };
      written = false;
      const sent = await helpScout.syncCustomer(scope, { externalId, version, by, attemptKey });
      if (sent.kind === 'replaced') continue;
      written = true;
      current = 0;
      return { status: sent.status, details: sent.details };
    }
  }

  const replace = (version: number) =>
    house.settleCustomer(scope, { externalId, version, status: 'skipped', details: REPLACED });

  let end: SyncEnd['status'] = 'success';
  while (told) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof customerSync>(input);
    told = false;
    written = false;
    end = await retryableSync({
      attempt,
      superseded: () => (wanted > current ? REPLACED : undefined),
      async settle({ status, details, tried, failure, dismissedBy }) {
        if (written || status === 'success') return;
        await house.settleCustomer(scope, {
          ...{ externalId, version: current, status, details, tried },
          failure: failure && { code: failure.code, httpStatus: failure.httpStatus },
          dismissed: dismissedBy !== undefined,
        });
        if (status === 'skipped') current = 0;
      },
    });
  }
  return end;
}
