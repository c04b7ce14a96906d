import type { Shell } from '../../ui/props.ts';
import type { RetryRunProgressProps } from '../../ui/views/failures/retry-run.tsx';
import { retryRunWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';

const ROWS = 100;

/** @throws RequestProblem 404 for a run that the organization has not */
export async function retryRunRows(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  organizationId: string,
  retryRunId: string,
  { from, show }: { from: number; show: 'all' | 'failed' },
  takeShell: () => Promise<Shell>,
): Promise<RetryRunProgressProps> {
  const run = await storage.retryRuns.get(organizationId, retryRunId);
  if (!run) throw notFound();
  const failed = { outcome: 'failed' } as const;
  const [counts, found, [canary], shell] = await Promise.all([
    storage.retryRuns.counts(organizationId, retryRunId),
    storage.retryRuns.items(organizationId, retryRunId, { from, count: ROWS + 1, ...(show === 'failed' && failed) }),
    storage.retryRuns.items(organizationId, retryRunId, { from: 0, count: 1, ...failed }),
    takeShell(),
  ]);
  return {
    shell,
    run,
    counts,
    items: found.slice(0, ROWS),
    from,
    show,
    next: found[ROWS]?.index ?? null,
    canary: run.state === 'canaryFailed' ? (canary ?? null) : null,
    temporalUrl: temporalWebUrl(config, shell.member.role, retryRunWorkflowId(organizationId, retryRunId)),
  };
}
