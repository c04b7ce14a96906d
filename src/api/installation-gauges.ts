import { Gauge } from 'prom-client';
import type { Metrics } from '../telemetry/metrics.ts';
import type { AppDeps } from './deps.ts';
import { readTaskQueues } from './readers/task-queues.ts';

/** Within the ten seconds that Prometheus gives a scrape. */
const READ_MS = 3_000;

/**
 * What is not counted but looked up whenever somebody asks: how much waits in Temporal, and how much of Help Scout's
 * limits is used. The whole installation's, so that one web app's answer is enough (`max`, where there are several).
 */
export function addInstallationGauges({ registry }: Metrics, { storage, temporal, now }: AppDeps): void {
  const registers = [registry];
  const backlog = new Gauge({
    name: 'insights_task_queue_backlog',
    help: 'Tasks that wait for a worker, about.',
    labelNames: ['queue', 'kind'] as const,
    registers,
  });
  const age = new Gauge({
    name: 'insights_task_queue_age_seconds',
    help: 'Age of the task that has waited longest, about.',
    labelNames: ['queue', 'kind'] as const,
    registers,
    async collect() {
      // A value of before must not stand for one that cannot be read.
      backlog.reset();
      age.reset();
      const states = await readTaskQueues({ temporal }, READ_MS).catch(() => []);
      for (const { queue, kind, waiting, oldestSeconds } of states) {
        backlog.set({ queue, kind }, waiting);
        age.set({ queue, kind }, oldestSeconds);
      }
    },
  });
  const budget = new Gauge({
    name: 'insights_rate_budget_used_ratio',
    help: 'Part of the limit of a minute that is used, over all Help Scout accounts: the highest, and the mean.',
    labelNames: ['statistic'] as const,
    registers,
    async collect() {
      budget.reset();
      const shares = await storage.installation.budgetShares(now());
      if (shares.length === 0) return;
      budget.set({ statistic: 'max' }, Math.max(...shares));
      budget.set({ statistic: 'mean' }, shares.reduce((sum, share) => sum + share, 0) / shares.length);
    },
  });
}
