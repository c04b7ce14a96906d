import { z } from 'zod';
import { integrationSchema } from '../../../domain/integration.ts';
import { roleFor } from '../../../security/permissions.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { integrationPage } from '../../readers/integration-page.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';

const percent = z.coerce.number().pipe(integrationSchema.shape.otherAppsPercent.unwrap());
const REFUSED = 'Choose a share from 0 to 90 %.';

/** Sets how much of the account's calls is left for other apps; the next call heeds it. */
export const leaveForOtherApps = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/other-apps',
  access: roleFor('manageIntegrations'),
  params: z.object({ integrationId: idParam }),
  body: z.object({ otherAppsPercent: percent }),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, member, params: { integrationId }, body: { otherAppsPercent } }) => {
      const before = await ownIntegration(storage, organizationId, integrationId);
      await storage.integrations.update(organizationId, integrationId, { otherAppsPercent });
      await storage.auditTrail.record(organizationId, {
        ...{ at: now(), by: member.email, action: 'changed share for other apps' },
        target: `integration ${integrationId}`,
        details: `${before.otherAppsPercent} % → ${otherAppsPercent} %`,
      });
      return redirect(`/settings/integrations/${integrationId}`, {
        kind: 'success',
        text:
          otherAppsPercent === 0
            ? 'Other apps get what they use, and nothing fixed.'
            : `${otherAppsPercent} % of the calls are left for other apps.`,
      });
    },
  refused:
    (deps) =>
    async ({ organizationId, params: { integrationId }, shell }) =>
      integrationPage(deps, await ownIntegration(deps.storage, organizationId, integrationId), await shell(), {
        otherAppsPercent: REFUSED,
      }),
});
