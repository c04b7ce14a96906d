import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { IntegrationResume } from '../domain/integration-resume.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { exchangeCode } from '../helpscout/oauth.ts';
import { randomToken } from '../security/tokens.ts';
import type { IntegrationSecrets } from '../storage/integration-secrets.ts';
import type { ConnectResult, Scope } from '../workflows/contract.ts';
import type { Connections } from './connections.ts';
import type { ActivityDeps } from './deps.ts';
import { assignableUsers } from './diagnostic-activities.ts';
import { toApplicationFailure } from './failures.ts';
import { createTokenRefresh } from './token-refresh.ts';
import { createTokens, type TokenState } from './tokens.ts';

/** Help Scout refuses webhook secrets of more than 40 characters. */
const WEBHOOK_SECRET_LENGTH = 40;

/** As often as activity-profiles.ts tries for a person. */
const TRIES_FOR_PERSON = 3;

/** Whose access it is, and what it opens. */
const whoseAccount = async (client: HelpScoutClient) => ({
  account: await client.users.me(),
  mailboxes: await client.mailboxes.list(),
  users: await assignableUsers(client),
});

/** Connecting, keeping and ending the connection to one Help Scout account. */
export function createConnectionActivities(
  deps: Omit<ActivityDeps, 'classifierOf' | 'messageBatchesOf'>,
  connections: Connections,
) {
  const { storage, keyRing, helpScout, now } = deps;
  const app = { apiUrl: helpScout.apiUrl, appId: helpScout.appId, appSecret: helpScout.appSecret };

  const tokens = createTokens(deps);
  const renew = createTokenRefresh(deps, tokens);

  const decryptAccess = (scope: Scope, ciphertext: string) =>
    keyRing.decrypt(ciphertext, { ...scope, purpose: 'accessToken' });

  /**
   * A code works once, so its tokens are stored before anything else is asked; a later try of the same activity goes
   * on from them.
   */
  const exchange = async (scope: Scope, secrets: IntegrationSecrets): Promise<TokenState> => {
    if (secrets.authorizationCode) {
      const code = keyRing.decrypt(secrets.authorizationCode, { ...scope, purpose: 'authorizationCode' });
      const issued = await tokens.counted(scope, () => exchangeCode(app, code, cancellationSignal()));
      await storage.integrations.keepTokens(scope.organizationId, scope.integrationId);
      const saved = await tokens.save(scope, issued, null);
      if (saved) return saved;
      throw ApplicationFailure.nonRetryable('the connection was ended', 'authenticationFailed');
    }
    if (secrets.accessToken && secrets.tokenExpiresAt && activityInfo().attempt > 1) {
      return { tokenVersion: secrets.tokenVersion, expiresAtMs: secrets.tokenExpiresAt.getTime() };
    }
    throw ApplicationFailure.nonRetryable('the authorization code was used already', 'authenticationFailed');
  };

  /** Access that was given to a new integration whose account turned out to be this one's: it moves here. */
  const takeOver = async (scope: Scope, from: Scope): Promise<TokenState | null> => {
    const secrets = await storage.integrations.secrets(from.organizationId, from.integrationId);
    if (!secrets?.accessToken || !secrets.tokenExpiresAt) return null;
    const accessToken = decryptAccess(from, secrets.accessToken);
    const refreshToken =
      secrets.refreshToken && keyRing.decrypt(secrets.refreshToken, { ...from, purpose: 'refreshToken' });
    await storage.integrations.keepTokens(scope.organizationId, scope.integrationId);
    const lifetimeMs = secrets.tokenExpiresAt.getTime() - now().getTime();
    const saved = await tokens.save(scope, { accessToken, lifetimeMs, refreshToken: refreshToken ?? null }, null);
    // Two who have the same refresh token would lock each other out.
    await storage.integrations.disconnect(from.organizationId, from.integrationId, null);
    return saved;
  };

  const webhookUrl = async (scope: Scope) => {
    const key = await storage.integrations.webhookKey(scope.organizationId, scope.integrationId);
    return `${deps.publicUrl}/webhooks/helpscout/${key}`;
  };

  return {
    /**
     * Trades the stored authorization code for tokens, and learns whose account it is and which mailboxes it has.
     * Another account than the one connected before is refused, and its tokens are not kept: insights of two accounts
     * must not mix.
     */
    async connectAccount(
      scope: Scope,
      from?: { integrationId: string },
    ): Promise<ConnectResult & { token: TokenState }> {
      const { organizationId, integrationId } = scope;
      const secrets = await storage.integrations.secrets(organizationId, integrationId);
      if (!secrets) throw ApplicationFailure.nonRetryable('there is no such integration', 'internalError');
      const moved = from && (await takeOver(scope, { organizationId, integrationId: from.integrationId }));
      const token = moved ?? (await exchange(scope, secrets));
      const accessToken = (await storage.integrations.secrets(organizationId, integrationId))?.accessToken ?? '';
      const client = connections.openUnknown(scope, decryptAccess(scope, accessToken));
      const { account, mailboxes, users } = await whoseAccount(client).catch(async (error: unknown) => {
        // A pair whose account nobody knows is not used: when nothing more is tried, the one before is put back.
        const isLast = toApplicationFailure(error).nonRetryable || activityInfo().attempt >= TRIES_FOR_PERSON;
        if (isLast) await storage.integrations.restoreTokens(organizationId, integrationId);
        throw error;
      });
      const known = (await storage.integrations.get(organizationId, integrationId))?.account;
      if (known && (known.companyId ?? known.userId) !== (account.companyId ?? account.userId)) {
        await storage.integrations.restoreTokens(organizationId, integrationId);
        throw ApplicationFailure.nonRetryable('this is another Help Scout account than before', 'otherAccount');
      }
      await storage.integrations.update(organizationId, integrationId, {
        account,
        mailboxes,
        users,
        connectedAt: now(),
      });
      await storage.integrations.dropKeptTokens(organizationId, integrationId);
      return { account, mailboxes, token };
    },

    /**
     * Renews the tokens, once for everybody who asks for the same version to be replaced. The new pair is stored
     * before anything uses it. @throws authenticationFailed when Help Scout refuses for good
     */
    refreshToken: (scope: Scope, replaces?: { tokenVersion: number }): Promise<TokenState> =>
      renew(scope, replaces?.tokenVersion),

    /** Makes or repairs our webhook subscription with a new secret; deliveries under the old one stay valid. */
    async configureWebhook(scope: Scope, { mailboxIds }: { mailboxIds: number[] }): Promise<void> {
      const { organizationId, integrationId } = scope;
      const url = await webhookUrl(scope);
      const secret = randomToken().slice(0, WEBHOOK_SECRET_LENGTH);
      const ciphertext = keyRing.encrypt(secret, { ...scope, purpose: 'webhookSecret' });
      const previousSecret = (await storage.integrations.secrets(organizationId, integrationId))?.webhookSecret ?? null;
      // Stored first: the first delivery may arrive before the call that subscribes has returned.
      await storage.integrations.saveWebhook(organizationId, integrationId, { secret: ciphertext, previousSecret });
      await connections.withHelpScout(
        scope,
        (client) => client.webhooks.ensure({ url, secret, mailboxIds }),
        'interactive',
      );
      await storage.integrations.update(organizationId, integrationId, { webhookActive: true });
    },

    /**
     * Ends the connection: our webhook is removed where Help Scout still lets us, every secret is forgotten, and what
     * the same account can be connected again with later is kept.
     */
    async endConnection(
      scope: Scope,
      { resume }: { resume?: IntegrationResume } = {},
    ): Promise<{ webhookRemoved: boolean }> {
      const url = await webhookUrl(scope);
      let webhookRemoved = true;
      try {
        await connections.withHelpScout(scope, (client) => client.webhooks.removeByUrl(url), 'interactive');
      } catch (error) {
        const refused = error instanceof ApplicationFailure && error.nonRetryable;
        const revoked = error instanceof ApplicationFailure && error.type === 'authenticationFailed';
        // Help Scout being down must not keep anybody connected: it drops a webhook that is not answered by itself.
        if (!refused && !revoked && activityInfo().attempt < TRIES_FOR_PERSON) throw error;
        webhookRemoved = false;
      }
      await storage.integrations.disconnect(scope.organizationId, scope.integrationId, resume ?? null);
      return { webhookRemoved };
    },
  };
}
