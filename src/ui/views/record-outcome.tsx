import type { Outcome, Verdict } from '../../domain/issue-record.ts';
import { Time } from '../components/content.tsx';
import { formatDecimal, plural } from '../format.ts';
import type { RecordRow, Shell } from '../props.ts';

const VERDICT_TEXT: Record<Verdict, string> = {
  fixed: 'Fixed: far fewer customers write about it than before, too few for chance.',
  notFixed: 'Not fixed: customers still write about it.',
  tooFew: 'Too few reports to say whether it is fixed.',
};

/** What became of a fix, and by which rule that is said; nothing for a record that was never done. */
export function RecordOutcome({ shell, record }: { shell: Shell; record: RecordRow }) {
  const { resolution, status, reopenedAt } = record;
  if (!resolution) return null;
  const { fixedAt, checkAt, outcome, by } = resolution;
  return (
    <section class="card" aria-labelledby="outcome-heading">
      <h2 id="outcome-heading">Did the fix work?</h2>
      <p>
        Done by {by}; what customers wrote from <Time at={fixedAt} clock={shell} exact /> on was written after it.
        {reopenedAt && status !== 'done' && (
          <>
            {' '}
            It came back and was opened again <Time at={reopenedAt} clock={shell} />.
          </>
        )}
      </p>
      {outcome ? (
        <>
          <p>
            <strong>{VERDICT_TEXT[outcome.verdict]}</strong> Looked at{' '}
            <Time at={outcome.checkedAt} clock={shell} exact />.
          </p>
          <Counts outcome={outcome} />
        </>
      ) : (
        status === 'done' && (
          <p>
            On <Time at={checkAt} clock={shell} exact /> it is looked at whether reports stopped.
          </p>
        )
      )}
      <details>
        <summary>The rule</summary>
        <p class="sub">
          Reports count by when customers wrote, not by when they reached us; each customer counts once a week. It is
          fixed when the share of reports after the fix would be unlikely (below 5 %) had nothing changed: the
          conditional test of two Poisson rates (Przyborowski and Wilenski, 1940). It is not fixed when that is not so
          and two customers or more wrote after it. From the check on, it is opened again as soon as two more customers
          have written who did so after the fix, however long that takes; reports from before the fix never open it.
        </p>
      </details>
    </section>
  );
}

function Counts({ outcome: { before, after, blind } }: { outcome: Outcome }) {
  return (
    <>
      <ul>
        <li>
          Before: {plural(before.conversations, 'conversation')} in {formatDecimal(before.days)} days
        </li>
        <li>
          After: {plural(after.conversations, 'conversation')} in {formatDecimal(after.days)} days
        </li>
      </ul>
      {blind && <p class="sub">Help Scout was not connected then: that nothing came proves nothing.</p>}
    </>
  );
}
