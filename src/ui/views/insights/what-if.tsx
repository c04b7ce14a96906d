import type { Category } from '../../../domain/category.ts';
import { isUnderWay, type WhatIf, type WhatIfChange, type WhatIfItem } from '../../../domain/what-if.ts';
import { ExternalLink, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { Live } from '../../components/live.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { WhatIfBadge } from '../../components/what-if-badge.tsx';
import { WhatIfDecisions, whatIfSentence } from '../../components/what-if-decisions.tsx';
import { WhatIfDifference } from '../../components/what-if-difference.tsx';
import { formatCount, formatUsd } from '../../format.ts';
import { WHAT_IF_PATH, whatIfHref, withQuery } from '../../links.ts';
import type { Shell } from '../../props.ts';

export interface WhatIfFilter {
  change: WhatIfChange | null;
  was: Category | null;
  is: Category | null;
}

/** GET /insights/what-if/:whatIfId, and the fragment /progress: everything below the title. Query: the filter, `after`. */
export interface WhatIfPageProps {
  shell: Shell;
  whatIf: WhatIf;
  summary: { differing: number; asked: number; costUsd: number; changes: Record<WhatIfChange, number> };
  items: readonly WhatIfItem[];
  filter: WhatIfFilter;
  isFirst: boolean;
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** Titles of patterns by their ids; one that would be new has none. */
  titles: ReadonlyMap<string, string>;
  mayUndo: boolean;
  /** Whether something else was published since: it can only be run again. */
  isStale: boolean;
  temporalUrl: string | null;
}

export function WhatIfPage(props: WhatIfPageProps) {
  const { shell, whatIf, temporalUrl } = props;
  return (
    <Page shell={shell} title="What if">
      <PageHead
        title={whatIf.changes.length === 0 ? 'What if nothing changed' : 'What if'}
        lead={
          <span class="dots">
            <span>{whatIf.changes.join(', ') || 'the same taxonomy and settings'}</span>
            <span>conversations of the last {whatIf.days} days</span>
            <span>
              by {whatIf.by} <Time at={whatIf.createdAt} clock={shell} />
            </span>
          </span>
        }
        back={{ href: WHAT_IF_PATH, text: 'What if' }}
        actions={temporalUrl && <ExternalLink href={temporalUrl}>Temporal Web</ExternalLink>}
      />
      <WhatIfProgress {...props} />
    </Page>
  );
}

/** It fetches itself again for as long as something goes on. */
export function WhatIfProgress(props: WhatIfPageProps) {
  const { whatIf, summary, filter } = props;
  const here = whatIfHref(whatIf.whatIfId);
  const share = whatIf.total === 0 ? 1 : Math.min(1, whatIf.done / whatIf.total);
  return (
    <div id="what-if">
      <section class="card" aria-labelledby="state-heading">
        <div class="card-head inner">
          <h2 id="state-heading">
            <WhatIfBadge state={whatIf.state} />
          </h2>
          {isUnderWay(whatIf.state) && (
            <Live id="what-if-live" href={withQuery(`${here}/progress`, { ...filter })} every="2s" target="what-if">
              Updating
            </Live>
          )}
        </div>
        <p class="activity" role="status">
          {whatIfSentence(props)}
        </p>
        {(whatIf.state === 'running' || whatIf.state === 'waiting') && (
          <ProgressLine label="Conversations looked at" share={share} />
        )}
        {whatIf.problem && <p class="notice tone-red">{whatIf.problem}</p>}
        <dl class="numbers compact">
          <div>
            <dt>Looked at</dt>
            <dd>{formatCount(whatIf.done)}</dd>
          </div>
          <div>
            <dt>Otherwise</dt>
            <dd>{formatCount(summary.differing)}</dd>
          </div>
          <div>
            <dt>Asked anew</dt>
            <dd>{formatCount(summary.asked)}</dd>
          </div>
          <div>
            <dt>Cost</dt>
            <dd>{formatUsd(summary.costUsd)}</dd>
          </div>
        </dl>
        <WhatIfDecisions {...props} />
      </section>
      {whatIf.state !== 'discarded' && <WhatIfDifference {...props} />}
    </div>
  );
}
