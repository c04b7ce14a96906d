import { z } from 'zod';
import { authoriseUrl } from '../../../helpscout/oauth.ts';
import { roleFor } from '../../../security/permissions.ts';
import { hashToken } from '../../../security/tokens.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { writeState } from './oauth-state.ts';

const STATE_LIFE_MS = 10 * 60_000;

/**
 * Sends the administrator to Help Scout's consent page, with a state that only this session can bring back. With an
 * `integrationId` the new access is for that connection, else for a new one.
 */
export const connect = memberEndpoint({
  method: 'post',
  path: '/settings/integrations/connect',
  access: roleFor('manageIntegrations'),
  body: z.object({ integrationId: idParam.optional() }),
  handler:
    ({ storage, config, now }) =>
    async ({ organizationId, req, body: { integrationId } }) => {
      if (integrationId) await ownIntegration(storage, organizationId, integrationId);
      const state = writeState(integrationId);
      await storage.oauthStates.save(organizationId, {
        stateHash: hashToken(state),
        sessionHash: hashToken(req.sessionID),
        expiresAt: new Date(now().getTime() + STATE_LIFE_MS),
      });
      return redirect(authoriseUrl(config.helpScout, state));
    },
});
