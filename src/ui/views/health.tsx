import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { Integration } from '../../domain/integration.ts';
import type { StatusReading } from '../../domain/service-status.ts';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES, type SyncEventType } from '../../domain/sync-event.ts';
import { Badge } from '../components/badges.tsx';
import { ConnectionTest } from '../components/connection-test.tsx';
import { EmptyState, PageHead, Time } from '../components/content.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { ServiceStatusCard } from '../components/service-status-card.tsx';
import { formatCount, formatPercent, plural } from '../format.ts';
import {
  API_USAGE_PATH,
  COVERAGE_PATH,
  FAILURES_PATH,
  INTEGRATIONS_PATH,
  integrationHref,
  LOG_PATH,
  logHref,
} from '../links.ts';
import { LOG_TYPES, type LogType } from '../log-filter.ts';
import type { Shell } from '../props.ts';

/** What the success rate should be at least. */
export const TARGET = 0.95;
/** Fewer outcomes than this say nothing about a rate. */
const FEWEST = 10;

/** Rows that ended, by how. */
export interface Outcomes {
  success: number;
  failed: number;
}

export interface HealthWindow {
  hours: 24 | 48;
  all: Outcomes;
  byType: readonly (Outcomes & { type: SyncEventType })[];
}

export interface HealthIntegration
  extends Pick<Integration, 'integrationId' | 'state' | 'tokenExpiresAt' | 'webhookActive' | 'account' | 'scan'> {
  lastWebhookAt: Date | null;
  diagnosis: Diagnosis | null;
}

/** GET /tools/integrations/helpscout-health. */
export interface HealthPageProps {
  shell: Shell;
  windows: readonly HealthWindow[];
  /** Causes that three or more rows of the last 48 hours failed by. */
  persistent: readonly { code: string; type: SyncEventType; count: number; firstAt: Date; lastAt: Date }[];
  /** Of the last 48 hours. */
  calls: { calls: number; limited: number; waits: number; timedOut: number; failed: number };
  /** Rows that are pending for more than ten minutes; `more`: there are more than were counted. */
  waiting: { rows: number; more: boolean; oldestAt: Date | null };
  /** When something of a kind last came through. */
  last: { conversation: Date | null; ticket: Date | null; customer: Date | null };
  /** Of the last 48 hours: conversations that only the regular comparison found; null where none ran into any. */
  missed: { missed: number; conversations: number } | null;
  integrations: readonly HealthIntegration[];
  status: StatusReading | null;
  /** Where people read the status page. */
  statusUrl: string;
  /** Whether the member may test the connection. */
  mayTest: boolean;
}

export function HealthPage(props: HealthPageProps) {
  const { shell, integrations } = props;
  return (
    <Page shell={shell} title="Health">
      <PageHead
        title="Health"
        lead="Whether what should come from Help Scout and go there does, and what stands in its way."
        back={{ href: LOG_PATH, text: 'HelpScout Log' }}
        actions={<a href={COVERAGE_PATH}>Coverage: was everything seen?</a>}
      />
      <Overview {...props} />
      {integrations.length === 0 && (
        <EmptyState icon="inbox" title="Help Scout is not connected">
          <p>
            Once it is (under <a href={INTEGRATIONS_PATH}>Settings › Integrations</a>), this page shows how well the
            connection works.
          </p>
        </EmptyState>
      )}
      <Persistent {...props} />
      <Rates {...props} />
      {integrations.map((integration) => (
        <ConnectionTest
          key={integration.integrationId}
          integration={integration}
          shell={shell}
          mayTest={props.mayTest}
          named={integrations.length > 1}
        />
      ))}
      <div class="halves">
        <Freshness {...props} />
        <Limits {...props} />
      </div>
      <ServiceStatusCard reading={props.status} url={props.statusUrl} shell={shell} />
    </Page>
  );
}

const settled = ({ success, failed }: Outcomes) => success + failed;

function RateBadge({ outcomes }: { outcomes: Outcomes }) {
  const ended = settled(outcomes);
  if (ended === 0) return <>No events</>;
  if (ended < FEWEST) return <>{`Too few to judge: ${outcomes.success} of ${ended} worked`}</>;
  const isGood = outcomes.success / ended >= TARGET;
  return (
    <Badge tone={isGood ? 'green' : 'red'} icon={isGood ? 'check' : 'alert'}>
      {`${formatPercent(outcomes.success / ended)}${isGood ? '' : ', below 95%'}`}
    </Badge>
  );
}

