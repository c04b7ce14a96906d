import { isOver, type RetryItem, type RetryRun } from '../../../domain/retry-run.ts';
import { hasRole } from '../../../domain/roles.ts';
import { ExternalLink, PageHead, Time } from '../../components/content.tsx';
import { PostButton } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { Live } from '../../components/live.tsx';
import { PageLinks } from '../../components/pager.tsx';
import { RetryRunBadge } from '../../components/retry-run-badge.tsx';
import { formatCount, plural } from '../../format.ts';
import { FAILURES_PATH, retryRunHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';
import { causeText } from './failures.tsx';
import { Items } from './retry-run-items.tsx';
import { Story } from './retry-run-story.tsx';

/** Fragment GET /tools/integrations/failures/runs/:retryRunId/progress: everything below the title. */
export interface RetryRunProgressProps {
  shell: Shell;
  run: RetryRun;
  counts: Record<NonNullable<RetryItem['outcome']> | 'waiting', number>;
  items: readonly RetryItem[];
  /** Of `items`: the number of the first, and whether only failed ones are shown. */
  from: number;
  show: 'all' | 'failed';
  /** Where the next rows begin; null at the end. */
  next: number | null;
  /** The first row that was tried and failed, while the run waits because of it. */
  canary: RetryItem | null;
  temporalUrl: string | null;
}
export type RetryRunPageProps = RetryRunProgressProps;

export function RetryRunPage(props: RetryRunPageProps) {
  const { run, shell } = props;
  return (
    <Page shell={shell} title="Retry of several rows">
      <PageHead
        title={`Retry of ${plural(run.total, 'row')}`}
        lead={
          <span class="dots">
            <span>{run.selection.rows ? 'Chosen one by one' : causeText(run.selection)}</span>
            <span>at most {run.perMinute} a minute</span>
            <span>
              started by {run.by} <Time at={run.createdAt} clock={shell} />
            </span>
          </span>
        }
        back={{ href: FAILURES_PATH, text: 'Failed syncs' }}
        actions={props.temporalUrl && <ExternalLink href={props.temporalUrl}>Temporal Web</ExternalLink>}
      />
      <RetryRunProgress {...props} />
    </Page>
  );
}

/** It fetches itself again until the run has ended. */
export function RetryRunProgress(props: RetryRunProgressProps) {
  const { run, items, from, show, next } = props;
  const here = retryRunHref(run.retryRunId);
  const query = { from: from || null, show: show === 'all' ? null : show };
  return (
    <div id="retry-run">
      <section class="card" aria-labelledby="run-heading">
        <div class="card-head inner">
          <h2 id="run-heading">
            <RetryRunBadge state={run.state} />
          </h2>
          {!isOver(run.state) && (
            <Live id="run-live" href={withQuery(`${here}/progress`, query)} every="2s" target="retry-run">
              Updating
            </Live>
          )}
        </div>
        <Story {...props} />
        <Decision {...props} />
      </section>
      <section class="card flush" aria-labelledby="items-heading">
        <div class="card-head">
          <h2 id="items-heading">Row by row</h2>
          <span class="dots">
            <a href={here} aria-current={show === 'all' ? 'true' : undefined}>
              All
            </a>
            <a href={withQuery(here, { show: 'failed' })} aria-current={show === 'failed' ? 'true' : undefined}>
              Failed again
            </a>
          </span>
        </div>
        {items.length === 0 ? <p class="no-items sub">No row to show.</p> : <Items items={items} run={run} />}
      </section>
      <PageLinks
        links={[
          from > 0 ? { href: withQuery(here, { ...query, from: null }), text: 'First' } : null,
          next === null ? null : { href: withQuery(here, { ...query, from: next }), text: 'Next' },
        ]}
      />
    </div>
  );
}

/** What people may do about the run now. */
function Decision({ run, counts, shell }: RetryRunProgressProps) {
  if (isOver(run.state)) {
    if (counts.failed + counts.notTried === 0) return null;
    const { code, type } = run.selection;
    return (
      <p class="decision">
        <a class="button secondary" href={withQuery(`${FAILURES_PATH}/rows`, { code, type })}>
          See what still waits
        </a>
      </p>
    );
  }
  if (!hasRole(shell.member.role, 'administrator')) {
    return <p class="sub decision">An administrator of your organization decides about this retry.</p>;
  }
  const here = retryRunHref(run.retryRunId);
  const go = goText(run, counts.waiting);
  return (
    <div class="button-row decision">
      {go && (
        <PostButton action={`${here}/approve`} csrfToken={shell.csrfToken} kind="primary">
          {go}
        </PostButton>
      )}
      <PostButton
        action={`${here}/cancel`}
        csrfToken={shell.csrfToken}
        kind={run.state === 'canaryFailed' ? 'secondary' : 'danger'}
        confirm={run.state === 'running' ? 'Stop here? Rows that were not tried stay as they are.' : undefined}
      >
        Stop
      </PostButton>
    </div>
  );
}

function goText({ state, canary, total }: RetryRun, waiting: number): string | null {
  if (state === 'canaryFailed') return `Go on anyway with ${plural(waiting, 'row')}`;
  if (state !== 'preview' && state !== 'review') return null;
  const what = canary && total > 1 ? 'Try one now' : total === 1 ? 'Retry it now' : `Retry all ${formatCount(total)}`;
  return state === 'review' ? what : `${what}, without waiting for the rest`;
}
