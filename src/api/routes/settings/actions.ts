import type { UpdateDefinition } from '@temporalio/client';
import { z } from 'zod';
import { syncErrorCodeSchema } from '../../../domain/sync-error.ts';
import { roleFor } from '../../../security/permissions.ts';
import {
  integrationWorkflowId,
  pauseUpdate,
  rescanUpdate,
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

/** A button on the integration's page: one update without input, answered on that page. */
const button = <T>(name: string, action: string, update: UpdateDefinition<T>, done: (result: T) => string) =>
  memberEndpoint({
    method: 'post',
    path: `/settings/integrations/:integrationId/${name}`,
    access,
    params,
    handler:
      (deps) =>
      async ({ organizationId, member, params: { integrationId } }) => {
        const answer = await askIntegration(deps, organizationId, integrationId, { update, action, by: member.email });
        return redirect(
          `/settings/integrations/${integrationId}`,
          answer.granted ? { kind: 'success', text: done(answer.value) } : { kind: 'error', text: refusalText(answer) },
        );
      },
  });

export const rescan = button(
  'rescan',
  'began a scan',
  rescanUpdate,
  ({ scanNumber }) => `Scan ${scanNumber} has begun.`,
);
export const pause = button('pause', 'paused', pauseUpdate, () => 'Paused. What Help Scout tells meanwhile is kept.');
export const resume = button('resume', 'resumed', resumeUpdate, () => 'Resumed.');

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
