import { activityInfo, cancellationSignal, getClient, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { createHelpScoutClient, type HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutUnauthorized } from '../helpscout/errors.ts';
import { integrationWorkflowId, type Scope, tokenRejectedSignal } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';

/** The share of the account's calls that work without a person waiting may use; the rest is for people. */
const BACKGROUND_SHARE = 0.9;

/** Opens Help Scout for one integration, with its own token and its account's budget. */
export function createConnections({ storage, keyRing, helpScout, now }: ActivityDeps) {
  /** The budget's key before the account is known: the first call asks who we are. */
  const budgetFor = (scope: Scope, account: string, share: number) => ({
    reserve: (endpoint: string, cost: number) =>
      storage.rateBudget.reserve(scope.organizationId, {
        account,
        endpoint,
        cost,
        share,
        assumedLimit: helpScout.callsPerMinute,
        now: now(),
      }),
    exhausted: () => storage.rateBudget.exhaust(account, now()),
    correct: (seen: { limit: number; remaining: number }) =>
      storage.rateBudget.correct(account, { ...seen, now: now() }),
  });

  const open = (scope: Scope, accessToken: string, account: string, share: number): HelpScoutClient =>
    createHelpScoutClient({
      apiUrl: helpScout.apiUrl,
      accessToken,
      budget: budgetFor(scope, account, share),
      signal: cancellationSignal(),
    });

  return {
    open,

    /**
     * Runs `work` with the integration's client. A refused token asks the integration's workflow for a refresh and is
     * tried again; while an administrator has to reconnect, work fails at once instead of knocking on.
     * @throws ApplicationFailure, by failures.ts
     */
    async withHelpScout<T>(
      scope: Scope,
      work: (client: HelpScoutClient) => Promise<T>,
      share = BACKGROUND_SHARE,
    ): Promise<T> {
      const integration = await storage.integrations.get(scope.organizationId, scope.integrationId);
      const secrets = await storage.integrations.secrets(scope.organizationId, scope.integrationId);
      if (!secrets?.accessToken || integration?.state === 'needsReauthorization') {
        throw ApplicationFailure.nonRetryable('Help Scout has to be reconnected', 'authenticationFailed');
      }
      const accessToken = keyRing.decrypt(secrets.accessToken, { ...scope, purpose: 'accessToken' });
      try {
        return await work(open(scope, accessToken, accountKey(integration?.account ?? null, scope), share));
      } catch (error) {
        if (error instanceof HelpScoutUnauthorized) await askForRefresh(scope, secrets.tokenVersion);
        throw toApplicationFailure(error);
      }
    },
  };
}
export type Connections = ReturnType<typeof createConnections>;

/** Help Scout counts calls per account; a company id is the account, a user id the next best. */
export function accountKey(account: { companyId: number | null; userId: number } | null, scope: Scope): string {
  if (!account) return `integration:${scope.integrationId}`;
  return account.companyId === null ? `user:${account.userId}` : `company:${account.companyId}`;
}

/** A signal that cannot be sent is no reason to fail otherwise: the refused call is tried again anyway. */
async function askForRefresh(scope: Scope, tokenVersion: number): Promise<void> {
  try {
    const handle = getClient().workflow.getHandle(integrationWorkflowId(scope.integrationId));
    await handle.signal(tokenRejectedSignal, { tokenVersion });
  } catch (error) {
    log.warn('could not ask for a token refresh', { activity: activityInfo().activityType, reason: String(error) });
  }
}
