import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { connectDocsUpdate, integrationWorkflowId, mapDocsUpdate } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { integrationPage } from '../../readers/integration-page.ts';
import { idParam, repeated } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { ask, refusalText } from '../../temporal/ask.ts';

const params = z.object({ integrationId: idParam });
const access = roleFor('manageIntegrations');
const KEY_REFUSED = 'Help Scout Docs does not accept this key. Copy it again from Your Profile > Authentication.';

/** Stores the Docs API key, encrypted, and reads the collections it opens; one that is refused replaces none. */
export const saveDocsKey = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/docs-key',
  access,
  params,
  body: z.object({
    apiKey: z.string('Enter the key.').trim().min(1, 'Enter the key.').max(200, 'This is too long for a key.'),
  }),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { integrationId }, body, shell }) => {
      const { storage, keyRing, temporal } = deps;
      const integration = await ownIntegration(storage, organizationId, integrationId);
      const ciphertext = keyRing.encrypt(body.apiKey, { organizationId, integrationId, purpose: 'docsKey' });
      await storage.integrations.enterDocsKey(organizationId, integrationId, ciphertext);
      const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(connectDocsUpdate),
      );
      if (!answer.granted) {
        const apiKey = answer.code === 'authenticationFailed' ? KEY_REFUSED : refusalText(answer);
        return integrationPage(deps, integration, await shell(), { apiKey });
      }
      await deps.storage.auditTrail.record(organizationId, {
        ...{ at: deps.now(), by: member.email, action: 'set the Docs key' },
        target: `integration ${integrationId}`,
      });
      return redirect(`/settings/integrations/${integrationId}`, {
        kind: 'success',
        text: `Docs are connected: ${answer.value.collections.length} collections found.`,
      });
    },
  refused:
    (deps) =>
    async ({ organizationId, params: { integrationId }, shell, errors }) =>
      integrationPage(deps, await ownIntegration(deps.storage, organizationId, integrationId), await shell(), errors),
});

/** Chooses the collections whose articles help to tell what the documentation covers. */
export const mapDocs = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/:integrationId/docs-mapping',
  access,
  params,
  body: z.object({ collectionIds: repeated(idParam) }),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { integrationId }, body, shell }) => {
      const integration = await ownIntegration(deps.storage, organizationId, integrationId);
      const offered = new Set(integration.docs.collections.map(({ collectionId }) => collectionId));
      const collectionIds = [...new Set(body.collectionIds)].filter((id) => offered.has(id));
      const answer = await ask(deps.temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(mapDocsUpdate, { args: [{ collectionIds }] }),
      );
      if (!answer.granted) {
        return integrationPage(deps, integration, await shell(), { collectionIds: refusalText(answer) });
      }
      await deps.storage.auditTrail.record(organizationId, {
        ...{ at: deps.now(), by: member.email, action: 'chose Docs collections' },
        target: `integration ${integrationId}`,
        details: `${collectionIds.length} chosen`,
      });
      return redirect(`/settings/integrations/${integrationId}`, {
        kind: 'success',
        text: 'The collections are saved.',
      });
    },
});
