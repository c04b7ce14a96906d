import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { HelpScoutInvalidGrant } from '../helpscout/errors.ts';
import { refreshTokens } from '../helpscout/oauth.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { toApplicationFailure } from './failures.ts';
import type { TokenState, Tokens } from './tokens.ts';

/**
 * Longer than a token call may take (20 s, helpscout/oauth.ts) and the waits before its answer is stored (5 s, tokens.ts):
 * who holds a lease that ended has heard its answer.
 */
const LEASE_MS = 40_000;
/** Whoever comes second looks again soon, and at the latest when the lease of one that died has ended. */
const LOOK_AGAIN_MS = 10_000;

/**
 * Renews an integration's tokens, however many processes try: Help Scout's refresh tokens work once, and two that use
 * the same one lock each other out. One at a time holds a lease; all others take over what it brought.
 */
export function createTokenRefresh(
  { storage, keyRing, helpScout, now }: Pick<ActivityDeps, 'storage' | 'keyRing' | 'helpScout' | 'now'>,
  tokens: Tokens,
) {
  const stored = async (scope: Scope) => {
    const secrets = await storage.integrations.secrets(scope.organizationId, scope.integrationId);
    if (!secrets?.refreshToken) {
      throw ApplicationFailure.nonRetryable('there is no refresh token', 'authenticationFailed');
    }
    return { ...secrets, refreshToken: secrets.refreshToken };
  };

  /** The pair that somebody else has stored since, if any. */
  const newerThan = async (scope: Scope, tokenVersion: number): Promise<TokenState | null> => {
    const { tokenExpiresAt, ...secrets } = await stored(scope);
    if (secrets.tokenVersion <= tokenVersion || !tokenExpiresAt) return null;
    return { tokenVersion: secrets.tokenVersion, expiresAtMs: tokenExpiresAt.getTime() };
  };

  const exchange = async (scope: Scope, ciphertext: string, tokenVersion: number): Promise<TokenState> => {
    const refreshToken = keyRing.decrypt(ciphertext, { ...scope, purpose: 'refreshToken' });
    const app = { apiUrl: helpScout.apiUrl, appId: helpScout.appId, appSecret: helpScout.appSecret };
    try {
      const issued = await tokens.counted(scope, () => refreshTokens(app, refreshToken));
      const saved = await tokens.save(scope, issued, { refreshToken, tokenVersion });
      // Not stored means that a person has reconnected or disconnected meanwhile, or that it was stored by a try whose
      // own answer was lost.
      const answer = saved ?? (await newerThan(scope, tokenVersion));
      if (answer) return answer;
      throw ApplicationFailure.nonRetryable('the connection was ended', 'authenticationFailed');
    } catch (error) {
      // Refused may mean: used by an attempt whose lease had ended, and whose answer is stored by now.
      const newer = error instanceof HelpScoutInvalidGrant ? await newerThan(scope, tokenVersion) : null;
      if (newer) return newer;
      throw error;
    }
  };

  /**
   * @param replaces the version of the pair to be replaced; a newer one that is stored is the answer already
   * @throws ApplicationFailure `authenticationFailed` when Help Scout refuses for good; a retryable one while another
   * process is at it.
   */
  return async (scope: Scope, replaces?: number): Promise<TokenState> => {
    const { organizationId, integrationId } = scope;
    const { tokenVersion, refreshToken } = await stored(scope);
    const newer = await newerThan(scope, replaces ?? tokenVersion);
    if (newer) return newer;
    const holder = randomUUID();
    const lease = { holder, tokenVersion, now: now(), until: new Date(now().getTime() + LEASE_MS) };
    if (!(await storage.integrations.takeRefreshLease(organizationId, integrationId, lease))) {
      const brought = await newerThan(scope, tokenVersion);
      if (brought) return brought;
      throw await busy(scope);
    }
    try {
      return await exchange(scope, refreshToken, tokenVersion);
    } catch (error) {
      await storage.integrations.dropRefreshLease(organizationId, integrationId, holder);
      throw toApplicationFailure(error);
    }
  };

  async function busy(scope: Scope): Promise<ApplicationFailure> {
    const { refreshLease } = await stored(scope);
    const leftMs = (refreshLease?.until.getTime() ?? 0) - now().getTime();
    return ApplicationFailure.create({
      message: 'another process is renewing the tokens',
      type: 'helpScoutUnavailable',
      nextRetryDelay: Math.min(LOOK_AGAIN_MS, Math.max(500, leftMs + 100)),
    });
  }
}
