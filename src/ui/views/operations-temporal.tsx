import { Badge } from '../components/badge.tsx';
import { ExternalLink } from '../components/content.tsx';
import { ListCard } from '../components/list-card.tsx';
import { NumberCell, TableHead } from '../components/table.tsx';
import { formatCount } from '../format.ts';
import type { OperationsPageProps } from './operations.tsx';

/** Histories listed; the longest are those that matter. */
const SHOWN = 20;
/** Temporal ends a workflow at 51,200 events or 50 MB, and warns from a fifth on; ours go on as new long before. */
const LONG = { events: 20_000, bytes: 20 * 1024 * 1024 };

/** What waits for workers. */
export function Queues({ queues }: OperationsPageProps) {
  return (
    <ListCard id="queues" title="Task queues" note="As Temporal estimates them">
      {queues === null ? (
        <p class="card-text">Not known while Temporal does not answer.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">What waits on each task queue</caption>
          <TableHead
            columns={[
              'Queue',
              { number: 'Waiting' },
              { number: 'Oldest' },
              { number: 'In / out per second' },
              'Workers',
            ]}
          />
          <tbody>
            {queues.map(({ queue, kind, waiting, oldestSeconds, addedPerSecond, donePerSecond, pollers }) => (
              <tr key={`${queue} ${kind}`}>
                <td class="lead-cell">
                  <code>{queue}</code> {kind === 'workflow' ? 'workflows' : 'activities'}
                </td>
                <NumberCell label="Waiting">{waiting}</NumberCell>
                <NumberCell label="Oldest">{waiting === 0 ? '–' : formatSeconds(oldestSeconds)}</NumberCell>
                <NumberCell label="In / out per second">
                  {`${addedPerSecond.toFixed(1)} / ${donePerSecond.toFixed(1)}`}
                </NumberCell>
                <td data-label="Workers">
                  {pollers === 0 ? (
                    <Badge tone="red" icon="alert">
                      none asks for work
                    </Badge>
                  ) : (
                    `${formatCount(pollers)} asking`
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListCard>
  );
}

/** Workflows that grow. */
export function Histories({ histories }: OperationsPageProps) {
  return (
    <ListCard
      id="histories"
      title="Histories of integrations"
      note={`The longest ${SHOWN}; they go on as new by themselves`}
    >
      {histories === null ? (
        <p class="card-text">Not known while Temporal does not answer.</p>
      ) : histories.length === 0 ? (
        <p class="card-text">No integration runs.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">Sizes of the histories of integrations</caption>
          <TableHead columns={['Organization', { number: 'Events' }, { number: 'Size' }, 'Workflow']} />
          <tbody>
            {histories.slice(0, SHOWN).map(({ organizationName, integrationId, temporalUrl, events, bytes }) => (
              <tr key={integrationId}>
                <td class="lead-cell">{organizationName}</td>
                <NumberCell label="Events">
                  {events > LONG.events ? <Badge tone="amber">{formatCount(events)}</Badge> : formatCount(events)}
                </NumberCell>
                <NumberCell label="Size">
                  {bytes > LONG.bytes ? <Badge tone="amber">{formatBytes(bytes)}</Badge> : formatBytes(bytes)}
                </NumberCell>
                <td data-label="Workflow">
                  {temporalUrl && <ExternalLink href={temporalUrl}>Temporal Web</ExternalLink>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListCard>
  );
}

function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

const formatBytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
