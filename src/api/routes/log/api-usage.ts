import { z } from 'zod';
import { organizationSettingsSchema } from '../../../domain/organization-settings.ts';
import { roleFor } from '../../../security/permissions.ts';
import { ApiUsagePage } from '../../../ui/index.ts';
import { API_USAGE_PATH } from '../../../ui/links.ts';
import { saveSettings } from '../../commands/save-settings.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { apiUsage } from '../../readers/api-usage.ts';
import { page, redirect } from '../../reply.ts';

/** What was called at Help Scout, against its limit, beside everything that may be called. */
export const showApiUsage = memberEndpoint({
  method: 'get',
  path: API_USAGE_PATH,
  access: roleFor('seeLog'),
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      page(ApiUsagePage({ shell: await shell(), ...(await apiUsage(deps, organizationId)) })),
});

const { mode } = organizationSettingsSchema.shape.customers.unwrap().shape;

/** Lets customers be synced one by one, or in batches. */
export const chooseCustomersMode = memberEndpoint({
  method: 'post',
  path: `${API_USAGE_PATH}/customers-mode`,
  access: roleFor('manageSettings'),
  body: z.object({ mode: mode.unwrap() }),
  handler:
    (deps) =>
    async ({ organizationId, member, body }) => {
      await saveSettings(deps, organizationId, member.email, ({ customers }) => ({
        customers: { ...customers, mode: body.mode },
      }));
      return redirect(API_USAGE_PATH, {
        kind: 'success',
        text:
          body.mode === 'realTime'
            ? 'Customers are synced in real time.'
            : `Customers are synced in batches, ${body.mode}.`,
      });
    },
});
