import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { IntegrationLive } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { integrationProgress, ownIntegration } from '../../readers/integration.ts';
import { integrationPage } from '../../readers/integration-page.ts';
import { idParam, queryText } from '../../readers/query-values.ts';
import { fragment } from '../../reply.ts';

const params = z.object({ integrationId: idParam });
const access = roleFor('manageIntegrations');

export const showIntegration = memberEndpoint({
  method: 'get',
  path: '/settings/integrations/:integrationId',
  access,
  params,
  handler:
    (deps) =>
    async ({ organizationId, params: { integrationId }, shell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      return integrationPage(deps, integration, await shell());
    },
});

export const showProgress = memberEndpoint({
  method: 'get',
  path: '/settings/integrations/:integrationId/progress',
  access,
  params,
  query: z.object({ shown: queryText }),
  handler:
    (deps) =>
    async ({ organizationId, params: { integrationId }, query: { shown }, quietShell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      const usualWindowDays = deps.config.settings.scanWindowDays;
      return fragment(
        IntegrationLive({
          shown,
          usualWindowDays,
          ...(await integrationProgress(deps, integration, await quietShell())),
        }),
      );
    },
});
