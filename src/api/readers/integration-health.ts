import { subHours, subMinutes } from 'date-fns';
import { SYNC_STATUSES, type SyncEventType } from '../../domain/sync-event.ts';
import { may } from '../../security/permissions.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Shell } from '../../ui/props.ts';
import type { HealthPageProps, HealthWindow } from '../../ui/views/health.tsx';
import type { Deps } from '../deps.ts';

const LONG_HOURS = 48;
const WAITING_MINUTES = 10;
/** Rows that are counted one by one. */
const MOST_WAITING = 100;

const CONVERSATIONS: readonly SyncEventType[] = ['conversationSynced', 'conversationUpdated'];
const CUSTOMERS: readonly SyncEventType[] = ['customerSynced', 'customerUpdated'];
const OPEN = SYNC_STATUSES.filter((status) => status === 'pending' || status === 'retrying');

/** Everything the health page shows. */
export const integrationHealth = async (
  deps: Pick<Deps, 'storage' | 'config' | 'now'>,
  organizationId: string,
  shell: Shell,
): Promise<HealthPageProps> => ({
  shell,
  ...(await healthFacts(deps, organizationId)),
  mayTest: may(shell.member.role, 'manageIntegrations'),
});

/** How well the connection works, whoever looks. */
export async function healthFacts(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  organizationId: string,
): Promise<Omit<HealthPageProps, 'shell' | 'mayTest'>> {
  const at = now();
  const from = subHours(at, LONG_HOURS);
  const { syncEvents } = storage;
  const [windows, persistent, hours, waiting, conversation, ticket, customer, missed, integrations, status] =
    await Promise.all([
      Promise.all(([24, LONG_HOURS] as const).map((hours) => healthWindow(storage, organizationId, hours, at))),
      syncEvents.persistentErrors(organizationId, from),
      storage.apiUsage.byHour(organizationId, subHours(at, LONG_HOURS - 1)),
      waitingRows(storage, organizationId, at),
      syncEvents.lastEventAt(organizationId, CONVERSATIONS),
      syncEvents.lastEventAt(organizationId, ['ticketCreated']),
      syncEvents.lastEventAt(organizationId, CUSTOMERS),
      missedByWebhooks(storage, organizationId, from),
      connections(storage, organizationId),
      storage.serviceStatus.last(),
    ]);
  const sum = (field: 'calls' | 'limited' | 'waits' | 'timedOut' | 'failed') =>
    hours.reduce((total, hour) => total + hour[field], 0);
  return {
    windows,
    persistent,
    calls: {
      calls: sum('calls'),
      limited: sum('limited'),
      waits: sum('waits'),
      timedOut: sum('timedOut'),
      failed: sum('failed'),
    },
    waiting,
    last: { conversation, ticket, customer },
    missed,
    integrations,
    status,
    statusUrl: new URL('/', config.helpScout.statusUrl).href,
  };
}

async function healthWindow(
  storage: Storage,
  organizationId: string,
  hours: HealthWindow['hours'],
  now: Date,
): Promise<HealthWindow> {
  const byType = (await storage.syncEvents.successByType(organizationId, subHours(now, hours)))
    .map(({ type, success, failed }) => ({ type, success, failed }))
    .filter(({ success, failed }) => success + failed > 0)
    .sort((a, b) => b.success + b.failed - a.success - a.failed);
  return {
    hours,
    byType,
    all: {
      success: byType.reduce((sum, { success }) => sum + success, 0),
      failed: byType.reduce((sum, { failed }) => sum + failed, 0),
    },
  };
}

async function waitingRows(storage: Storage, organizationId: string, now: Date): Promise<HealthPageProps['waiting']> {
  const filter = { statuses: OPEN, to: subMinutes(now, WAITING_MINUTES) };
  const [{ events, next }, oldest] = await Promise.all([
    storage.syncEvents.list(organizationId, filter, { limit: MOST_WAITING }),
    storage.syncEvents.list(organizationId, filter, { limit: 1, order: 'oldestFirst' }),
  ]);
  return { rows: events.length, more: next !== null, oldestAt: oldest.events[0]?.createdAt ?? null };
}

/** What only the regular comparison found, beside everything that was read. */
async function missedByWebhooks(
  storage: Storage,
  organizationId: string,
  from: Date,
): Promise<HealthPageProps['missed']> {
  const missed = await storage.arrivals.missedSince(organizationId, from);
  if (missed === 0) return null;
  const read = await storage.syncEvents.successByType(organizationId, from);
  const conversations = read
    .filter(({ type }) => CONVERSATIONS.includes(type))
    .reduce((sum, { success, failed, other }) => sum + success + failed + other, 0);
  return { missed, conversations: Math.max(missed, conversations) };
}

async function connections(storage: Storage, organizationId: string): Promise<HealthPageProps['integrations']> {
  const all = (await storage.integrations.list(organizationId)).filter(({ state }) => state !== 'disconnected');
  return Promise.all(
    all.map(async ({ integrationId, state, tokenExpiresAt, webhookActive, account, scan }) => ({
      integrationId,
      state,
      tokenExpiresAt,
      webhookActive,
      account,
      scan,
      lastWebhookAt: await storage.arrivals.lastWebhookAt(organizationId, integrationId),
      diagnosis: await storage.diagnoses.last(organizationId, integrationId),
    })),
  );
}
