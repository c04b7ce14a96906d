import type { WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import { syncErrorCodeSchema } from '../../../domain/sync-error.ts';
import { roleFor } from '../../../security/permissions.ts';
import {
  cancelScanUpdate,
  integrationWorkflowId,
  pauseByUpdate,
  resumeUpdate,
  retryFailedUpdate,
} from '../../../workflows/contract.ts';
import { askIntegration } from '../../commands/ask-integration.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { ask, refusalText } from '../../temporal/ask.ts';

const params = z.object({ integrationId: idParam });
const access = roleFor('manageIntegrations');

/** A button on the integration's page: one update, answered on that page. */
const button = <T>(
  name: string,
  action: string,
  update: (workflow: WorkflowHandle, by: string) => Promise<T>,
  done: string,
) =>
  memberEndpoint({
    method: 'post',
    path: `/settings/integrations/:integrationId/${name}`,
    access,
    params,
    handler:
      (deps) =>
      async ({ organizationId, member, params: { integrationId } }) => {
        const answer = await askIntegration(deps, organizationId, integrationId, {
          ...{ action, by: member.email },
          update: (workflow) => update(workflow, member.email),
        });
        return redirect(
          `/settings/integrations/${integrationId}`,
          answer.granted ? { kind: 'success', text: done } : { kind: 'error', text: refusalText(answer) },
        );
      },
  });

export const cancelScan = button(
  'cancel-scan',
  'cancelled a scan',
  (workflow) => workflow.executeUpdate(cancelScanUpdate),
  'The scan is cancelled. What was read stays, and changes are followed as before.',
);
export const pause = button(
  'pause',
  'paused',
  (workflow, by) => workflow.executeUpdate(pauseByUpdate, { args: [{ by }] }),
  'Paused. What Help Scout tells meanwhile is kept.',
);
export const resume = button('resume', 'resumed', (workflow) => workflow.executeUpdate(resumeUpdate), 'Resumed.');

/** Retries every failed sync of the integration, or those of one cause. */
export const retryFailed = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/retry-failed',
  access: roleFor('retrySyncs'),
  params,
  body: z.object({ code: syncErrorCodeSchema.optional().catch(undefined) }),
  handler:
    ({ storage, temporal, now }) =>
    async ({ organizationId, member, params: { integrationId }, body }) => {
      await ownIntegration(storage, organizationId, integrationId);
      const choice = { by: member.email, ...(body.code && { code: body.code }) };
      const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(retryFailedUpdate, { args: [choice] }),
      );
      if (answer.granted) {
        await storage.auditTrail.record(organizationId, {
          ...{ at: now(), by: member.email, action: 'retried failed syncs' },
          target: `integration ${integrationId}`,
          details: `${answer.value.matched} rows (${body.code ?? 'all'})`,
        });
      }
      return redirect(
        `/settings/integrations/${integrationId}`,
        answer.granted
          ? { kind: 'success', text: `Retrying ${answer.value.matched} failed syncs; the log shows how they end.` }
          : { kind: 'error', text: refusalText(answer) },
      );
    },
});
