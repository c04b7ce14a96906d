import type { ScanProgress } from '../../domain/integration.ts';
import { syncErrorCodeSchema } from '../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { PostButton } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { formatCount, formatPercent, formatRemaining, plural } from '../format.ts';
import { integrationHref, LOG_PATH, withQuery } from '../links.ts';
import type { IntegrationProgressProps } from '../props.ts';

const STATE_TEXT: Record<ScanProgress['state'], string> = {
  running: 'Scan running',
  waiting: 'Scan waiting',
  paused: 'Scan paused',
  completed: 'Scan complete',
  cancelled: 'Scan cancelled',
};

/** The progress panel; it fetches itself again while there is something to watch. */
export function IntegrationProgress(props: IntegrationProgressProps) {
  const { shell, integration, activity, pendingConversations, failedConversations } = props;
  const { scan } = integration;
  const path = integrationHref(integration.integrationId);
  const moving =
    integration.state === 'connecting' ||
    integration.state === 'scanning' ||
    pendingConversations > 0 ||
    scan?.state === 'running' ||
    scan?.state === 'waiting';
  return (
    <section class="card" id="integration-progress" aria-labelledby="progress-heading">
      <div class="card-head inner">
        <h2 id="progress-heading">{scan ? `${STATE_TEXT[scan.state]}` : 'Status'}</h2>
        {moving && (
          <p
            class="live"
            id="progress-live"
            hx-get={`${path}/progress`}
            hx-trigger="every 2s"
            hx-target="#integration-progress"
            hx-swap="outerMorph"
          >
            <span class="live-dot" aria-hidden="true" />
            Updating
          </p>
        )}
      </div>
      {integration.state !== 'scanning' && <p class="activity">{activity}</p>}
      {scan && <Scan scan={scan} now={shell.now} />}
      {pendingConversations > 0 && (
        <p class="sub">
          {plural(pendingConversations, 'changed conversation')} waiting for a quiet moment before being read again.
        </p>
      )}
      {failedConversations > 0 && (
        <div class="notice tone-red">
          <Icon name="alert" />
          <span>
            {plural(failedConversations, 'conversation')} could not be processed.{' '}
            <a href={withQuery(LOG_PATH, { range: '30d', status: 'failed' })}>See why in the log</a>
          </span>
          <PostButton action={`${path}/retry-failed`} csrfToken={shell.csrfToken}>
            Retry failed
          </PostButton>
        </div>
      )}
    </section>
  );
}

function Scan({ scan, now }: { scan: ScanProgress; now: Date }) {
  const done = scan.classified + scan.unchanged + scan.failed;
  const finished = scan.state === 'completed';
  const share = finished ? 1 : scan.total ? Math.min(1, done / scan.total) : null;
  const remaining = scan.state === 'running' ? timeLeft(scan, done, now) : null;
  return (
    <>
      <div class="progress-line">
        <progress
          aria-label="Scan progress"
          max={1}
          value={share ?? undefined}
          class={scan.state === 'waiting' || scan.state === 'paused' ? 'held' : undefined}
        />
        <span class="progress-text">
          {share === null ? 'counting…' : formatPercent(share)}
          {remaining !== null && <span class="sub"> {formatRemaining(remaining)} left</span>}
        </span>
      </div>
      <dl class="numbers compact">
        {(['imported', 'classified', 'unchanged', 'failed'] as const).map((name) => (
          <div key={name}>
            <dt>{`${name[0]?.toUpperCase()}${name.slice(1)}`}</dt>
            <dd class={name === 'failed' && scan.failed > 0 ? 'bad' : undefined}>{formatCount(scan[name])}</dd>
          </div>
        ))}
        <div>
          <dt>Total</dt>
          <dd>{scan.total === null ? '–' : formatCount(scan.total)}</dd>
        </div>
      </dl>
      {scan.state === 'waiting' && <Waiting code={scan.waitingFor} />}
    </>
  );
}

function Waiting({ code }: { code: string | null }) {
  const known = syncErrorCodeSchema.safeParse(code);
  const text = known.success
    ? SYNC_ERROR_TEXT[known.data]
    : { message: 'The scan waits.', remedy: 'It continues by itself.' };
  return (
    <p class="notice tone-amber" role="status">
      <Icon name="clock" />
      <span>
        <strong>{text.message}</strong> {text.remedy}
      </span>
    </p>
  );
}

/** Milliseconds left at the pace so far; null before there is a pace. */
function timeLeft(scan: ScanProgress, done: number, now: Date): number | null {
  const elapsed = now.getTime() - scan.startedAtMs;
  if (!scan.total || done < 10 || elapsed < 3000 || done >= scan.total) return null;
  return ((scan.total - done) * elapsed) / done;
}
