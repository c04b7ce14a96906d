import { condition, patched } from '@temporalio/workflow';
import { refreshAtMs } from '../domain/token-timing.ts';
import { helpScoutForPeople, house } from './activity-profiles.ts';
import { failureCause } from './failure-code.ts';
import { enter, type IntegrationMemory } from './integration-memory.ts';
import { type IntegrationRun, record } from './integration-run.ts';
import { AUTOMATIC } from './retryable-sync.ts';

/** After a refresh that failed for a passing reason. */
const TRY_AGAIN_MS = 60_000;
/** Until everything that failed for the old token is shown by Temporal as failed. */
const SHOWN_AFTER_MS = 10_000;

/**
 * The one place that refreshes this connection's token: Help Scout's refresh tokens work once, so two refreshers would
 * lock each other out. Early, by a durable timer, and at once when a call was refused.
 */
export async function keepTokenFresh(run: IntegrationRun): Promise<void> {
  const { memory, stopping } = run;
  while (!stopping()) {
    if (!memory.token || memory.state === 'needsReauthorization') {
      await condition(() => stopping() || (memory.token !== null && memory.state !== 'needsReauthorization'));
      continue;
    }
    const { token } = memory;
    const waitMs = token.refreshAtMs - Date.now();
    if (waitMs > 0 && !isRejected(memory)) {
      await condition(() => stopping() || isRejected(memory) || memory.token !== token, waitMs);
      continue;
    }
    await refresh(run);
  }
}

/** Adopts a token pair that was just issued. */
export function adoptToken(memory: IntegrationMemory, issued: { tokenVersion: number; expiresAtMs: number }): void {
  memory.token = { ...issued, refreshAtMs: refreshAtMs(Date.now(), issued.expiresAtMs, Math.random()) };
}

const isRejected = ({ token, rejectedTokenVersion }: IntegrationMemory) =>
  token !== null && rejectedTokenVersion >= token.tokenVersion;

async function refresh(run: IntegrationRun): Promise<void> {
  const { memory, scope } = run;
  const { token } = memory;
  try {
    // The version makes it safe to repeat: an attempt that is tried again takes over what an earlier one has stored.
    const issued = await helpScoutForPeople(scope).refreshToken(
      scope,
      token ? { tokenVersion: token.tokenVersion } : undefined,
    );
    if (memory.token !== token) return; // reconnected by a person meanwhile
    adoptToken(memory, issued);
    await record(run, { type: 'tokenRefreshed', direction: 'outbound', details: 'Access to Help Scout renewed' });
    await retryWhatWasRefused(run);
  } catch (error) {
    const { code } = failureCause(error);
    if (memory.token !== token || memory.state === 'disconnected') return;
    if (code === 'authenticationFailed') {
      enter(memory, 'needsReauthorization');
      memory.reauthorizationEventId = await record(run, {
        type: 'reauthorizationNeeded',
        details: 'Help Scout refused to renew our access',
        error: code,
      });
    } else if (memory.token) {
      memory.token = { ...memory.token, refreshAtMs: Date.now() + TRY_AGAIN_MS };
      memory.rejectedTokenVersion = -1;
    }
  }
}

/** What failed while the token had expired waits for nothing else: no person has to ask for it. */
async function retryWhatWasRefused({ memory, scope, stopping }: IntegrationRun): Promise<void> {
  if (!patched('retry-after-refresh')) return;
  await condition(() => stopping() || isRejected(memory), SHOWN_AFTER_MS);
  if (memory.state === 'disconnected' || isRejected(memory)) return; // the next refresh does it
  await house.retryFailedSyncs(scope, { code: 'authenticationFailed', by: AUTOMATIC });
}