function Overview({ windows, waiting, persistent }: HealthPageProps) {
  return (
    <div class="tiles">
      {windows.map(({ hours, all }) => {
        const ended = settled(all);
        const rate = ended === 0 ? null : all.success / ended;
        const isBad = rate !== null && ended >= FEWEST && rate < TARGET;
        return (
          <a key={hours} class="tile" href={logHref({ range: `${hours}h`, status: ['failed'] })}>
            <span class="tile-label">{`Success rate, ${hours} h`}</span>
            <span class={isBad ? 'tile-count bad' : 'tile-count'}>
              {rate === null ? '–' : formatPercent(rate)}{' '}
              <span class="sub">
                {ended === 0 ? 'no events' : ended < FEWEST ? `too few (${ended})` : isBad ? 'below 95%' : 'target 95%'}
              </span>
            </span>
          </a>
        );
      })}
      <a class="tile" href={FAILURES_PATH}>
        <span class="tile-label">Persistent errors, 48 h</span>
        <span class={persistent.length > 0 ? 'tile-count bad' : 'tile-count'}>{formatCount(persistent.length)}</span>
      </a>
      <a class="tile" href={logHref({ status: ['pending'] })}>
        <span class="tile-label">Waiting over 10 min</span>
        <span class={waiting.rows > 0 ? 'tile-count bad' : 'tile-count'}>
          {`${formatCount(waiting.rows)}${waiting.more ? '+' : ''}`}
        </span>
      </a>
    </div>
  );
}

