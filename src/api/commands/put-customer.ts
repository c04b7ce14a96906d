import type { CustomerFields, CustomerRecord } from '../../domain/customer-record.ts';
import { liveIntegration } from '../../storage/live-integration.ts';
import { CUSTOMER_SYNC_WORKFLOW, customerSyncStart } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { RequestProblem } from '../errors.ts';
import { within } from '../temporal/deadline.ts';

const START_MS = 5_000;

type Needed = Pick<Deps, 'storage' | 'temporal' | 'keyRing' | 'logger'>;

/** There is no account that customers could go to. */
export const notConnected = () =>
  new RequestProblem({
    status: 409,
    code: 'notConnected',
    sentence: 'No Help Scout account is connected.',
    remedy: 'An administrator connects one under Settings > Integrations; then send this again.',
  });

/**
 * Stores what is wanted of a customer and has it sent: now, or with the next batch, as the organization has set it. When
 * Temporal cannot be reached the customer waits, and is sent as soon as it can.
 * @throws RequestProblem 409 without a connection
 */
export async function putCustomer(
  deps: Needed,
  organizationId: string,
  externalId: string,
  fields: CustomerFields,
): Promise<CustomerRecord> {
  const { storage } = deps;
  const integration = await liveIntegration(storage, organizationId);
  if (!integration) throw notConnected();
  const record = await storage.customers.put(organizationId, integration.integrationId, externalId, fields);
  const { customers } = await storage.settings.get(organizationId);
  return record.state === 'waiting' && customers.mode === 'realTime' ? sendNow(deps, record) : record;
}

/** Sends a customer once more because a person asked, whatever the setting. @returns null when there is no such customer */
export async function syncCustomerNow(
  deps: Needed,
  organizationId: string,
  externalId: string,
  by: string,
): Promise<CustomerRecord | null> {
  const record = await deps.storage.customers.askAgain(organizationId, externalId, by);
  return record && sendNow(deps, record);
}

/** Tells the customer's workflow; one that cannot be told leaves the customer waiting, which the sweep sees. */
async function sendNow(
  { storage, temporal, keyRing, logger }: Needed,
  record: CustomerRecord,
): Promise<CustomerRecord> {
  const { organizationId, externalId, version } = record;
  try {
    await within(temporal, START_MS, () =>
      temporal.workflow.signalWithStart(
        CUSTOMER_SYNC_WORKFLOW,
        customerSyncStart(record, keyRing.emailHash(record.fields.email)),
      ),
    );
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    logger.warn({ code: error.problem.code }, 'a customer waits: their sync could not be started');
    return record;
  }
  await storage.customers.markTold(organizationId, externalId, version);
  return (await storage.customers.get(organizationId, externalId)) ?? record;
}
