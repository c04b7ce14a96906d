import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { LOG_PATH, logHref } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { parseLogQuery } from '../../readers/log-query.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';

const access = roleFor('seeLog');
const query = z.string().max(60_000).catch('');

/** Keeps the filters of the page under a name, for the member alone. */
export const saveView = memberEndpoint({
  method: 'post',
  path: `${LOG_PATH}/views`,
  access,
  body: z.object({ name: z.string().trim().max(60).catch(''), query }),
  handler:
    ({ storage }) =>
    async ({ organizationId, member, body: { name, query } }) => {
      // What the page would make of it is kept, so that a view never holds more than filters.
      const here = logHref({ ...parseLogQuery(query), before: null });
      if (name === '') return redirect(here, { kind: 'error', text: 'Give the view a name of at most 60 characters.' });
      const view = { name, query: here.slice(`${LOG_PATH}?`.length) };
      await storage.savedViews.save(organizationId, member.memberId, view);
      return redirect(here, { kind: 'success', text: `Saved as “${name}”.` });
    },
});

export const removeView = memberEndpoint({
  method: 'post',
  path: `${LOG_PATH}/views/:viewId/remove`,
  access,
  params: z.object({ viewId: idParam }),
  handler:
    ({ storage }) =>
    async ({ organizationId, member, params: { viewId } }) => {
      if (!(await storage.savedViews.remove(organizationId, member.memberId, viewId))) throw notFound();
      return redirect(LOG_PATH, { kind: 'success', text: 'The view is removed.' });
    },
});
