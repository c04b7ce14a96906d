import type { WhatIf } from '../../../domain/what-if.ts';
import { EmptyState, PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { ListCard } from '../../components/list-card.tsx';
import { TableHead } from '../../components/table.tsx';
import { WhatIfBadge } from '../../components/what-if-badge.tsx';
import { WhatIfForm, type WhatIfFormProps } from '../../components/what-if-form.tsx';
import { formatCount } from '../../format.ts';
import { whatIfHref } from '../../links.ts';

/** GET and POST /insights/what-if. */
export interface WhatIfsPageProps extends WhatIfFormProps {
  /** Newest first. */
  runs: readonly WhatIf[];
}

/** Other ways of classifying that were tried, and a new one. */
export function WhatIfsPage(props: WhatIfsPageProps) {
  const { shell, runs } = props;
  return (
    <Page shell={shell} title="What if">
      <PageHead
        title="What if"
        lead="Try another taxonomy, other instructions or another classifier on past conversations. Nobody sees anything of it before you publish it, and publishing can be undone."
      />
      <ListCard id="runs" title="Tried so far">
        {runs.length === 0 ? (
          <EmptyState icon="spark" title="Nothing was tried yet">
            <p>Change something below, and see what would be otherwise.</p>
          </EmptyState>
        ) : (
          <table class="stack">
            <caption class="visually-hidden">What was tried, newest first</caption>
            <TableHead columns={['Tried', 'State', 'Conversations', 'Who']} />
            <tbody>
              {runs.map((run) => (
                <tr key={run.whatIfId}>
                  <td class="lead-cell">
                    <a class="row-title" href={whatIfHref(run.whatIfId)}>
                      {run.changes.join(', ') || 'No change'}
                    </a>
                  </td>
                  <td>
                    <WhatIfBadge state={run.state} />
                  </td>
                  <td data-label="Conversations">
                    {formatCount(run.done)} of {formatCount(run.total)}
                    <span class="sub block">last {run.days} days</span>
                  </td>
                  <td data-label="Who">
                    {run.by}
                    <span class="sub block">
                      <Time at={run.createdAt} clock={shell} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </ListCard>
      <h2>Try another way</h2>
      <WhatIfForm {...props} />
    </Page>
  );
}
