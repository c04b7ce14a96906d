import { CATEGORY_TEXT } from '../../../domain/category.ts';
import { type Drift, driftText } from '../../../domain/drift.ts';
import type { ClassifierIdentity } from '../../../domain/insight.ts';
import type { Quality } from '../../../domain/quality.ts';
import type { OrganizationModelEntry } from '../../../domain/retraining.ts';
import { hasRole } from '../../../domain/roles.ts';
import type { Estimate } from '../../../domain/wilson.ts';
import { PageHead } from '../../components/content.tsx';
import { EstimateText } from '../../components/estimate.tsx';
import { Fact } from '../../components/fact.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/layout.tsx';
import { ListCard } from '../../components/list-card.tsx';
import { QualityVersions, QualityWeeks, type WeekShares } from '../../components/quality-tables.tsx';
import { RetrainCard } from '../../components/retrain-card.tsx';
import { TableHead } from '../../components/table.tsx';
import { formatPercent } from '../../format.ts';
import { REVIEW_PATH } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /insights/quality. */
export interface QualityPageProps {
  shell: Shell;
  weeks: number;
  /** Issues of the random samples that people were asked about. */
  sampled: number;
  overall: Quality;
  byVersion: readonly (Quality & { classifier: ClassifierIdentity; taxonomyVersion: number })[];
  byWeek: readonly (Quality & { week: string })[];
  shares: readonly WeekShares[];
  drifts: readonly Drift[];
  sameIssue: Estimate | null;
  grouping: { days: number; splits: number; moves: number; merges: number; keptApart: number; suggested: number };
  cases: { total: number; corrected: number };
  models: readonly OrganizationModelEntry[];
}

/** How good the classifier and the patterns are for this organization, by what people said. */
export function QualityPage(props: QualityPageProps) {
  const { shell, weeks, overall, drifts } = props;
  const reviews = hasRole(shell.member.role, 'manager');
  return (
    <Page shell={shell} title="Quality">
      <PageHead
        title="Quality"
        lead={`How good the classifier is for you, by what people said in the random samples of the last ${weeks} weeks.`}
        actions={
          reviews && (
            <a class="button primary" href={REVIEW_PATH}>
              Review
            </a>
          )
        }
      />
      {drifts.map((drift) => (
        <p key={drift.share} class="notice tone-amber">
          <Icon name="alert" />
          <span>
            {driftText(drift)} Either customers write about other things, or they are read otherwise than before.
          </span>
        </p>
      ))}
      <dl class="numbers">
        <div>
          <dt>Right category</dt>
          <dd>{overall.right ? formatPercent(overall.right.share) : '–'}</dd>
        </div>
        <div>
          <dt>Left to people</dt>
          <dd>{overall.leftOut ? formatPercent(overall.leftOut.share) : '–'}</dd>
        </div>
        <div>
          <dt>Judged in the sample</dt>
          <dd>{overall.judged}</dd>
        </div>
      </dl>
      <Categories {...props} />
      <Grouping {...props} />
      <QualityVersions rows={props.byVersion} />
      <QualityWeeks rows={props.byWeek} shares={props.shares} drifts={drifts} />
      {reviews && <RetrainCard shell={shell} cases={props.cases} models={props.models} />}
    </Page>
  );
}

function Categories({ overall, sampled }: QualityPageProps) {
  return (
    <ListCard
      id="categories"
      title="By category"
      about={
        <>
          In brackets: where the true share lies, 19 times in 20 (Wilson's interval), and what it rests on. Only the
          random sample counts: {overall.judged} of {sampled} that people were asked about were judged, the others
          skipped. Who sees the classifier's answer agrees with it a little too often.
        </>
      }
    >
      <table class="stack">
        <TableHead columns={['Category', 'Right when it is given', 'Found of what there is']} />
        <tbody>
          {overall.byCategory.map(({ category, precision, recall }) => (
            <tr key={category}>
              <th scope="row" class="lead-cell">
                {CATEGORY_TEXT[category].many}
              </th>
              <td data-label="Right when given (precision)">
                <EstimateText value={precision} />
              </td>
              <td data-label="Found (recall)">
                <EstimateText value={recall} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListCard>
  );
}

function Grouping({ sameIssue, grouping }: QualityPageProps) {
  const { days, splits, moves, merges, keptApart, suggested } = grouping;
  return (
    <section class="card" aria-labelledby="grouping-heading">
      <h2 id="grouping-heading">Patterns</h2>
      <dl class="facts wide-terms">
        <Fact name="Same issue">
          <EstimateText value={sameIssue} /> of random pairs that share a pattern. What is missing is grouped too much.{' '}
          <a class="in-text" href={`${REVIEW_PATH}?queue=pairs`}>
            Answer pairs
          </a>
        </Fact>
        <Fact name="Grouped too much">
          {splits} splits and {moves} moves by people in {days} days
        </Fact>
        <Fact name="Grouped too little">
          {merges} merges by people in {days} days; {suggested} suggested pairs wait, {keptApart} were declined
        </Fact>
      </dl>
    </section>
  );
}
