import { type CapStep, msToNextUtcDay, startOfUtcDay } from '../domain/cost.ts';
import { utcDay } from '../domain/utc-day.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import type { InsightsWay } from './insights-way.ts';
import { isPaid } from './insights-way.ts';

/** The cap may be raised meanwhile: who waits for the next day looks again so often. */
const LOOK_AGAIN_MS = 60 * 60_000;

/** What may be spent today, and what is done when nothing is left. */
export function createCostCap({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  const note = (scope: Scope, step: CapStep['step'], spentUsd: number, capUsd: number | null) => {
    const at = now();
    const day = utcDay(at);
    const { organizationId, integrationId } = scope;
    return storage.costs.steps.note(organizationId, { day, step, integrationId, at, spentUsd, capUsd });
  };

  return {
    /**
     * US dollars that may still be spent today; null without a limit. What is under way in message batches counts with
     * its estimate until its price is known.
     */
    async left(organizationId: string, { settings, classifier }: InsightsWay): Promise<number | null> {
      if (settings.dailyCapUsd === null || !isPaid(classifier)) return null;
      const [costUsd, promisedUsd] = await Promise.all([
        storage.costs.dollarsSince(organizationId, startOfUtcDay(now()), now()),
        storage.messageBatches.promisedUsd(organizationId, now()),
      ]);
      return Math.max(0, settings.dailyCapUsd - costUsd - promisedUsd);
    },

    /** Records what is done at the cap, once for each day: waiting, or the offline model. */
    async reached(scope: Scope, { settings }: InsightsWay): Promise<'wait' | 'offline'> {
      const { costUsd } = await storage.costs.spentSince(scope.organizationId, startOfUtcDay(now()));
      await note(scope, settings.atCap === 'wait' ? 'waited' : 'offline', costUsd, settings.dailyCapUsd);
      return settings.atCap;
    },

    /** How long to wait until it is worth looking again: the next day (UTC), an hour at most. */
    waitMs: () => Math.min(msToNextUtcDay(now()), LOOK_AGAIN_MS),
  };
}
export type CostCap = ReturnType<typeof createCostCap>;
