import type { Outcome } from '../helpscout/budget.ts';
import type { MinuteSeen } from '../helpscout/rate-headers.ts';
import type { Reservation, Reserved } from '../storage/rate-reservation.ts';
import type { Storage } from '../storage/storage.ts';

export interface AccountBudgetOptions extends Omit<Reservation, 'cost' | 'now'> {
  storage: Pick<Storage, 'rateBudget' | 'apiUsage'>;
  organizationId: string;
  integrationId: string;
  now: () => Date;
}

/** What one client may call: room in its account's limit, each call counted for the page that shows them all. */
export function createAccountBudget(options: AccountBudgetOptions) {
  const { storage, organizationId, integrationId, now, ...limit } = options;
  /** Calls under way by endpoint, oldest first: outcomes name the endpoint alone, and one window is like another. */
  const underWay = new Map<string, Reserved[]>();
  /** The Docs API has a limit of its own, and windows of another length. */
  const ofMinute = limit.windowMs === undefined;
  const counted = (endpoint: string) => ({ integrationId, endpoint, now: now() });
  return {
    async reserve(endpoint: string, cost: number): Promise<number | null> {
      const reserved = await storage.rateBudget.reserve({ ...limit, cost, now: now() });
      if (typeof reserved === 'number') {
        await storage.apiUsage.countWait(organizationId, counted(endpoint));
        return reserved;
      }
      await storage.apiUsage.countCall(organizationId, { ...counted(endpoint), units: ofMinute ? cost : 0 });
      underWay.set(endpoint, [...(underWay.get(endpoint) ?? []), reserved]);
      return null;
    },

    async settle({ endpoint, ok, seen, refusedForMs, timedOut }: Outcome<MinuteSeen>): Promise<void> {
      const reserved = underWay.get(endpoint)?.shift();
      const kind = refusedForMs !== null ? 'limited' : timedOut ? 'timedOut' : undefined;
      if (!ok) await storage.apiUsage.countError(organizationId, counted(endpoint), kind);
      if (reserved) await storage.rateBudget.settle(reserved, { seen, refusedForMs, now: now() });
    },
  };
}
