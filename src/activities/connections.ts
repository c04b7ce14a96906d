import { activityInfo, cancellationSignal, getClient, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { accountKeyOf } from '../domain/account-key.ts';
import {
  type ClientOptions,
  createHelpScoutClient,
  type HelpScoutClient,
  type RateBudget,
} from '../helpscout/client.ts';
import { FEATURES_IN_USE } from '../helpscout/endpoints.ts';
import { HelpScoutUnauthorized } from '../helpscout/errors.ts';
import type { Urgency } from '../storage/rate-window.ts';
import { integrationWorkflowId, type Scope, tokenRejectedSignal } from '../workflows/contract.ts';
import { createAccountBudget } from './account-budget.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';

/** The least that any site has (Docs API, "Rate limiting"); headers tell more. */
const DOCS_CALLS = 2000;
const DOCS_WINDOW_MS = 10 * 60_000;

/** What a test of the connection asks for besides. */
type Special = Pick<ClientOptions, 'timeoutMs' | 'onAnswer'>;

/** Opens Help Scout for one integration, with its own token and its account's budget. */
export function createConnections({
  storage,
  keyRing,
  helpScout,
  now,
}: Pick<ActivityDeps, 'storage' | 'keyRing' | 'helpScout' | 'now'>) {
  const budgetFor = (scope: Scope, account: string, urgency: Urgency, otherAppsPercent: number) =>
    createAccountBudget({
      storage,
      ...scope,
      account,
      urgency,
      shareForOthers: otherAppsPercent / 100,
      assumedLimit: helpScout.callsPerMinute,
      now,
    });

  /** A call outside the scope is a mistake of ours: it is shown where the calls that were made are shown. */
  const noteRefused = (scope: Scope) => (endpoint: string) => {
    log.error('a call outside the scope was refused', { endpoint });
    storage.apiUsage
      .countRefused(scope.organizationId, { integrationId: scope.integrationId, endpoint, now: now() })
      .catch((error: unknown) => log.warn('a refused call could not be counted', { reason: String(error) }));
  };

  const open = (scope: Scope, accessToken: string, budget: RateBudget, special: Special = {}): HelpScoutClient =>
    createHelpScoutClient({
      ...(helpScout.timeoutMs !== undefined && { timeoutMs: helpScout.timeoutMs }),
      ...special,
      apiUrl: helpScout.apiUrl,
      accessToken,
      features: FEATURES_IN_USE,
      budget,
      signal: cancellationSignal(),
      onRefused: noteRefused(scope),
      onUnsettled: (error) => log.warn('the budget could not be settled', { reason: String(error) }),
    });

  return {
    noteRefused,

    /** For a token whose account is not known yet: who we are is the first thing to ask. */
    openUnknown: (scope: Scope, accessToken: string) =>
      open(scope, accessToken, budgetFor(scope, accountKeyOf({ ...scope, account: null }), 'interactive', 0)),

    /** The Docs API counts apart: by its own key's account, in windows of ten minutes. */
    docsBudget: (scope: Scope, urgency: Urgency) =>
      createAccountBudget({
        storage,
        ...scope,
        account: `docs:${scope.integrationId}`,
        urgency,
        shareForOthers: 0,
        assumedLimit: DOCS_CALLS,
        windowMs: DOCS_WINDOW_MS,
        now,
      }),

    /**
     * Runs `work` with the integration's client. A refused token asks the integration's workflow for a refresh and is
     * tried again; while an administrator has to reconnect, work fails at once instead of knocking on.
     * @throws ApplicationFailure, by failures.ts
     */
    async withHelpScout<T>(
      scope: Scope,
      work: (client: HelpScoutClient) => Promise<T>,
      urgency: Urgency = 'background',
      special: Special = {},
    ): Promise<T> {
      const integration = await storage.integrations.get(scope.organizationId, scope.integrationId);
      const secrets = await storage.integrations.secrets(scope.organizationId, scope.integrationId);
      if (!secrets?.accessToken || integration?.state === 'needsReauthorization') {
        throw ApplicationFailure.nonRetryable('Help Scout has to be reconnected', 'authenticationFailed');
      }
      const accessToken = keyRing.decrypt(secrets.accessToken, { ...scope, purpose: 'accessToken' });
      try {
        const account = accountKeyOf({ ...scope, account: integration?.account ?? null });
        const budget = budgetFor(scope, account, urgency, integration?.otherAppsPercent ?? 0);
        return await work(open(scope, accessToken, budget, special));
      } catch (error) {
        if (error instanceof HelpScoutUnauthorized) await askForRefresh(scope, secrets.tokenVersion);
        throw toApplicationFailure(error);
      }
    },
  };
}
export type Connections = ReturnType<typeof createConnections>;

/** A signal that cannot be sent is no reason to fail otherwise: the refused call is tried again anyway. */
async function askForRefresh(scope: Scope, tokenVersion: number): Promise<void> {
  try {
    const handle = getClient().workflow.getHandle(integrationWorkflowId(scope.integrationId));
    await handle.signal(tokenRejectedSignal, { tokenVersion });
  } catch (error) {
    log.warn('could not ask for a token refresh', { activity: activityInfo().activityType, reason: String(error) });
  }
}
