import { may, roleFor } from '../../../security/permissions.ts';
import { CostsPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { costsPage } from '../../readers/costs-page.ts';
import { page } from '../../reply.ts';

export const showCosts = memberEndpoint({
  method: 'get',
  path: '/insights/costs',
  access: roleFor('changeInsights'),
  handler:
    (deps) =>
    async ({ organizationId, member, shell }) =>
      page(
        CostsPage({
          ...(await costsPage(deps, organizationId)),
          shell: await shell(),
          maySet: may(member.role, 'manageInsights'),
        }),
      ),
});
