import type { UpdateDefinition } from '@temporalio/common';
import { z } from 'zod';
import type { RetryRunState } from '../../../domain/retry-run.ts';
import { roleFor } from '../../../security/permissions.ts';
import { FAILURES_PATH, retryRunHref } from '../../../ui/links.ts';
import { approveRetryRunUpdate, cancelRetryRunUpdate, retryRunWorkflowId } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { ask } from '../../temporal/ask.ts';

type Decision = UpdateDefinition<RetryRunState, [{ by?: string } | undefined]>;

const decision = (name: 'approve' | 'cancel', update: Decision, action: string) =>
  memberEndpoint({
    method: 'post',
    path: `${FAILURES_PATH}/runs/:retryRunId/${name}`,
    access: roleFor('retrySyncs'),
    params: z.object({ retryRunId: idParam }),
    handler:
      ({ storage, temporal, now }) =>
      async ({ organizationId, params: { retryRunId }, member }) => {
        if (!(await storage.retryRuns.get(organizationId, retryRunId))) throw notFound();
        const here = retryRunHref(retryRunId);
        const by = member.email;
        const answer = await ask(temporal, retryRunWorkflowId(organizationId, retryRunId), (workflow) =>
          workflow.executeUpdate(update, { args: [{ by }] }),
        );
        if (!answer.granted) {
          return redirect(here, { kind: 'info', text: 'The run went on meanwhile: this is how it stands now.' });
        }
        await storage.auditTrail.record(organizationId, { at: now(), by, action, target: retryRunId });
        return redirect(here);
      },
  });

/** Goes on: after the preview, or although the first one failed. */
export const approveRetryRun = decision('approve', approveRetryRunUpdate, 'let a retry run go on');
/** Stops; what is under way ends by itself. */
export const cancelRetryRun = decision('cancel', cancelRetryRunUpdate, 'stopped a retry run');
