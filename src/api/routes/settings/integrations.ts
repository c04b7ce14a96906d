import { roleFor } from '../../../security/permissions.ts';
import { IntegrationsPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { page } from '../../reply.ts';

export const showIntegrations = memberEndpoint({
  method: 'get',
  path: '/settings/integrations',
  access: roleFor('manageIntegrations'),
  handler:
    ({ storage }) =>
    async ({ organizationId, shell }) =>
      page(IntegrationsPage({ shell: await shell(), integrations: await storage.integrations.list(organizationId) })),
});
