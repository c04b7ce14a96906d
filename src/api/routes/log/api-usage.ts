import { subDays } from 'date-fns';
import { SCOPE } from '../../../helpscout/endpoints.ts';
import { roleFor } from '../../../security/permissions.ts';
import { ApiUsagePage } from '../../../ui/index.ts';
import { API_USAGE_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { page } from '../../reply.ts';

const DAYS = 30;

/** What was called at Help Scout, beside everything that may be. */
export const showApiUsage = memberEndpoint({
  method: 'get',
  path: API_USAGE_PATH,
  access: roleFor('seeLog'),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, shell }) => {
      // Today is one of the days.
      const counted = await storage.apiUsage.byEndpoint(organizationId, subDays(now(), DAYS - 1));
      const of = new Map(counted.map((usage) => [usage.endpoint, usage]));
      const listed = SCOPE.map(({ endpoint, feature }) => {
        const { calls = 0, errors = 0 } = of.get(endpoint) ?? {};
        return { endpoint, feature, calls, errors };
      });
      // Made by an earlier version: to leave them out would make the list incomplete.
      const former = counted
        .filter(({ endpoint, calls }) => calls > 0 && !SCOPE.some((row) => row.endpoint === endpoint))
        .map(({ endpoint, calls, errors }) => ({ endpoint, feature: 'No longer called', calls, errors }));
      const rows = [...listed, ...former];
      const refused = counted
        .filter((usage) => usage.refused > 0)
        .map((usage) => ({ endpoint: usage.endpoint, times: usage.refused }));
      return page(ApiUsagePage({ shell: await shell(), days: DAYS, rows, refused }));
    },
});
