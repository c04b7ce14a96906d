import {
  CUSTOMER_FIELD_TEXT,
  type CustomerFieldName,
  type CustomerRecord,
  type CustomerState,
} from '../domain/customer-record.ts';
import type { Logged } from '../domain/logged-row.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import { customerWorkflowId, type Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import { type ExchangeResult, exchangeCustomer } from './customer-exchange.ts';
import type { ActivityDeps } from './deps.ts';
import { createNotedTries, type Remember } from './noted-tries.ts';

const AUTOMATIC = 'automatic';
/** Rows of one customer's earlier versions, of which there is hardly ever one. */
const MOST_REPLACED = 100;

interface CustomerTry {
  externalId: string;
  version: number;
  by: string;
  attemptKey: string;
}
export interface CustomerSettlement {
  externalId: string;
  version: number;
  status: 'failed' | 'skipped' | 'retrying';
  details: string;
  /** The try that ended so, where one did that is not on the row already. */
  tried?: { by: string; attemptKey: string } | undefined;
  failure?: { code: SyncErrorCode; httpStatus?: number | undefined } | undefined;
  /** A person gave the customer up; otherwise something later took the version's place. */
  dismissed?: boolean | undefined;
}

/** What brings one customer to Help Scout. A version's row is `{workflow id}/{version}`; unchanged ones have none. */
export function createCustomerActivities(
  deps: Pick<ActivityDeps, 'storage' | 'now'>,
  connections: Pick<Connections, 'withHelpScout'>,
) {
  const { storage, now } = deps;
  const noting = createNotedTries(deps);

  const eventIdOf = ({ integrationId }: Scope, { externalId, version }: { externalId: string; version: number }) =>
    `${customerWorkflowId(integrationId, externalId)}/${version}`;

  const openRow = (scope: Scope, record: CustomerRecord, details: string) =>
    storage.syncEvents.open(scope.organizationId, [
      {
        eventId: eventIdOf(scope, record),
        integrationId: scope.integrationId,
        type: record.syncedVersion === 0 ? 'customerSynced' : 'customerUpdated',
        direction: 'outbound',
        customerEmail: record.fields.email,
        customerExternalId: record.externalId,
        workflowId: customerWorkflowId(scope.integrationId, record.externalId),
        details,
      },
    ]);

  /** One exchange with Help Scout under the organization's setting. */
  async function exchange(
    scope: Scope,
    record: CustomerRecord,
    { byPerson, remember }: { byPerson: boolean; remember: Remember },
  ): Promise<ExchangeResult> {
    const { organizationId } = scope;
    const { externalId } = record;
    const settings = await storage.settings.get(organizationId);
    return connections.withHelpScout(
      scope,
      ({ customers }) =>
        remember(() =>
          exchangeCustomer({
            customers,
            record,
            emailTaken: settings.customers.emailTaken,
            beforeWrite: (kind, fields) => openRow(scope, record, detailsOf(kind, fields)),
            markCreateSent: (at) => storage.customers.markCreateSent(organizationId, externalId, at),
            link: (customerId) => storage.customers.link(organizationId, externalId, customerId),
            now,
          }),
        ),
      byPerson ? 'interactive' : 'background',
    );
  }

  /**
   * Writes how it ended to row, uploads and customer, in this order: a repetition finds what is missing. Nothing to
   * change and nobody asked: there is no row. Whoever asked is told so by a skipped one.
   */
  async function succeed(scope: Scope, record: CustomerRecord, result: ExchangeResult, tried: CustomerTry) {
    const { organizationId } = scope;
    const eventId = eventIdOf(scope, record);
    const before = await storage.syncEvents.get(organizationId, eventId);
    const unchanged = result.kind === 'unchanged';
    const isIdle = unchanged && before === null;
    // After an attempt whose end we did not see the row says already what was sent.
    const details =
      unchanged && before && SENT.test(before.details) ? before.details : detailsOf(result.kind, result.fields);
    const status = isIdle ? ('skipped' as const) : ('success' as const);
    if (!isIdle || tried.by !== AUTOMATIC) {
      const { by, attemptKey } = tried;
      await openRow(scope, record, details);
      await storage.syncEvents.settle(organizationId, [{ eventId, status, by, attemptKey, details }]);
    }
    const state = isIdle ? ('unchanged' as const) : ('synced' as const);
    await storage.customerImports.customerEnded(organizationId, record, { state, error: null });
    await storage.customers.markSynced(record, now());
    return { status, details };
  }

  /** Rows of earlier versions that still wait for a person, whose workflows have ended: nobody need decide any more. */
  async function settleReplaced(scope: Scope, { organizationId, externalId, version }: CustomerRecord) {
    const filter = { statuses: ['failed'] as const, customerExternalId: externalId };
    const { events } = await storage.syncEvents.list(organizationId, filter, { limit: MOST_REPLACED });
    const prefix = `${customerWorkflowId(scope.integrationId, externalId)}/`;
    const eventIds = events
      .map(({ eventId }) => eventId)
      .filter((eventId) => eventId.startsWith(prefix) && Number(eventId.slice(prefix.length)) < version);
    await storage.syncEvents.settle(
      organizationId,
      eventIds.map((eventId) => ({ eventId, status: 'skipped', details: 'A later change was sent instead' })),
    );
    return eventIds;
  }

  return {
    /** Which version is to be sent now; not `due` when Help Scout has it, or a person gave it up. */
    async openCustomer(
      { organizationId, integrationId }: Scope,
      { externalId }: { externalId: string },
    ): Promise<{ version: number; due: boolean; state: CustomerState | null }> {
      const record = await storage.customers.get(organizationId, externalId);
      if (record?.integrationId !== integrationId) return { version: 0, due: false, state: null };
      const due = record.version > record.syncedVersion && record.state !== 'dismissed';
      if (due) await storage.customers.markSyncing(organizationId, externalId, record.version);
      return { version: record.version, due, state: record.state };
    },

    /**
     * Sends one version, or nothing when Help Scout has all of it. A version that a later one replaced is not sent.
     * Tries that fail are added to the row here.
     */
    async syncCustomer(
      scope: Scope,
      tried: CustomerTry,
    ): Promise<Logged & { kind: 'ended' | 'replaced'; status: 'success' | 'skipped'; details: string }> {
      const { organizationId } = scope;
      const record = await storage.customers.get(organizationId, tried.externalId);
      if (record?.version !== tried.version) return { kind: 'replaced', status: 'skipped', details: '', log: [] };
      const eventId = eventIdOf(scope, record);
      const by = tried.by === AUTOMATIC ? (record.requestedBy ?? AUTOMATIC) : tried.by;
      const end = await noting(scope, { eventId, by }, async (remember) => {
        try {
          const result = await exchange(scope, record, { byPerson: by !== AUTOMATIC, remember });
          return await succeed(scope, record, result, { ...tried, by });
        } catch (error) {
          await openRow(scope, record, '');
          throw error;
        }
      });
      const replaced = await settleReplaced(scope, record);
      return { kind: 'ended', ...end, log: await storage.syncEvents.logged(organizationId, [eventId, ...replaced]) };
    },

    /** A version that waits for a person or for the account's limit, or that nobody waits for any more. */
    async settleCustomer(scope: Scope, settlement: CustomerSettlement): Promise<Logged> {
      const { organizationId } = scope;
      const { externalId, version, status, details, tried, failure, dismissed } = settlement;
      const eventId = eventIdOf(scope, settlement);
      const record = await storage.customers.get(organizationId, externalId);
      if (record?.version === version && failure) await openRow(scope, record, '');
      await storage.syncEvents.settle(organizationId, [{ eventId, status, details, error: failure, ...tried }]);
      if (status === 'failed' && failure) {
        const { message, remedy } = SYNC_ERROR_TEXT[failure.code];
        const problem = { code: failure.code, details };
        await storage.customers.markEnded(organizationId, externalId, version, { state: 'failed', problem });
        const end = { state: 'failed' as const, error: `${message} ${remedy}` };
        await storage.customerImports.customerEnded(organizationId, settlement, end);
      }
      if (dismissed) await storage.customers.markEnded(organizationId, externalId, version, { state: 'dismissed' });
      return { log: await storage.syncEvents.logged(organizationId, [eventId]) };
    },
  };
}

const NOTHING = 'Nothing to change in Help Scout';
/** Details of rows that were opened for a write. */
const SENT = /^(Created|Matched|Changed)\b/;

function detailsOf(kind: ExchangeResult['kind'] | 'create' | 'update', fields: readonly CustomerFieldName[]): string {
  const names = fields.map((name) => CUSTOMER_FIELD_TEXT[name]).join(', ');
  if (kind === 'unchanged') return NOTHING;
  if (kind === 'created' || kind === 'create') return 'Created in Help Scout';
  if (kind === 'matched') return `Matched by e-mail address${names && `; changed: ${names}`}`;
  return `Changed: ${names}`;
}
