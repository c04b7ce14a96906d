import { z } from 'zod';
import { diagnosisOutcome } from '../../../domain/diagnosis.ts';
import { roleFor } from '../../../security/permissions.ts';
import { HealthPage } from '../../../ui/index.ts';
import { HEALTH_PATH } from '../../../ui/links.ts';
import type { Flash } from '../../../ui/props.ts';
import { integrationWorkflowId, testConnectionUpdate } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { integrationHealth } from '../../readers/integration-health.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';
import { ask, refusalText } from '../../temporal/ask.ts';

export const showHealth = memberEndpoint({
  method: 'get',
  path: HEALTH_PATH,
  access: roleFor('seeLog'),
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      page(HealthPage(await integrationHealth(deps, organizationId, await shell()))),
});

const TESTED: Record<ReturnType<typeof diagnosisOutcome>, Flash> = {
  ok: { kind: 'success', text: 'The connection works.' },
  warning: { kind: 'info', text: 'The connection works, but something needs a look: see the steps below.' },
  failed: { kind: 'error', text: 'Something does not work: the steps below tell what, and what to do.' },
};

/** Tries the connection now, and shows what each step found. */
export const testConnection = memberEndpoint({
  method: 'post',
  path: `${HEALTH_PATH}/:integrationId/test`,
  access: roleFor('manageIntegrations'),
  params: z.object({ integrationId: idParam }),
  handler:
    ({ storage, temporal }) =>
    async ({ organizationId, member, params: { integrationId } }) => {
      await ownIntegration(storage, organizationId, integrationId);
      const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(testConnectionUpdate, { args: [{ by: member.email }] }),
      );
      return redirect(
        HEALTH_PATH,
        answer.granted ? TESTED[diagnosisOutcome(answer.value)] : { kind: 'error', text: refusalText(answer) },
      );
    },
});
