import { roleFor } from '../../../security/permissions.ts';
import { FailedRowsPage, FailuresPage } from '../../../ui/index.ts';
import { FAILURES_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { causeQuery, failedRows, failureGroups } from '../../readers/failures.ts';
import { page } from '../../reply.ts';

const RUNS_SHOWN = 10;
const access = roleFor('seeLog');

/** What failed and waits for a person, by root cause. */
export const showFailures = memberEndpoint({
  method: 'get',
  path: FAILURES_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, shell }) => {
      const [groups, runs] = await Promise.all([
        failureGroups(deps, organizationId),
        deps.storage.retryRuns.list(organizationId, RUNS_SHOWN),
      ]);
      return page(FailuresPage({ shell: await shell(), groups, runs }));
    },
});

/** The rows of one cause, to be looked at and chosen from. */
export const showFailedRows = memberEndpoint({
  method: 'get',
  path: `${FAILURES_PATH}/rows`,
  access,
  query: causeQuery,
  handler:
    (deps) =>
    async ({ organizationId, query, shell }) =>
      page(FailedRowsPage({ shell: await shell(), ...(await failedRows(deps, organizationId, query)) })),
});
