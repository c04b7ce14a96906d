import { z } from 'zod';
import type { Integration } from '../../../domain/integration.ts';
import { roleFor } from '../../../security/permissions.ts';
import { hashToken } from '../../../security/tokens.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { RequestProblem } from '../../errors.ts';
import { redirect } from '../../reply.ts';
import { authorized } from '../../temporal/connect.ts';

const value = z.string().min(1).max(2000).optional().catch(undefined);

const failed = (code: string, sentence: string, remedy: string) =>
  new RequestProblem({
    status: 400,
    code,
    sentence,
    remedy,
    actionHref: '/settings/integrations',
    actionText: 'To the integrations',
  });

/**
 * Help Scout sends the administrator back here. The code is stored encrypted and never leaves this request: the
 * workflow is only told that there is one.
 */
export const oauthCallback = memberEndpoint({
  method: 'get',
  path: '/oauth/helpscout/callback',
  access: roleFor('manageIntegrations'),
  query: z.object({ code: value, state: value, error: value }),
  handler: (deps) => {
    const { storage, keyRing, now } = deps;
    return async ({ organizationId, query: { code, state, error }, req }) => {
      const known =
        state !== undefined &&
        (await storage.oauthStates.consume(
          organizationId,
          { stateHash: hashToken(state), sessionHash: hashToken(req.sessionID) },
          now(),
        ));
      if (!known) {
        throw failed(
          'invalidState',
          'This answer of Help Scout does not belong to a connection that you began here.',
          'It may be older than ten minutes, or was used before. Begin again under Settings > Integrations.',
        );
      }
      if (error !== undefined || code === undefined) {
        throw failed(
          'notAuthorized',
          'Help Scout was not connected: the permission was not given.',
          'Connect again and choose Authorize on Help Scout’s page.',
        );
      }
      const integration =
        toReauthorize(await storage.integrations.list(organizationId)) ??
        (await storage.integrations.create(organizationId));
      const scope = { organizationId, integrationId: integration.integrationId };
      const ciphertext = keyRing.encrypt(code, { ...scope, purpose: 'authorizationCode' });
      await storage.integrations.saveAuthorizationCode(organizationId, scope.integrationId, ciphertext);

      const answer = await authorized(deps, integration);
      if (!answer.granted) throw failed(answer.code ?? 'notConnected', answer.message, answer.remedy);
      const text = `Connected to Help Scout as ${answer.value.account.name}.`;
      return redirect(`/settings/integrations/${scope.integrationId}`, { kind: 'success', text });
    };
  },
});

/** The connection that new access is for: one that lost it, else the newest that has not ended. */
function toReauthorize(integrations: readonly Integration[]): Integration | undefined {
  return (
    integrations.find(({ state }) => state === 'needsReauthorization') ??
    integrations.find(({ state }) => state !== 'disconnected')
  );
}
