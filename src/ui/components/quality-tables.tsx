import { CATEGORIES, CATEGORY_TEXT } from '../../domain/category.ts';
import { DRIFT_SHARES, type Drift, type WeekCounts } from '../../domain/drift.ts';
import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { Quality } from '../../domain/quality.ts';
import { formatCount, formatDay, formatPercent } from '../format.ts';
import { EstimateText } from './estimate.tsx';

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
    <section class="card flush" aria-labelledby="versions-heading">
      <div class="card-head">
        <h2 id="versions-heading">By classifier and taxonomy</h2>
      </div>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Classifier</th>
            <th scope="col">Taxonomy</th>
            <th scope="col">Right category</th>
            <th scope="col">Left to people</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ classifier, taxonomyVersion, right, leftOut }) => (
            <tr key={`${classifier.model} ${taxonomyVersion}`}>
              <th scope="row" class="lead-cell">
                {classifier.kind === 'claude' ? 'Claude' : 'Offline model'} <span class="sub">{classifier.model}</span>
              </th>
              <td data-label="Taxonomy">Version {taxonomyVersion}</td>
              <td data-label="Right category">
                <EstimateText value={right} />
              </td>
              <td data-label="Left to people">
                <EstimateText value={leftOut} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
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
    <section class="card flush" aria-labelledby="weeks-heading">
      <div class="card-head">
        <h2 id="weeks-heading">Week by week</h2>
        <p class="sub">
          An alarm rises when a share of the last seven days is beyond three standard deviations, widened by how much
          the weeks before moved (Laney's p′ chart). It needs six weeks with twenty conversations each.
        </p>
      </div>
      {rows.length > 0 && (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">Sample of</th>
              <th scope="col">Right category</th>
              <th scope="col">Left to people</th>
            </tr>
          </thead>
          <tbody>
            {[...rows].reverse().map(({ week, right, leftOut }) => (
              <tr key={week}>
                <th scope="row" class="lead-cell">
                  {formatDay(week)}
                </th>
                <td data-label="Right category">
                  <EstimateText value={right} />
                </td>
                <td data-label="Left to people">
                  <EstimateText value={leftOut} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {seen.length > 0 ? (
        <section class="table-scroll" tabindex={0} aria-label="Shares of categories by week">
          <table>
            <thead>
              <tr>
                <th scope="col">Seven days to</th>
                <th scope="col" class="number">
                  Conversations
                </th>
                {DRIFT_SHARES.map((name) => (
                  <th key={name} scope="col" class="number">
                    {SHARE_TEXT[name] ?? 'No category'}
                  </th>
                ))}
              </tr>
            </thead>
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
    </section>
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
