import { roleFor } from '../../../security/permissions.ts';
import { LogPage, LogRows } from '../../../ui/index.ts';
import { LOG_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { logQuery, logRows } from '../../readers/log-rows.ts';
import { fragment, page } from '../../reply.ts';

const access = roleFor('seeLog');

export const showLog = memberEndpoint({
  method: 'get',
  path: LOG_PATH,
  access,
  query: logQuery,
  handler:
    (deps) =>
    async ({ organizationId, query, shell }) =>
      page(LogPage(await logRows(deps, organizationId, query, await shell()))),
});

export const showLogRows = memberEndpoint({
  method: 'get',
  path: `${LOG_PATH}/rows`,
  access,
  query: logQuery,
  handler:
    (deps) =>
    async ({ organizationId, query, quietShell }) =>
      fragment(LogRows(await logRows(deps, organizationId, query, await quietShell()))),
});
