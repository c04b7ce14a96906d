import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { DisconnectPage } from '../../../ui/index.ts';
import { disconnectUpdate, integrationWorkflowId } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';
import { ask, refusalText } from '../../temporal/ask.ts';

const path = '/settings/integrations/:integrationId/disconnect';
const params = z.object({ integrationId: idParam });
const access = roleFor('manageIntegrations');

/** Asks before disconnecting, and tells what stays. */
export const showDisconnect = memberEndpoint({
  method: 'get',
  path,
  access,
  params,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { integrationId }, shell }) => {
      const integration = await ownIntegration(storage, organizationId, integrationId);
      const [insights, patterns, bugs, features, rows] = await Promise.all([
        storage.insights.counts(organizationId, {}),
        storage.patterns.count(organizationId),
        storage.issueRecords.list(organizationId, 'bug'),
        storage.issueRecords.list(organizationId, 'feature'),
        storage.syncEvents.counts(organizationId, {}),
      ]);
      const kept = {
        insights: insights.total,
        patterns,
        records: bugs.length + features.length,
        logRows: rows.reduce((sum, { events }) => sum + events, 0),
      };
      return page(DisconnectPage({ shell: await shell(), integration, kept }));
    },
});

export const disconnect = memberEndpoint({
  method: 'post',
  path,
  access,
  params,
  handler:
    ({ storage, temporal, now }) =>
    async ({ organizationId, member, params: { integrationId } }) => {
      const integration = await ownIntegration(storage, organizationId, integrationId);
      if (integration.state === 'disconnected') return redirect('/settings/integrations');
      const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(disconnectUpdate),
      );
      if (answer.granted) {
        const entry = { at: now(), by: member.email, action: 'disconnected', target: `integration ${integrationId}` };
        await storage.auditTrail.record(organizationId, entry);
      }
      return redirect(
        answer.granted ? '/settings/integrations' : `/settings/integrations/${integrationId}`,
        answer.granted
          ? { kind: 'success', text: 'Help Scout is disconnected; our access to it is deleted.' }
          : { kind: 'error', text: refusalText(answer) },
      );
    },
});
