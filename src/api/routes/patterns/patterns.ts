import { roleFor } from '../../../security/permissions.ts';
import { PatternsPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { patternsList, patternsQuery } from '../../readers/patterns-list.ts';
import { page } from '../../reply.ts';

export const showPatterns = memberEndpoint({
  method: 'get',
  path: '/patterns',
  access: roleFor('seeInsights'),
  query: patternsQuery,
  handler:
    ({ storage }) =>
    async ({ organizationId, query, shell }) =>
      page(PatternsPage(await patternsList(storage, organizationId, query, await shell()))),
});
