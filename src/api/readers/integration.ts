import type { Integration, ScanProgress } from '../../domain/integration.ts';
import type { Storage } from '../../storage/storage.ts';
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

/** What the integration does now, asked of its workflow; what is stored of it is useful without the answer too. */
export async function integrationStatus(
  { storage, temporal, logger }: Deps,
  integration: Integration,
): Promise<Omit<IntegrationProgressProps, 'shell'>> {
  const { organizationId } = integration;
  const [status, counts] = await Promise.all([
    readStatus(),
    storage.syncEvents.counts(organizationId, {
      statuses: ['failed'],
      types: ['conversationSynced', 'conversationUpdated'],
    }),
  ]);
  return {
    integration: { ...integration, scan: latestScan(integration.scan, status?.scan ?? null) },
    activity: status?.activity ?? 'What it does right now cannot be read at the moment.',
    pendingConversations: status?.pendingConversations ?? 0,
    failedConversations: counts.reduce((sum, { events }) => sum + events, 0),
  };

  async function readStatus() {
    if (integration.state === 'connecting')
      return { activity: 'Waiting for Help Scout’s permission.', scan: null, pendingConversations: 0 };
    if (integration.state === 'disconnected') return { activity: 'Disconnected.', scan: null, pendingConversations: 0 };
    const handle = temporal.workflow.getHandle(integrationWorkflowId(integration.integrationId));
    try {
      return await temporal.withDeadline(Date.now() + STATUS_MS, () => handle.query(integrationStatusQuery));
    } catch (err) {
      logger.warn({ err, integrationId: integration.integrationId }, 'status of the integration not readable');
      return null;
    }
  }
}

/** The same, for a page. */
export const integrationProgress = async (
  deps: Deps,
  integration: Integration,
  shell: Shell,
): Promise<IntegrationProgressProps> => ({ shell, ...(await integrationStatus(deps, integration)) });

/** Each batch stores its counts, while the workflow hears of changes of state alone: take each from who knows best. */
function latestScan(stored: ScanProgress | null, told: ScanProgress | null): ScanProgress | null {
  if (!stored || !told || stored.scanNumber !== told.scanNumber) return told ?? stored;
  const { state, waitingFor, finishedAtMs } = told;
  return { ...stored, state, waitingFor, finishedAtMs };
}
