import type { Integration, ScanProgress } from '../../domain/integration.ts';
import {
  type IntegrationSituation,
  type LineClock,
  situationLine,
  utcMoment,
} from '../../domain/integration-situation.ts';
import { lastingWaits } from '../../domain/integration-wait.ts';
import { timeLeft } from '../../domain/scan-pace.ts';
import type { Storage } from '../../storage/storage.ts';
import { formatMinute } from '../../ui/format.ts';
import type { IntegrationProgressProps, Shell } from '../../ui/props.ts';
import { integrationStatusQuery, integrationWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';

/** The organization's own integration. @throws RequestProblem 404 for any other. */
export async function ownIntegration(
  storage: Storage,
  organizationId: string,
  integrationId: string,
): Promise<Integration> {
  const integration = await storage.integrations.get(organizationId, integrationId);
  if (!integration) throw notFound();
  return integration;
}

/** A page must not wait for a worker that is busy or gone. */
const STATUS_MS = 2_000;

/**
 * What the integration does now, asked of its workflow; what is stored of it is useful without the answer too. Waits are
 * taken from where calls note them, which is ahead of the workflow.
 * @param clock how moments are written; UTC where nobody's zone is known
 */
export async function integrationStatus(
  { storage, temporal, logger, now }: Deps,
  integration: Integration,
  clock: LineClock = { nowMs: now().getTime(), at: utcMoment },
): Promise<Omit<IntegrationProgressProps, 'shell'>> {
  const { organizationId, integrationId } = integration;
  const [status, counts, waits, pace] = await Promise.all([
    readStatus(),
    storage.syncEvents.counts(organizationId, {
      statuses: ['failed'],
      types: ['conversationSynced', 'conversationUpdated'],
    }),
    storage.integrations.waits(organizationId, integrationId),
    storage.integrations.scanPace(organizationId, integrationId),
  ]);
  const scan = latestScan(integration.scan, status?.scan ?? null);
  const situation: IntegrationSituation = {
    ...(status?.situation ?? storedSituation(integration)),
    // As the rest of the page shows it.
    state: integration.state,
    scan,
    waits: lastingWaits(waits, clock.nowMs).map(({ toldMs: _told, ...wait }) => wait),
    ...(!integration.webhookActive && ['live', 'scanning'].includes(integration.state)
      ? { webhooksOff: status?.situation.webhooksOff ?? { sinceMs: null } }
      : {}),
  };
  const asked = ['connecting', 'disconnected'].includes(integration.state);
  const unknown = status || asked ? '' : ' What it does right now cannot be read at the moment.';
  return {
    integration: { ...integration, scan },
    activity: `${situationLine(situation, clock)}${unknown && `;${unknown}`}`,
    waits: situation.waits,
    timeLeft: scan && timeLeft(scan, pace, clock.nowMs),
    pendingConversations: status?.pendingConversations ?? 0,
    failedConversations: counts.reduce((sum, { events }) => sum + events, 0),
  };

  async function readStatus() {
    if (integration.state === 'connecting' || integration.state === 'disconnected') return null;
    const handle = temporal.workflow.getHandle(integrationWorkflowId(integrationId));
    try {
      return await temporal.withDeadline(Date.now() + STATUS_MS, () => handle.query(integrationStatusQuery));
    } catch (err) {
      logger.warn({ err, integrationId }, 'status of the integration not readable');
      return null;
    }
  }
}

/** The same, for a page: moments in the organization's zone. */
export const integrationProgress = async (
  deps: Deps,
  integration: Integration,
  shell: Shell,
): Promise<IntegrationProgressProps> => {
  const clock = { nowMs: shell.now.getTime(), at: (ms: number) => formatMinute(new Date(ms), shell) };
  return { shell, ...(await integrationStatus(deps, integration, clock)) };
};

/** As far as it is stored, for when the workflow does not answer. */
const storedSituation = ({ state, scan, selectedMailboxIds, tokenExpiresAt }: Integration): IntegrationSituation => ({
  ...{ state, scan, mailboxes: selectedMailboxIds.length },
  ...{ sinceMs: null, mailboxesToScan: 0, pending: 0, waits: [], pausedBy: null, askedUntilMs: null },
  ...{ budget: null, webhooksOff: null },
  accessEndsAtMs: tokenExpiresAt?.getTime() ?? null,
});

/** Each batch stores its counts, while the workflow hears of changes of state alone: take each from who knows best. */
function latestScan(stored: ScanProgress | null, told: ScanProgress | null): ScanProgress | null {
  if (!stored || !told || stored.scanNumber !== told.scanNumber) return told ?? stored;
  const { state, waitingFor, finishedAtMs } = told;
  return { ...stored, state, waitingFor, finishedAtMs };
}
