import { roleFor } from '../../../security/permissions.ts';
import { LogPage, LogRows } from '../../../ui/index.ts';
import { LOG_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { logQuery } from '../../readers/log-query.ts';
import { logRows, logTools } from '../../readers/log-rows.ts';
import { fragment, page } from '../../reply.ts';

const access = roleFor('seeLog');

export const showLog = memberEndpoint({
  method: 'get',
  path: LOG_PATH,
  access,
  query: logQuery,
  handler:
    (deps) =>
    async ({ organizationId, member, query, shell: takeShell }) => {
      const shell = await takeShell();
      const [rows, tools] = await Promise.all([
        logRows(deps, organizationId, query, shell),
        logTools(deps, organizationId, member.memberId, query, shell),
      ]);
      return page(LogPage({ ...rows, ...tools }));
    },
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
