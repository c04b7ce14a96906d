import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { LogEventPage } from '../../../ui/index.ts';
import { LOG_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { logEvent } from '../../readers/log-event.ts';
import { idParam } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

/** One row with everything that is known of it. */
export const showLogEvent = memberEndpoint({
  method: 'get',
  path: `${LOG_PATH}/:eventId`,
  access: roleFor('seeLog'),
  params: z.object({ eventId: idParam }),
  handler:
    (deps) =>
    async ({ organizationId, params: { eventId }, shell }) =>
      page(LogEventPage(await logEvent(deps, organizationId, eventId, await shell()))),
});
