import { isOver, type RetryRun } from '../../../domain/retry-run.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { RETRY_OUTCOME_TEXT } from '../../components/retry-run-badge.tsx';
import { formatCount, plural } from '../../format.ts';
import type { RetryRunProgressProps } from './retry-run.tsx';

/** What the run does now, in one line, and how far it is. */
export function Story({ run, counts, canary }: RetryRunProgressProps) {
  const done = run.total - counts.waiting;
  const looking = run.state === 'preview';
  const share = looking ? run.previewed / run.total : done / run.total;
  return (
    <>
      <p class="activity" role="status">
        {sentence(run, counts)}
      </p>
      {!isOver(run.state) && (
        <ProgressLine
          label={looking ? 'Rows looked up' : 'Rows retried'}
          share={share}
          held={run.state === 'review' || run.state === 'canaryFailed'}
        />
      )}
      {run.state === 'canaryFailed' && (
        <Notice tone="red" role="alert">
          <strong>The one that was tried first failed again.</strong>{' '}
          {canary?.code && `${SYNC_ERROR_TEXT[canary.code].message} ${SYNC_ERROR_TEXT[canary.code].remedy}`} The others
          were not touched.
        </Notice>
      )}
      {done > 0 && (
        <dl class="numbers compact">
          {(['success', 'failed', 'skipped', 'settled', 'running', 'restarted', 'gone', 'notTried'] as const)
            .filter((outcome) => counts[outcome] > 0)
            .map((outcome) => (
              <div key={outcome}>
                <dt>{RETRY_OUTCOME_TEXT[outcome].text}</dt>
                <dd class={outcome === 'failed' ? 'bad' : undefined}>{formatCount(counts[outcome])}</dd>
              </div>
            ))}
          {!isOver(run.state) && (
            <div>
              <dt>To go</dt>
              <dd>{formatCount(counts.waiting)}</dd>
            </div>
          )}
        </dl>
      )}
    </>
  );
}

function sentence(run: RetryRun, counts: RetryRunProgressProps['counts']): string {
  const { total, previewed, decidedBy } = run;
  switch (run.state) {
    case 'preview':
      return `Looks up what each row would send: ${formatCount(previewed)} of ${formatCount(total)} so far. Nothing is sent yet.`;
    case 'review':
      return `This is what ${total === 1 ? 'the row' : `the ${formatCount(total)} rows`} would send. Nothing is sent before you say so.`;
    case 'canary':
      return 'Tries one row. The others follow if it works.';
    case 'canaryFailed':
      return `Waits: ${plural(counts.waiting, 'row')} not tried yet.`;
    case 'running':
      return `Retries the rows, at most ${run.perMinute} a minute.`;
    case 'finished':
      return counts.failed === 0
        ? 'Every row had its turn.'
        : `Every row had its turn; ${plural(counts.failed, 'row')} failed again.`;
    case 'cancelled':
      return decidedBy
        ? `Stopped by ${decidedBy}. Rows that were not tried are as they were.`
        : 'Stopped, since nobody decided. Rows that were not tried are as they were.';
  }
}
