import { CATEGORIES, CATEGORY_TEXT } from '../../domain/category.ts';
import { DRIFT_SHARES, type Drift, type WeekCounts } from '../../domain/drift.ts';
import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { Quality } from '../../domain/quality.ts';
import { formatCount, formatDay, formatPercent } from '../format.ts';
import { EstimateText } from './estimate.tsx';
import { ListCard } from './list-card.tsx';
import { TableHead } from './table.tsx';

/** What seven days' conversations were given; `ends` is the last of the days, `YYYY-MM-DD`. */
export interface WeekShares {
  ends: string;
  counts: WeekCounts;
}

/** The same measure for each way of classifying that answered. */
export function QualityVersions({
  rows,
}: {
  rows: readonly (Quality & { classifier: ClassifierIdentity; taxonomyVersion: number })[];
}) {
  if (rows.length === 0) return null;
  return (
    <ListCard id="versions" title="By classifier and taxonomy">
      <table class="stack">
        <TableHead columns={['Classifier', 'Taxonomy', 'Right category', 'Left to people']} />
        <tbody>
          {rows.map(({ classifier, taxonomyVersion, right, leftOut }) => (
            <tr key={`${classifier.model} ${taxonomyVersion}`}>
              <th scope="row" class="lead-cell">
                {classifier.kind === 'claude' ? 'Claude' : 'Offline model'} <span class="sub">{classifier.model}</span>
              </th>
              <td data-label="Taxonomy">Version {taxonomyVersion}</td>
              <MeasureCells right={right} leftOut={leftOut} />
            </tr>
          ))}
        </tbody>
      </table>
    </ListCard>
  );
}

/** How good the answers were: of those given, and how many were not. */
function MeasureCells({ right, leftOut }: Pick<Quality, 'right' | 'leftOut'>) {
  return (
    <>
      <td data-label="Right category">
        <EstimateText value={right} />
      </td>
      <td data-label="Left to people">
        <EstimateText value={leftOut} />
      </td>
    </>
  );
}

const SHARE_TEXT = Object.fromEntries(CATEGORIES.map((name) => [name, CATEGORY_TEXT[name].many]));

interface QualityWeeksProps {
  rows: readonly (Quality & { week: string })[];
  shares: readonly WeekShares[];
  drifts: readonly Drift[];
}

/** Week by week: how the sample was judged, and what the shares of categories were. */
export function QualityWeeks({ rows, shares, drifts }: QualityWeeksProps) {
  const seen = shares.filter(({ counts }) => DRIFT_SHARES.some((name) => counts[name] > 0)).reverse();
  return (
    <ListCard
      id="weeks"
      title="Week by week"
      about={
        <>
          An alarm rises when a share of the last seven days is beyond three standard deviations, widened by how much
          the weeks before moved (Laney's p′ chart). It needs six weeks with twenty conversations each.
        </>
      }
    >
      {rows.length > 0 && (
        <table class="stack">
          <TableHead columns={['Sample of', 'Right category', 'Left to people']} />
          <tbody>
            {[...rows].reverse().map(({ week, right, leftOut }) => (
              <tr key={week}>
                <th scope="row" class="lead-cell">
                  {formatDay(week)}
                </th>
                <MeasureCells right={right} leftOut={leftOut} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {seen.length > 0 ? (
        <section class="table-scroll" tabindex={0} aria-label="Shares of categories by week">
          <table>
            <TableHead
              columns={[
                'Seven days to',
                { number: 'Conversations' },
                ...DRIFT_SHARES.map((name) => ({ number: SHARE_TEXT[name] ?? 'No category' })),
              ]}
            />
            <tbody>
              {seen.map((week) => (
                <ShareRow key={week.ends} week={week} drifts={week === shares.at(-1) ? drifts : []} />
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <p class="card-text sub">Nothing was classified in these weeks.</p>
      )}
    </ListCard>
  );
}

function ShareRow({ week: { ends, counts }, drifts }: { week: WeekShares; drifts: readonly Drift[] }) {
  const total = DRIFT_SHARES.reduce((sum, name) => sum + counts[name], 0);
  return (
    <tr>
      <th scope="row">{formatDay(ends)}</th>
      <td class="number">{formatCount(total)}</td>
      {DRIFT_SHARES.map((name) => (
        <td key={name} class="number">
          {formatPercent(counts[name] / total)}
          {drifts.some(({ share }) => share === name) && <strong class="bad"> unusual</strong>}
        </td>
      ))}
    </tr>
  );
}
