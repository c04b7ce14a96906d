import { roleFor } from '../../../security/permissions.ts';
import { hashToken, randomToken } from '../../../security/tokens.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { redirect } from '../../reply.ts';

const STATE_LIFE_MS = 10 * 60_000;

/** Sends the administrator to Help Scout's consent page, with a state that only this session can bring back. */
export const connect = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/connect',
  access: roleFor('manageIntegrations'),
  handler:
    ({ storage, config, now }) =>
    async ({ organizationId, req }) => {
      const state = randomToken();
      await storage.oauthStates.save(organizationId, {
        stateHash: hashToken(state),
        sessionHash: hashToken(req.sessionID),
        expiresAt: new Date(now().getTime() + STATE_LIFE_MS),
      });
      const address = new URL(`${config.helpScout.secureUrl}/authentication/authorizeClientApplication`);
      address.searchParams.set('client_id', config.helpScout.appId);
      address.searchParams.set('state', state);
      return redirect(address.href);
    },
});
