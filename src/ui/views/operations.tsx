import type { Stuck } from '../../domain/stuck.ts';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES, type SyncEventType } from '../../domain/sync-event.ts';
import { Badge } from '../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { formatCount, plural } from '../format.ts';
import type { Shell } from '../props.ts';

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
  queues:
    | readonly {
        queue: string;
        kind: 'workflow' | 'activity';
        waiting: number;
        oldestSeconds: number;
        addedPerSecond: number;
        donePerSecond: number;
        pollers: number;
      }[]
    | null;
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

/** Histories listed; the longest are those that matter. */
const SHOWN = 20;
/** Temporal ends a workflow at 51,200 events or 50 MB, and warns from a fifth on; ours go on as new long before. */
const LONG = { events: 20_000, bytes: 20 * 1024 * 1024 };

export function OperationsPage(props: OperationsPageProps) {
  return (
    <Page shell={props.shell} title="Operations">
      <PageHead
        title="Operations"
        lead="The whole installation: what waits, what stands still, what fails. No message text and nobody’s address."
      />
      {props.queues === null && (
        <p class="notice tone-red" role="alert">
          <Icon name="alert" />
          <span>
            Temporal does not answer: nothing is read or sent until it does. What arrives is answered with 503 and sent
            again by Help Scout. Check that the server runs and that TEMPORAL_ADDRESS names it.
          </span>
        </p>
      )}
      <Queues {...props} />
      <StuckConnections {...props} />
      <Failures {...props} />
      <Histories {...props} />
    </Page>
  );
}

function Queues({ queues }: OperationsPageProps) {
  return (
    <section class="card flush" aria-labelledby="queues-heading">
      <div class="card-head">
        <h2 id="queues-heading">Task queues</h2>
        <span class="sub">As Temporal estimates them</span>
      </div>
      {queues === null ? (
        <p class="card-text">Not known while Temporal does not answer.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">What waits on each task queue</caption>
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col" class="number">
                Waiting
              </th>
              <th scope="col" class="number">
                Oldest
              </th>
              <th scope="col" class="number">
                In / out per second
              </th>
              <th scope="col">Workers</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ queue, kind, waiting, oldestSeconds, addedPerSecond, donePerSecond, pollers }) => (
              <tr key={`${queue} ${kind}`}>
                <td class="lead-cell">
                  <code>{queue}</code> {kind === 'workflow' ? 'workflows' : 'activities'}
                </td>
                <td class="number" data-label="Waiting">
                  {formatCount(waiting)}
                </td>
                <td class="number" data-label="Oldest">
                  {waiting === 0 ? '–' : formatSeconds(oldestSeconds)}
                </td>
                <td class="number" data-label="In / out per second">
                  {`${addedPerSecond.toFixed(1)} / ${donePerSecond.toFixed(1)}`}
                </td>
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
    </section>
  );
}

function StuckConnections({ shell, stuck, connections }: OperationsPageProps) {
  return (
    <section class="card flush" aria-labelledby="stuck-heading">
      <div class="card-head">
        <h2 id="stuck-heading">Connections that stand still</h2>
        <span class="sub">{`Of ${plural(connections, 'connection')}`}</span>
      </div>
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
    </section>
  );
}

function Failures({ shell, failures, failureHours }: OperationsPageProps) {
  return (
    <section class="card flush" aria-labelledby="failures-heading">
      <div class="card-head">
        <h2 id="failures-heading">Errors by cause</h2>
        <span class="sub">{`All organizations, last ${failureHours} hours`}</span>
      </div>
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
    </section>
  );
}

function Histories({ histories }: OperationsPageProps) {
  return (
    <section class="card flush" aria-labelledby="histories-heading">
      <div class="card-head">
        <h2 id="histories-heading">Histories of integrations</h2>
        <span class="sub">{`The longest ${SHOWN}; they go on as new by themselves`}</span>
      </div>
      {histories === null ? (
        <p class="card-text">Not known while Temporal does not answer.</p>
      ) : histories.length === 0 ? (
        <p class="card-text">No integration runs.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">Sizes of the histories of integrations</caption>
          <thead>
            <tr>
              <th scope="col">Organization</th>
              <th scope="col" class="number">
                Events
              </th>
              <th scope="col" class="number">
                Size
              </th>
              <th scope="col">Workflow</th>
            </tr>
          </thead>
          <tbody>
            {histories.slice(0, SHOWN).map(({ organizationName, integrationId, temporalUrl, events, bytes }) => (
              <tr key={integrationId}>
                <td class="lead-cell">{organizationName}</td>
                <td class="number" data-label="Events">
                  {events > LONG.events ? <Badge tone="amber">{formatCount(events)}</Badge> : formatCount(events)}
                </td>
                <td class="number" data-label="Size">
                  {bytes > LONG.bytes ? <Badge tone="amber">{formatBytes(bytes)}</Badge> : formatBytes(bytes)}
                </td>
                <td data-label="Workflow">
                  {temporalUrl && <ExternalLink href={temporalUrl}>Temporal Web</ExternalLink>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
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

function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

const formatBytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
