import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { PATTERNS_PATH, patternHref } from '../../../ui/links.ts';
import { undoChange } from '../../commands/patterns/undo-change.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { refusal, shownAfter } from './answer.ts';

export const undo = memberEndpoint({
  method: 'post',
  path: '/patterns/changes/:changeId/undo',
  access: roleFor('changeInsights'),
  params: z.object({ changeId: idParam }),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { changeId } }) => {
      try {
        const { change } = await undoChange(deps, { organizationId, by: member.email }, changeId);
        const shown = change.kind === 'merge' ? change.from : shownAfter(change);
        return redirect(patternHref(shown), { kind: 'success', text: 'Taken back: it is as it was before.' });
      } catch (error) {
        return refusal(error, PATTERNS_PATH);
      }
    },
});
