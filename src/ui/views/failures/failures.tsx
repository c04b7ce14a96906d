import type { RetryRun } from '../../../domain/retry-run.ts';
import { hasRole } from '../../../domain/roles.ts';
import type { SyncErrorCode } from '../../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES, type SyncEventType } from '../../../domain/sync-event.ts';
import { EmptyState, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { ListCard } from '../../components/list-card.tsx';
import { RetryRunBadge } from '../../components/retry-run-badge.tsx';
import { TableHead } from '../../components/table.tsx';
import { plural } from '../../format.ts';
import { customerHref, FAILURES_PATH, INTEGRATIONS_PATH, LOG_PATH, retryRunHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** Failed rows of one root cause. */
export interface FailureGroup {
  code: SyncErrorCode;
  type: SyncEventType;
  count: number;
  firstAt: Date;
  lastAt: Date;
  /** Addresses of those affected, of the newest rows. */
  customers: readonly string[];
  /** Older rows were not looked at for their customers. */
  more: boolean;
  /** Whether its rows can be retried; those of the connection itself are mended by reconnecting. */
  retryable: boolean;
}

/** GET /tools/integrations/failures. */
export interface FailuresPageProps {
  shell: Shell;
  groups: readonly FailureGroup[];
  /** Newest first. */
  runs: readonly RetryRun[];
}

const CUSTOMERS_SHOWN = 4;

export const causeText = ({ code, type }: { code: SyncErrorCode | null; type: SyncEventType | null }) =>
  [type && SYNC_EVENT_NAMES[type], code && SYNC_ERROR_TEXT[code].message].filter(Boolean).join(': ') ||
  'Everything that failed';

export function FailuresPage({ shell, groups, runs }: FailuresPageProps) {
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <Page shell={shell} title="Failed syncs">
      <PageHead
        title="Failed syncs"
        lead={
          total === 0
            ? 'Everything that failed is gathered here by its cause.'
            : `${plural(total, 'row')} wait for a decision, from ${plural(groups.length, 'cause')}.`
        }
        actions={<a href={withQuery(LOG_PATH, { range: '30d', status: 'failed' })}>See them in the log</a>}
      />
      {groups.length === 0 && (
        <div class="card all-well">
          <EmptyState icon="check" title="Nothing waits for you" action={{ href: LOG_PATH, text: 'Open the log' }}>
            <p>Every sync with Help Scout came through, or was tried again by itself until it did.</p>
            <p>When one needs a person, it appears here with its cause and what to do about it.</p>
          </EmptyState>
        </div>
      )}
      {groups.map((group) => (
        <Group key={`${group.code}-${group.type}`} group={group} shell={shell} />
      ))}
      {runs.length > 0 && <Runs runs={runs} shell={shell} />}
    </Page>
  );
}

function Group({ group, shell }: { group: FailureGroup; shell: Shell }) {
  const { code, type, count, firstAt, lastAt, retryable } = group;
  const { message, remedy } = SYNC_ERROR_TEXT[code];
  const id = `cause-${code}-${type}`;
  return (
    <section class="card cause" aria-labelledby={id}>
      <div class="cause-text">
        <h2 id={id}>{message}</h2>
        <p class="row-remedy">{remedy}</p>
        <p class="sub dots">
          <span>{SYNC_EVENT_NAMES[type]}</span>
          <span>
            <code>{code}</code>
          </span>
          <span>
            first <Time at={firstAt} clock={shell} />
          </span>
          <span>
            last <Time at={lastAt} clock={shell} />
          </span>
        </p>
        <Affected group={group} />
      </div>
      <div class="cause-side">
        <p class="cause-count">
          <strong>{plural(count, 'row')}</strong>
        </p>
        {retryable ? (
          <a class="button primary" href={withQuery(`${FAILURES_PATH}/rows`, { code, type })}>
            {hasRole(shell.member.role, 'administrator') ? 'Look at them and retry' : 'Look at them'}
          </a>
        ) : (
          <a class="button secondary" href={INTEGRATIONS_PATH}>
            See the connection
          </a>
        )}
        <a href={withQuery(LOG_PATH, { range: '30d', status: 'failed', type, cause: code })}>In the log</a>
      </div>
    </section>
  );
}

function Affected({ group: { customers, more } }: { group: FailureGroup }) {
  if (customers.length === 0) return null;
  const shown = customers.slice(0, CUSTOMERS_SHOWN);
  const others = customers.length - shown.length;
  return (
    <p class="affected">
      <span class="sub">
        {more ? 'At least ' : ''}
        {plural(customers.length, 'customer')} affected:{' '}
      </span>
      {shown.map((email, index) => (
        <span key={email}>
          {index > 0 && ', '}
          <a href={customerHref(email)}>{email}</a>
        </span>
      ))}
      {others > 0 && <span class="sub"> and {plural(others, 'other')}</span>}
    </p>
  );
}

function Runs({ runs, shell }: { runs: readonly RetryRun[]; shell: Shell }) {
  return (
    <ListCard id="runs" title="Retries of several rows">
      <table class="stack">
        <caption class="visually-hidden">Retries of several rows, newest first</caption>
        <TableHead columns={['What', 'State', 'Started', 'By']} />
        <tbody>
          {runs.map((run) => (
            <tr key={run.retryRunId}>
              <td class="lead-cell">
                <a class="row-title" href={retryRunHref(run.retryRunId)}>
                  {plural(run.total, 'row')}
                </a>
                <span class="sub block">{run.selection.rows ? 'Chosen one by one' : causeText(run.selection)}</span>
              </td>
              <td>
                <RetryRunBadge state={run.state} />
              </td>
              <td data-label="Started" class="nowrap">
                <Time at={run.createdAt} clock={shell} />
              </td>
              <td data-label="By">{run.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListCard>
  );
}
