import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { integrationWorkflowId, type MailboxesSelected, selectMailboxesUpdate } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { integrationPage } from '../../readers/integration-page.ts';
import { idParam, numberParam, repeated } from '../../readers/query-values.ts';
import { NO_PERIOD, periodFields, periodOf } from '../../readers/scan-period.ts';
import { redirect } from '../../reply.ts';
import { ask, refusalText } from '../../temporal/ask.ts';

/** Chooses the mailboxes to read: those that are added are scanned, those that are removed are not read any more. */
export const chooseMailboxes = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/mailboxes',
  access: roleFor('manageIntegrations'),
  params: z.object({ integrationId: idParam }),
  body: z.object({ mailboxIds: repeated(numberParam), ...periodFields }),
  handler:
    (deps) =>
    async ({ organizationId, member, organization, params: { integrationId }, body, shell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      const offered = new Set(integration.mailboxes.map(({ mailboxId }) => mailboxId));
      const mailboxIds = [...new Set(body.mailboxIds)].filter((id) => offered.has(id));
      if (mailboxIds.length === 0) {
        return integrationPage(deps, integration, await shell(), { mailboxIds: 'Choose at least one mailbox.' });
      }
      const period = periodOf(body, organization.timeZone);
      if (period === null) return integrationPage(deps, integration, await shell(), { from: NO_PERIOD });
      const choice = { mailboxIds, ...(period && { period }) };
      const answer = await ask(deps.temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(selectMailboxesUpdate, { args: [choice] }),
      );
      if (!answer.granted)
        return integrationPage(deps, integration, await shell(), { mailboxIds: refusalText(answer) });
      const { added, removed } = answer.value;
      const changed = added.length + removed.length > 0;
      if (!changed) {
        return redirect(`/settings/integrations/${integrationId}`, { kind: 'info', text: 'Nothing was changed.' });
      }
      await deps.storage.auditTrail.record(organizationId, {
        ...{ at: deps.now(), by: member.email, action: 'chose mailboxes' },
        target: `integration ${integrationId}`,
        details: mailboxIds.join(', '),
      });
      return redirect(`/settings/integrations/${integrationId}`, {
        kind: 'success',
        text: chosenText(answer.value),
      });
    },
});

/** What became of a choice, in a sentence or two. */
function chosenText({ scanNumber, added, removed }: MailboxesSelected): string {
  const mailboxes = (count: number) => (count === 1 ? 'one mailbox' : `${count} mailboxes`);
  const scanned =
    scanNumber === null
      ? `${mailboxes(added.length)} will be scanned after the scan under way.`
      : `Scan ${scanNumber} of ${mailboxes(added.length)} has begun.`;
  const left = `${mailboxes(removed.length)} ${removed.length === 1 ? 'is' : 'are'} not read any more; their insights stay.`;
  return [...(added.length > 0 ? [scanned] : []), ...(removed.length > 0 ? [left] : [])]
    .map((sentence) => `${sentence[0]?.toUpperCase() ?? ''}${sentence.slice(1)}`)
    .join(' ');
}
