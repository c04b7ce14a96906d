import { subHours } from 'date-fns';
import { stuckBy } from '../../domain/stuck.ts';
import type { Member } from '../../storage/members.ts';
import type { HistorySize, OperationsPageProps } from '../../ui/views/operations.tsx';
import { integrationWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';
import { readTaskQueues } from './task-queues.ts';

const READ_MS = 3_000;
/** Histories looked up for one page: each is a call of its own. */
const MOST_HISTORIES = 200;
const AT_ONCE = 20;
const FAILURE_HOURS = 48;

/** What somebody who runs the installation looks at when something is slow or does not move. */
export async function operations(
  deps: Deps,
  { role }: Pick<Member, 'role'>,
): Promise<Omit<OperationsPageProps, 'shell'>> {
  const { storage, config, now } = deps;
  const at = now();
  const [organizations, integrations, queues] = await Promise.all([
    storage.organizations.list(),
    storage.installation.integrations(),
    readTaskQueues(deps, READ_MS).catch(() => null),
  ]);
  const ids = organizations.map(({ organizationId }) => organizationId);
  const names = new Map(organizations.map(({ organizationId, name }) => [organizationId, name]));
  const about = ({ organizationId, integrationId }: { organizationId: string; integrationId: string }) => ({
    organizationName: names.get(organizationId) ?? organizationId,
    integrationId,
    temporalUrl: temporalWebUrl(config, role, integrationWorkflowId(integrationId)),
  });
  const looked = integrations.slice(0, MOST_HISTORIES);
  const [failures, sizes] = await Promise.all([
    storage.installation.failures(ids, subHours(at, FAILURE_HOURS)),
    // Temporal did not answer just now: it is not asked two hundred times more.
    queues && historySizes(deps, looked.map(integrationWorkflowIdOf)),
  ]);
  return {
    queues,
    failures,
    failureHours: FAILURE_HOURS,
    connections: integrations.length,
    stuck: integrations
      .flatMap((integration) => {
        const stuck = stuckBy(integration, at.getTime());
        return stuck ? [{ ...about(integration), stuck }] : [];
      })
      .sort((a, b) => a.stuck.sinceMs - b.stuck.sinceMs),
    histories:
      sizes &&
      looked
        .flatMap((integration) => {
          const size = sizes.get(integrationWorkflowIdOf(integration));
          return size ? [{ ...about(integration), ...size }] : [];
        })
        .sort((a, b) => b.events - a.events),
  };
}

const integrationWorkflowIdOf = ({ integrationId }: { integrationId: string }) => integrationWorkflowId(integrationId);

/** Of those workflows that run; a list of Temporal's knows the size of ended ones only, so each is asked for. */
async function historySizes({ temporal }: Deps, workflowIds: readonly string[]): Promise<Map<string, HistorySize>> {
  const sizes = new Map<string, HistorySize>();
  const left = [...workflowIds];
  const look = async () => {
    for (let workflowId = left.shift(); workflowId !== undefined; workflowId = left.shift()) {
      const found = await temporal.workflow
        .getHandle(workflowId)
        .describe()
        .catch(() => null);
      if (found?.status.name !== 'RUNNING') continue;
      sizes.set(workflowId, { events: found.historyLength, bytes: found.historySize ?? 0 });
    }
  };
  await temporal
    .withDeadline(Date.now() + READ_MS, () => Promise.all(Array.from({ length: AT_ONCE }, look)))
    .catch(() => undefined);
  return sizes;
}
