import { z } from 'zod';
import type { ScanPeriod } from '../../../domain/scan-period.ts';
import { roleFor } from '../../../security/permissions.ts';
import { ScanEstimate } from '../../../ui/index.ts';
import { rescanPeriodUpdate } from '../../../workflows/contract.ts';
import { askIntegration } from '../../commands/ask-integration.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { integrationPage } from '../../readers/integration-page.ts';
import { idParam, numberParam, repeated } from '../../readers/query-values.ts';
import { createScanOutlook } from '../../readers/scan-forecast.ts';
import { NO_PERIOD, periodFields, periodOf } from '../../readers/scan-period.ts';
import { fragment, redirect } from '../../reply.ts';
import { refusalText } from '../../temporal/ask.ts';

const params = z.object({ integrationId: idParam });
const access = roleFor('manageIntegrations');

/** What a scan of the chosen mailboxes and period will take; asked for whenever the choice changes. */
export const showScanEstimate = memberEndpoint({
  method: 'get',
  path: '/settings/integrations/:integrationId/estimate',
  access,
  params,
  query: z.object({ mailboxIds: repeated(numberParam).catch([]), of: z.string().max(10).catch(''), ...periodFields }),
  handler: (deps) => {
    const outlookOf = createScanOutlook(deps);
    return async ({ organizationId, params: { integrationId }, query, quietShell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      const shell = await quietShell();
      const { mailboxes, selectedMailboxIds, state } = integration;
      const offered = new Set(mailboxes.map(({ mailboxId }) => mailboxId));
      const again = query.of === 'again';
      const chosen = [...new Set(again ? selectedMailboxIds : query.mailboxIds)].filter((id) => offered.has(id));
      // Only what is added is read; of a first choice that is all of it.
      const added =
        again || state === 'awaitingMailboxes' ? chosen : chosen.filter((id) => !selectedMailboxIds.includes(id));
      const props = { names: new Map(mailboxes.map(({ mailboxId, name }) => [mailboxId, name])) };
      const removed = again ? 0 : selectedMailboxIds.filter((id) => !chosen.includes(id)).length;
      if (chosen.length === 0) return fragment(ScanEstimate({ ...props, nothing: 'Choose at least one mailbox.' }));
      if (added.length === 0) {
        const nothing =
          removed > 0 ? 'Nothing is scanned; what was read stays.' : 'Nothing changes: nothing is scanned.';
        return fragment(ScanEstimate({ ...props, nothing }));
      }
      const period = periodOf(query, shell.timeZone);
      if (period === null) return fragment(ScanEstimate({ ...props, nothing: NO_PERIOD }));
      const usual: ScanPeriod = { days: deps.config.settings.scanWindowDays };
      const answer = await outlookOf(integration, { mailboxIds: added, period: period ?? usual });
      return fragment(
        ScanEstimate(
          answer.granted
            ? { ...props, outlook: answer.value }
            : { ...props, nothing: `How much there is to read is not known: ${refusalText(answer)}` },
        ),
      );
    };
  },
});

/** Reads all chosen mailboxes' conversations of a period once more. */
export const rescan = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/rescan',
  access,
  params,
  body: z.object(periodFields),
  handler:
    (deps) =>
    async ({ organizationId, member, organization, params: { integrationId }, body, shell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      const period = periodOf(body, organization.timeZone);
      if (period === null) return integrationPage(deps, integration, await shell(), { from: NO_PERIOD }, body);
      const answer = await askIntegration(deps, organizationId, integrationId, {
        ...{ action: 'began a scan', by: member.email },
        ...(period && { details: JSON.stringify(period) }),
        update: (workflow) => workflow.executeUpdate(rescanPeriodUpdate, { args: [period ? { period } : {}] }),
      });
      return redirect(
        `/settings/integrations/${integrationId}`,
        answer.granted
          ? { kind: 'success', text: `Scan ${answer.value.scanNumber} has begun.` }
          : { kind: 'error', text: refusalText(answer) },
      );
    },
});