function Persistent({ persistent, shell }: HealthPageProps) {
  return (
    <section class="card flush" aria-labelledby="persistent-heading">
      <div class="card-head">
        <h2 id="persistent-heading">Persistent errors</h2>
        <span class="sub">The same cause three times or more in 48 hours</span>
      </div>
      {persistent.length === 0 ? (
        <p class="card-text">
          <Icon name="check" /> None.
        </p>
      ) : (
        <ul class="rows">
          {persistent.map((error) => {
            const code = syncErrorCodeSchema.catch('internalError').parse(error.code);
            const { message, remedy } = SYNC_ERROR_TEXT[code];
            return (
              <li key={`${error.code} ${error.type}`}>
                <div>
                  <a
                    class="row-title"
                    href={logHref({ range: '48h', status: ['failed'], type: [logType(error.type)], cause: code })}
                  >
                    {message}
                  </a>
                  <p>{remedy}</p>
                  <p class="sub dots">
                    <span>{SYNC_EVENT_NAMES[error.type]}</span>
                    <span>
                      first <Time at={error.firstAt} clock={shell} />
                    </span>
                    <span>
                      last <Time at={error.lastAt} clock={shell} />
                    </span>
                  </p>
                </div>
                <Badge tone="red">{plural(error.count, 'time')}</Badge>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** Types as the log's filter has them. */
const logType = (type: SyncEventType): LogType => LOG_TYPES.find((own) => own === type) ?? 'integration';

function Rates({ windows }: HealthPageProps) {
  const types = [...new Set(windows.flatMap(({ byType }) => byType.map(({ type }) => type)))];
  const of = (window: HealthWindow, type: SyncEventType) =>
    window.byType.find((row) => row.type === type) ?? { success: 0, failed: 0 };
  return (
    <section class="card flush" aria-labelledby="rates-heading">
      <div class="card-head">
        <h2 id="rates-heading">Success rate by event type</h2>
        <span class="sub">95% is the target; pending and skipped events do not count</span>
      </div>
      {types.length === 0 ? (
        <p class="card-text">Nothing happened in the last 48 hours.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">Success rate by event type</caption>
          <thead>
            <tr>
              <th scope="col">Event type</th>
              {windows.map(({ hours }) => (
                <th key={hours} scope="col">{`Last ${hours} hours`}</th>
              ))}
              <th scope="col" class="number">
                Failed, 48 h
              </th>
            </tr>
          </thead>
          <tbody>
            {types.map((type) => {
              const failed = Math.max(...windows.map((window) => of(window, type).failed));
              return (
                <tr key={type}>
                  <td class="lead-cell">{SYNC_EVENT_NAMES[type]}</td>
                  {windows.map((window) => (
                    <td key={window.hours} data-label={`Last ${window.hours} hours`}>
                      <RateBadge outcomes={of(window, type)} />
                    </td>
                  ))}
                  <td class="number" data-label="Failed, 48 h">
                    {failed > 0 ? (
                      <a href={logHref({ range: '48h', status: ['failed'], type: [logType(type)] })}>
                        {formatCount(failed)}
                      </a>
                    ) : (
                      '0'
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Freshness({ shell, last, integrations, missed, waiting }: HealthPageProps) {
  const when = (at: Date | null) => (at ? <Time at={at} clock={shell} /> : <span class="sub">not yet</span>);
  return (
    <section class="card" aria-labelledby="freshness-heading">
      <h2 id="freshness-heading">When it last worked</h2>
      <dl class="facts wide-terms">
        {integrations.map(({ integrationId, lastWebhookAt, webhookActive, scan, state, tokenExpiresAt }) => (
          <>
            <dt>Webhook came</dt>
            <dd>
              {when(lastWebhookAt)}
              {!webhookActive && state !== 'connecting' && (
                <>
                  {' '}
                  <Badge tone="amber" icon="alert">
                    not active
                  </Badge>
                </>
              )}
            </dd>
            <dt>Scan</dt>
            <dd>
              {scan === null ? (
                <span class="sub">not yet</span>
              ) : scan.finishedAtMs === null ? (
                <>
                  runs since <Time at={new Date(scan.startedAtMs)} clock={shell} />
                </>
              ) : (
                <>
                  finished <Time at={new Date(scan.finishedAtMs)} clock={shell} />
                </>
              )}
            </dd>
            <dt>Access</dt>
            <dd>
              <Access state={state} expiresAt={tokenExpiresAt} integrationId={integrationId} shell={shell} />
            </dd>
          </>
        ))}
        <dt>Conversation</dt>
        <dd>{when(last.conversation)}</dd>
        <dt>Ticket</dt>
        <dd>{when(last.ticket)}</dd>
        <dt>Customer</dt>
        <dd>{when(last.customer)}</dd>
        <dt>Missed by webhooks</dt>
        <dd>
          {missed === null ? (
            <span class="sub">none found in 48 hours</span>
          ) : (
            `${formatPercent(missed.missed / Math.max(missed.missed, missed.conversations))} in 48 hours: ${missed.missed} of ${plural(missed.conversations, 'conversation')} were found by comparing`
          )}
        </dd>
        <dt>Waiting</dt>
        <dd>
          {waiting.rows === 0 ? (
            'nothing for more than 10 minutes'
          ) : (
            <>
              <a href={logHref({ status: ['pending'] })}>
                {`${waiting.more ? 'more than ' : ''}${plural(waiting.rows, 'event')}`}
              </a>
              {waiting.oldestAt && (
                <>
                  , the oldest since <Time at={waiting.oldestAt} clock={shell} />
                </>
              )}
            </>
          )}
        </dd>
      </dl>
    </section>
  );
}

function Access({
  state,
  expiresAt,
  integrationId,
  shell,
}: {
  state: Integration['state'];
  expiresAt: Date | null;
  integrationId: string;
  shell: Shell;
}) {
  if (state === 'needsReauthorization') {
    return (
      <>
        <Badge tone="red" icon="alert">
          refused
        </Badge>{' '}
        <a href={integrationHref(integrationId)}>Reconnect</a>
      </>
    );
  }
  if (!expiresAt) return <span class="sub">none yet</span>;
  if (expiresAt <= shell.now) {
    return (
      <Badge tone="red" icon="alert">
        expired
      </Badge>
    );
  }
  return (
    <>
      renewed by itself, lasts until <Time at={expiresAt} clock={shell} exact />
    </>
  );
}

function Limits({ calls: { calls, limited, waits, timedOut, failed } }: HealthPageProps) {
  return (
    <section class="card" aria-labelledby="limits-heading">
      <h2 id="limits-heading">Calls, last 48 hours</h2>
      <dl class="facts wide-terms">
        <dt>Calls</dt>
        <dd>{formatCount(calls)}</dd>
        <dt>Refused (429)</dt>
        <dd>
          <Warned count={limited} />
        </dd>
        <dt>Waits for room</dt>
        <dd>{formatCount(waits)}</dd>
        <dt>Timeouts</dt>
        <dd>
          <Warned count={timedOut} />
        </dd>
        <dt>Other failures</dt>
        <dd>{formatCount(Math.max(0, failed - limited - timedOut))}</dd>
      </dl>
      {limited > 0 && (
        <p class="notice tone-amber">
          <Icon name="alert" />
          <span>
            {SYNC_ERROR_TEXT.rateLimited.message} {SYNC_ERROR_TEXT.rateLimited.remedy}
          </span>
        </p>
      )}
      {timedOut > 0 && (
        <p class="notice tone-amber">
          <Icon name="alert" />
          <span>
            {SYNC_ERROR_TEXT.timeout.message} {SYNC_ERROR_TEXT.timeout.remedy}
          </span>
        </p>
      )}
      <p class="card-link">
        <a href={API_USAGE_PATH}>API usage</a>
      </p>
    </section>
  );
}

function Warned({ count }: { count: number }) {
  if (count === 0) return <>0</>;
  return (
    <Badge tone="amber" icon="alert">
      {formatCount(count)}
    </Badge>
  );
}
