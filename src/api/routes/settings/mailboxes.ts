import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { integrationWorkflowId, selectMailboxesUpdate } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { integrationPage } from '../../readers/integration-page.ts';
import { idParam, numberParam, repeated } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { ask, refusalText } from '../../temporal/ask.ts';

/** Chooses the mailboxes to read; the scan of them starts at once. */
export const chooseMailboxes = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/mailboxes',
  access: roleFor('manageIntegrations'),
  params: z.object({ integrationId: idParam }),
  body: z.object({ mailboxIds: repeated(numberParam) }),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { integrationId }, body, shell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      const offered = new Set(integration.mailboxes.map(({ mailboxId }) => mailboxId));
      const mailboxIds = [...new Set(body.mailboxIds)].filter((id) => offered.has(id));
      if (mailboxIds.length === 0) {
        return integrationPage(deps, integration, await shell(), { mailboxIds: 'Choose at least one mailbox.' });
      }
      const answer = await ask(deps.temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds }] }),
      );
      if (!answer.granted)
        return integrationPage(deps, integration, await shell(), { mailboxIds: refusalText(answer) });
      await deps.storage.auditTrail.record(organizationId, {
        ...{ at: deps.now(), by: member.email, action: 'chose mailboxes' },
        target: `integration ${integrationId}`,
        details: mailboxIds.join(', '),
      });
      return redirect(`/settings/integrations/${integrationId}`, {
        kind: 'success',
        text: `Scan ${answer.value.scanNumber} of ${mailboxIds.length === 1 ? 'one mailbox' : `${mailboxIds.length} mailboxes`} has begun.`,
      });
    },
});
