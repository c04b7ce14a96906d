import type { ScanProgress } from '../../domain/integration.ts';
import { scanDone, type TimeLeft } from '../../domain/scan-pace.ts';
import { PostButton } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { ProgressLine } from '../components/progress-line.tsx';
import { formatCount, formatRemaining, plural } from '../format.ts';
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
  const { shell, integration, activity, waits, timeLeft, pendingConversations, failedConversations } = props;
  const { scan } = integration;
  const path = integrationHref(integration.integrationId);
  const moving =
    integration.state === 'connecting' ||
    integration.state === 'scanning' ||
    pendingConversations > 0 ||
    scan?.state === 'running' ||
    scan?.state === 'waiting';
  // Paused, and the page under way is still read to its end.
  const pausing = integration.state === 'paused' && scan?.state === 'running';
  const waiting = waits.length > 0 || scan?.state === 'waiting';
  return (
    <section class="card" id="integration-progress" aria-labelledby="progress-heading">
      <div class="card-head inner">
        <h2 id="progress-heading">{!scan ? 'Status' : pausing ? 'Scan pausing' : STATE_TEXT[scan.state]}</h2>
        {integration.state !== 'disconnected' && (
          <p
            class={moving ? 'live' : 'visually-hidden'}
            // Another id, so that a morph does not keep the other pace's trigger.
            id={moving ? 'progress-live' : 'progress-follow'}
            hx-get={withQuery(`${path}/progress`, { shown: integration.state })}
            hx-trigger={moving ? 'every 2s' : 'every 15s'}
            hx-target="#integration-progress"
            hx-swap="outerMorph"
          >
            <span class="live-dot" aria-hidden="true" />
            {moving ? 'Updating' : 'Looked at every 15 seconds'}
          </p>
        )}
      </div>
      <p class={waiting ? 'notice tone-amber' : 'activity'} id="integration-line" role="status">
        {waiting && <Icon name="clock" />}
        <span>{activity}</span>
      </p>
      {scan && <Scan scan={scan} timeLeft={pausing ? null : timeLeft} />}
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

function Scan({ scan, timeLeft }: { scan: ScanProgress; timeLeft: TimeLeft | null }) {
  const done = scanDone(scan);
  const finished = scan.state === 'completed';
  const share = finished ? 1 : scan.total ? Math.min(1, done / scan.total) : null;
  return (
    <>
      <ProgressLine label="Scan progress" share={share} held={scan.state === 'waiting' || scan.state === 'paused'}>
        {timeLeft && (
          <span class="sub" id="scan-time-left">
            {' '}
            {timeLeftText(timeLeft)}
          </span>
        )}
      </ProgressLine>
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
    </>
  );
}

const UNKNOWN_TEXT = {
  counting: 'time left not known before Help Scout has counted',
  tooEarly: 'time left not known before a few pages',
  waiting: 'time left not known while it waits',
  batches: 'answers of message batches come within a day',
} as const;

const timeLeftText = (left: TimeLeft) =>
  'leftMs' in left ? `${formatRemaining(left.leftMs)} left` : UNKNOWN_TEXT[left.unknown];
