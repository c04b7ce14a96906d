import type { WaitingGroup } from '../storage/waiting-conversations.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';

/** As many as one page of a scan. */
const GROUP_SIZE = 25;

/** What the day's money was not enough for, kept in MongoDB: there may be very many, and a workflow's memory is small. */
export function createWaitingActivities({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  return {
    /** Has conversations wait. @returns how many wait in all */
    async keepWaiting({ organizationId, integrationId }: Scope, group: WaitingGroup): Promise<number> {
      await storage.waitingConversations.add(organizationId, integrationId, group, now());
      return storage.waitingConversations.count(organizationId, integrationId);
    },

    /** Some of those that have waited longest; null when none wait. Asked twice without a removal, it answers the same. */
    nextWaiting: ({ organizationId, integrationId }: Scope): Promise<WaitingGroup | null> =>
      storage.waitingConversations.next(organizationId, integrationId, GROUP_SIZE),

    /** Ends the waiting of conversations that are classified, or handed over. @returns how many still wait */
    async endWaiting({ organizationId, integrationId }: Scope, group: WaitingGroup): Promise<number> {
      await storage.waitingConversations.remove(organizationId, integrationId, group);
      return storage.waitingConversations.count(organizationId, integrationId);
    },
  };
}
