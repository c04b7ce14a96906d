import type { Stuck } from '../../domain/stuck.ts';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES, type SyncEventType } from '../../domain/sync-event.ts';
import type { TaskQueueState } from '../../domain/task-queue-state.ts';
import { Badge } from '../components/badge.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { ListCard } from '../components/list-card.tsx';
import { Notice } from '../components/notice.tsx';
import { plural } from '../format.ts';
import type { Shell } from '../props.ts';
import { Histories, Queues } from './operations-temporal.tsx';

export interface HistorySize {
  events: number;
  bytes: number;
}

interface About {
  organizationName: string;
  integrationId: string;
  temporalUrl: string | null;
}

/** GET /operations. */
export interface OperationsPageProps {
  shell: Shell;
  /** Null when Temporal does not answer. */
  queues: readonly TaskQueueState[] | null;
  /** Connections that have not ended. */
  connections: number;
  /** The longest first. */
  stuck: readonly (About & { stuck: Stuck })[];
  /** Of integrations that run, the longest first; null when Temporal does not answer. */
  histories: readonly (About & HistorySize)[] | null;
  /** Over all organizations, the most frequent first. */
  failures: readonly { code: string; type: SyncEventType; count: number; organizations: number; lastAt: Date }[];
  failureHours: number;
}

export function OperationsPage(props: OperationsPageProps) {
  return (
    <Page shell={props.shell} title="Operations">
      <PageHead
        title="Operations"
        lead="The whole installation: what waits, what stands still, what fails. No message text and nobody’s address."
      />
      {props.queues === null && (
        <Notice tone="red" role="alert">
          Temporal does not answer: nothing is read or sent until it does. What arrives is answered with 503 and sent
          again by Help Scout. Check that the server runs and that TEMPORAL_ADDRESS names it.
        </Notice>
      )}
      <Queues {...props} />
      <StuckConnections {...props} />
      <Failures {...props} />
      <Histories {...props} />
    </Page>
  );
}

function StuckConnections({ shell, stuck, connections }: OperationsPageProps) {
  return (
    <ListCard id="stuck" title="Connections that stand still" note={`Of ${plural(connections, 'connection')}`}>
      {stuck.length === 0 ? (
        <p class="card-text">
          <Icon name="check" />
          {connections === 0 ? ' Nobody has connected Help Scout yet.' : ' None.'}
        </p>
      ) : (
        <ul class="rows">
          {stuck.map(({ organizationName, integrationId, temporalUrl, stuck: reason }) => (
            <li key={integrationId}>
              <div>
                <span class="row-title">{organizationName}</span>
                <p>{stuckText(reason)}</p>
                <p class="sub dots">
                  <span>
                    since <Time at={new Date(reason.sinceMs)} clock={shell} />
                  </span>
                  <span class="break-anywhere">{integrationId}</span>
                </p>
              </div>
              {temporalUrl && <ExternalLink href={temporalUrl}>Temporal Web</ExternalLink>}
            </li>
          ))}
        </ul>
      )}
    </ListCard>
  );
}

function Failures({ shell, failures, failureHours }: OperationsPageProps) {
  return (
    <ListCard id="failures" title="Errors by cause" note={`All organizations, last ${failureHours} hours`}>
      {failures.length === 0 ? (
        <p class="card-text">
          <Icon name="check" /> Nothing failed.
        </p>
      ) : (
        <ul class="rows">
          {failures.map(({ code, type, count, organizations, lastAt }) => (
            <li key={`${code} ${type}`}>
              <div>
                <span class="row-title">{causeOf(code)}</span>
                <p class="sub dots">
                  <code>{code}</code>
                  <span>{SYNC_EVENT_NAMES[type]}</span>
                  <span>{plural(organizations, 'organization')}</span>
                  <span>
                    last <Time at={lastAt} clock={shell} />
                  </span>
                </p>
              </div>
              <Badge tone="red">{plural(count, 'time')}</Badge>
            </li>
          ))}
        </ul>
      )}
    </ListCard>
  );
}

const causeOf = (code: string) => SYNC_ERROR_TEXT[syncErrorCodeSchema.catch('internalError').parse(code)].message;

function stuckText(stuck: Stuck): string {
  if (stuck.why === 'waits') return `Waits: ${causeOf(stuck.code)}`;
  if (stuck.why === 'needsReauthorization')
    return 'Help Scout has withdrawn the access: an administrator has to reconnect.';
  if (stuck.why === 'notSetUp') return 'Somebody began to connect it and has not chosen mailboxes.';
  return 'A scan runs, but no page of it came through.';
}
