import { formatCount, formatPercent } from '../format.ts';
import { logHref } from '../links.ts';
import type { LogRowsProps } from '../props.ts';

/** The filter's rows in four numbers. */
export function LogTiles({ filter, summary }: Pick<LogRowsProps, 'filter' | 'summary'>) {
  const settled = summary.succeeded + summary.failed;
  return (
    <div class="tiles">
      <div class="tile">
        <span class="tile-label">Events</span>
        <span class="tile-count">
          {formatCount(summary.events)}{' '}
          {summary.pending > 0 && <span class="sub">{formatCount(summary.pending)} pending</span>}
        </span>
      </div>
      <div class="tile">
        <span class="tile-label">Success rate</span>
        <span class="tile-count">{settled > 0 ? formatPercent(summary.succeeded / settled) : '–'}</span>
      </div>
      <a class="tile" href={logHref({ ...filter, status: 'failed', before: null })}>
        <span class="tile-label">Failed</span>
        <span class={summary.failed > 0 ? 'tile-count bad' : 'tile-count'}>
          {formatCount(summary.failed)} <span class="sub">{summary.failed > 0 ? 'to decide on' : 'nothing to do'}</span>
        </span>
      </a>
      <div class="tile">
        <span class="tile-label">Conversations synced</span>
        <span class="tile-count">{formatCount(summary.conversationsSynced)}</span>
      </div>
    </div>
  );
}
