import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { RetryRunPage, RetryRunProgress } from '../../../ui/index.ts';
import { FAILURES_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { idParam, oneOfOr } from '../../readers/query-values.ts';
import { retryRunRows } from '../../readers/retry-run.ts';
import { fragment, page } from '../../reply.ts';

const access = roleFor('seeLog');
const path = `${FAILURES_PATH}/runs/:retryRunId`;
const params = z.object({ retryRunId: idParam });
const query = z.object({
  from: z.coerce.number().int().min(0).max(1_000_000).catch(0),
  show: oneOfOr(['all', 'failed'], 'all'),
});

/** A retry of several rows: what it would send, what waits for a go, what became of each. */
export const showRetryRun = memberEndpoint({
  method: 'get',
  path,
  access,
  params,
  query,
  handler:
    (deps) =>
    async ({ organizationId, params: { retryRunId }, query, shell }) =>
      page(RetryRunPage({ ...(await retryRunRows(deps, organizationId, retryRunId, query, shell)) })),
});

export const showRetryRunProgress = memberEndpoint({
  method: 'get',
  path: `${path}/progress`,
  access,
  params,
  query,
  handler:
    (deps) =>
    async ({ organizationId, params: { retryRunId }, query, quietShell }) =>
      fragment(RetryRunProgress({ ...(await retryRunRows(deps, organizationId, retryRunId, query, quietShell)) })),
});
