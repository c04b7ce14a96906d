import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { FAILURES_PATH, retryRunHref } from '../../../ui/links.ts';
import { decideRetryRun, type RetryRunDecision } from '../../commands/decide-retry-run.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';

const button = (decision: RetryRunDecision) =>
  memberEndpoint({
    method: 'post',
    path: `${FAILURES_PATH}/runs/:retryRunId/${decision}`,
    access: roleFor('retrySyncs'),
    params: z.object({ retryRunId: idParam }),
    handler:
      (deps) =>
      async ({ organizationId, params: { retryRunId }, member }) => {
        const answer = await decideRetryRun(deps, organizationId, retryRunId, { decision, by: member.email });
        if (!answer) throw notFound();
        const meanwhile = { kind: 'info', text: 'The run went on meanwhile: this is how it stands now.' } as const;
        return redirect(retryRunHref(retryRunId), answer.granted ? undefined : meanwhile);
      },
  });

/** Goes on: after the preview, or although the first one failed. */
export const approveRetryRun = button('approve');
/** Stops; what is under way ends by itself. */
export const cancelRetryRun = button('cancel');
