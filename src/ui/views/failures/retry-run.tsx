import { isOver, type RetryItem, type RetryPreview, type RetryRun } from '../../../domain/retry-run.ts';
import { hasRole } from '../../../domain/roles.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES } from '../../../domain/sync-event.ts';
import { ExternalLink, PageHead, Time } from '../../components/content.tsx';
import { PostButton } from '../../components/form.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/layout.tsx';
import { RETRY_OUTCOME_TEXT, RetryOutcomeBadge, RetryRunBadge } from '../../components/retry-run-badge.tsx';
import { formatCount, formatPercent, plural } from '../../format.ts';
import { FAILURES_PATH, logEventHref, retryRunHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';
import { causeText } from './failures.tsx';

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
            <p
              class="live"
              id="run-live"
              hx-get={withQuery(`${here}/progress`, query)}
              hx-trigger="every 2s"
              hx-target="#retry-run"
              hx-swap="outerMorph"
            >
              <span class="live-dot" aria-hidden="true" />
              Updating
            </p>
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
      {(from > 0 || next !== null) && (
        <nav class="pager" aria-label="Pages">
          {from > 0 && (
            <a class="button secondary" href={withQuery(here, { ...query, from: null })}>
              First
            </a>
          )}
          {next !== null && (
            <a class="button secondary" href={withQuery(here, { ...query, from: next })}>
              Next
            </a>
          )}
        </nav>
      )}
    </div>
  );
}

/** What the run does now, in one line, and how far it is. */
function Story({ run, counts, canary }: RetryRunProgressProps) {
  const done = run.total - counts.waiting;
  const looking = run.state === 'preview';
  const share = looking ? run.previewed / run.total : done / run.total;
  return (
    <>
      <p class="activity" role="status">
        {sentence(run, counts)}
      </p>
      {!isOver(run.state) && (
        <div class="progress-line">
          <progress
            aria-label={looking ? 'Rows looked up' : 'Rows retried'}
            max={1}
            value={share}
            class={run.state === 'review' || run.state === 'canaryFailed' ? 'held' : undefined}
          />
          <span class="progress-text">{formatPercent(share)}</span>
        </div>
      )}
      {run.state === 'canaryFailed' && (
        <p class="notice tone-red" role="alert">
          <Icon name="alert" />
          <span>
            <strong>The one that was tried first failed again.</strong>{' '}
            {canary?.code && `${SYNC_ERROR_TEXT[canary.code].message} ${SYNC_ERROR_TEXT[canary.code].remedy}`} The
            others were not touched.
          </span>
        </p>
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

function Items({ items, run }: { items: readonly RetryItem[]; run: RetryRun }) {
  return (
    <table class="stack">
      <caption class="visually-hidden">Rows in the order in which they are tried</caption>
      <thead>
        <tr>
          <th scope="col">Row</th>
          <th scope="col">Customer</th>
          <th scope="col">What is sent</th>
          <th scope="col">Already in Help Scout?</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.index} id={`item-${item.index}`}>
            <td class="lead-cell">
              <a class="row-title" href={logEventHref(item.eventId)}>
                {SYNC_EVENT_NAMES[item.type]}
              </a>
              {item.conversationId !== null && <span class="sub block">Conversation {item.conversationId}</span>}
            </td>
            <td data-label="Customer">{item.customerEmail ?? <span class="sub">–</span>}</td>
            <td class="details-cell">
              {item.preview ? <WhatIsSent preview={item.preview} /> : <span class="sub">{unseen(run)}</span>}
            </td>
            <td data-label="In Help Scout">
              {item.preview ? <Twin preview={item.preview} /> : <span class="sub">–</span>}
            </td>
            <td data-label="Result">
              <Result item={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const unseen = ({ state }: RetryRun) => (state === 'preview' ? 'is looked up …' : 'not looked up');

function WhatIsSent({ preview: { action, subject, safety, orphaned } }: { preview: RetryPreview }) {
  return (
    <>
      <span class="block">{`${action[0]?.toUpperCase()}${action.slice(1)}`}</span>
      {subject && <span class="block clamp">“{subject}”</span>}
      <span class="sub block">Safe to repeat: {safety}</span>
      {orphaned && <span class="sub block">Its workflow has ended: it is started anew.</span>}
    </>
  );
}

function Twin({ preview: { twin, twinId, problem } }: { preview: RetryPreview }) {
  switch (twin) {
    case 'cannotBe':
      return <span class="sub">It cannot be: nothing was sent</span>;
    case 'none':
      return <span>No</span>;
    case 'found':
      return <span>Yes: {twinId}. It is used, not made again</span>;
    case 'unknown':
      return <span class="bad">Not known: {problem ? SYNC_ERROR_TEXT[problem].message : 'the look-up failed'}</span>;
  }
}

function Result({ item: { outcome, code } }: { item: RetryItem }) {
  if (!outcome) return <span class="sub">Not yet</span>;
  return (
    <span class="stacked">
      <RetryOutcomeBadge outcome={outcome} />
      <span class="sub">{code ? SYNC_ERROR_TEXT[code].message : RETRY_OUTCOME_TEXT[outcome].sentence}</span>
    </span>
  );
}
