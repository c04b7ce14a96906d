import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { recordHref } from '../../../ui/links.ts';
import { openRecord } from '../../commands/open-record.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';

/** Makes a bug report or a feature request from a pattern at once, without waiting for a second customer. */
export const createRecord = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/record',
  access: roleFor('changeRecords'),
  params: z.object({ patternId: idParam }),
  body: z.object({ kind: z.enum(['bug', 'feature']).optional().catch(undefined) }),
  handler:
    (deps) =>
    async ({ organizationId, params: { patternId }, body, member }) => {
      const record = await openRecord(deps, organizationId, patternId, { kind: body.kind, by: member.email });
      if (!record) throw notFound();
      const name = record.kind === 'bug' ? 'Bug report' : 'Feature request';
      return redirect(recordHref(record), { kind: 'success', text: `${name} ${record.number} is open.` });
    },
});
