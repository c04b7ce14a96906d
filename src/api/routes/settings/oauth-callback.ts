import type { Client } from '@temporalio/client';
import { z } from 'zod';
import type { Integration } from '../../../domain/integration.ts';
import { roleFor } from '../../../security/permissions.ts';
import { hashToken } from '../../../security/tokens.ts';
import type { Storage } from '../../../storage/storage.ts';
import { type ConnectResult, disconnectUpdate, integrationWorkflowId } from '../../../workflows/contract.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { RequestProblem } from '../../errors.ts';
import { ownIntegration } from '../../readers/integration.ts';
import { redirect } from '../../reply.ts';
import { ask, type Refusal } from '../../temporal/ask.ts';
import { authorized } from '../../temporal/connect.ts';
import { integrationOf } from './oauth-state.ts';

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
    return async ({ organizationId, member, query: { code, state, error }, req }) => {
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
      const integration = await connectionFor(storage, organizationId, integrationOf(state));
      const scope = { organizationId, integrationId: integration.integrationId };
      const ciphertext = keyRing.encrypt(code, { ...scope, purpose: 'authorizationCode' });
      if (integration.state === 'disconnected') await storage.integrations.reopen(organizationId, scope.integrationId);
      await storage.integrations.saveAuthorizationCode(organizationId, scope.integrationId, ciphertext);

      const answer = await authorized(deps, integration);
      if (!answer.granted) {
        throw failed(answer.code ?? 'notConnected', withAccount(answer, integration), answer.remedy);
      }
      const { account } = answer.value;
      await storage.auditTrail.record(organizationId, {
        ...{ at: now(), by: member.email, action: 'connected' },
        target: `integration ${scope.integrationId}`,
        details: account.name,
      });
      const twin = await sameAccount(storage, organizationId, scope.integrationId, account);
      if (twin?.state === 'disconnected') {
        // The same account as before: its connection goes on, and the one just begun makes room for it.
        await storage.integrations.reopen(organizationId, twin.integrationId);
        const resumed = await authorized(deps, twin, scope.integrationId);
        await endConnection(deps.temporal, scope.integrationId);
        if (!resumed.granted) throw failed(resumed.code ?? 'notConnected', resumed.message, resumed.remedy);
        await storage.integrations.removeUnused(organizationId, scope.integrationId);
        const text = `${account.name}’s Help Scout account was connected before: it goes on where it was disconnected.`;
        return redirect(`/settings/integrations/${twin.integrationId}`, { kind: 'success', text });
      }
      if (twin) {
        await endConnection(deps.temporal, scope.integrationId);
        const text = `${account.name}’s Help Scout account is connected already; this is its connection.`;
        return redirect(`/settings/integrations/${twin.integrationId}`, { kind: 'info', text });
      }
      const text = `Connected to Help Scout as ${account.name}.`;
      return redirect(`/settings/integrations/${scope.integrationId}`, { kind: 'success', text });
    };
  },
});

const endConnection = (temporal: Client, integrationId: string) =>
  ask(temporal, integrationWorkflowId(integrationId), (workflow) => workflow.executeUpdate(disconnectUpdate));

/** Of a refused account: whose the connection is. */
const withAccount = ({ code, message }: Refusal, { account }: Integration) =>
  code === 'otherAccount' && account
    ? `${message} The connection belongs to ${account.name} (${account.email}).`
    : message;

/** The connection that new access is for: the chosen one, else a try that was not finished, else a new one. */
async function connectionFor(
  storage: Storage,
  organizationId: string,
  integrationId: string | undefined,
): Promise<Integration> {
  if (integrationId) return ownIntegration(storage, organizationId, integrationId);
  const known = await storage.integrations.list(organizationId);
  return known.find(({ state }) => state === 'connecting') ?? storage.integrations.create(organizationId);
}

/**
 * Another connection of the same Help Scout account: two of them would read every conversation twice. One that was
 * disconnected counts if it ever had mailboxes.
 */
async function sameAccount(
  storage: Storage,
  organizationId: string,
  integrationId: string,
  account: ConnectResult['account'],
): Promise<Integration | undefined> {
  const identity = ({ companyId, userId }: ConnectResult['account']) => companyId ?? userId;
  return (await storage.integrations.list(organizationId)).find(
    (other) =>
      other.integrationId !== integrationId &&
      (other.state !== 'disconnected' || other.selectedMailboxIds.length > 0) &&
      other.account !== null &&
      identity(other.account) === identity(account),
  );
}
