import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { Integration } from '../../domain/integration.ts';
import type { StatusReading } from '../../domain/service-status.ts';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES, type SyncEventType } from '../../domain/sync-event.ts';
import { Badge } from '../components/badge.tsx';
import { ConnectionTest } from '../components/connection-test.tsx';
import { EmptyState, PageHead, Time } from '../components/content.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { ListCard } from '../components/list-card.tsx';
import { ServiceStatusCard } from '../components/service-status-card.tsx';
import { Tile } from '../components/tile.tsx';
import { formatCount, plural } from '../format.ts';
import { COVERAGE_PATH, FAILURES_PATH, INTEGRATIONS_PATH, LOG_PATH, logHref } from '../links.ts';
import { logTypeOf } from '../log-filter.ts';
import type { Shell } from '../props.ts';
import { Limits } from './health-calls.tsx';
import { Freshness } from './health-freshness.tsx';
import { Rates, RateTile } from './health-rates.tsx';

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

function Overview({ windows, waiting, persistent }: HealthPageProps) {
  return (
    <div class="tiles">
      {windows.map((window) => (
        <RateTile key={window.hours} window={window} />
      ))}
      <Tile label="Persistent errors, 48 h" href={FAILURES_PATH} bad={persistent.length > 0}>
        {formatCount(persistent.length)}
      </Tile>
      <Tile label="Waiting over 10 min" href={logHref({ status: ['pending'] })} bad={waiting.rows > 0}>
        {`${formatCount(waiting.rows)}${waiting.more ? '+' : ''}`}
      </Tile>
    </div>
  );
}

function Persistent({ persistent, shell }: HealthPageProps) {
  return (
    <ListCard id="persistent" title="Persistent errors" note="The same cause three times or more in 48 hours">
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
                    href={logHref({ range: '48h', status: ['failed'], type: [logTypeOf(error.type)], cause: code })}
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
    </ListCard>
  );
}
