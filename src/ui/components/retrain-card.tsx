import { FEWEST_CASES, FOLDS, type OrganizationModelEntry } from '../../domain/retraining.ts';
import { hasRole } from '../../domain/roles.ts';
import { formatDecimal, plural } from '../format.ts';
import { QUALITY_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import { type Look, LookBadge } from './badge.tsx';
import { Time } from './content.tsx';
import { PostButton } from './form.tsx';

interface RetrainCardProps {
  shell: Shell;
  cases: { total: number; corrected: number };
  /** Newest first. */
  models: readonly OrganizationModelEntry[];
}

const STATE: Record<OrganizationModelEntry['state'], Look> = {
  training: { text: 'Training', tone: 'blue' },
  published: { text: 'Published', tone: 'green' },
  rejected: { text: 'Not published: worse than before', tone: 'amber' },
  failed: { text: 'Failed', tone: 'red' },
  undone: { text: 'Taken back', tone: 'neutral' },
};

/** People's judgements as cases, and the offline models that were trained from them. */
export function RetrainCard({ shell, cases, models }: RetrainCardProps) {
  const manages = hasRole(shell.member.role, 'administrator');
  const inForce = models.find(({ state }) => state === 'published');
  const enough = cases.total >= FEWEST_CASES;
  return (
    <section class="card" aria-labelledby="retrain-heading">
      <h2 id="retrain-heading">Corrections and your own model</h2>
      <p>
        People judged{' '}
        <a class="in-text" href={`${QUALITY_PATH}/cases`}>
          {plural(cases.total, 'conversation')}
        </a>
        , {cases.corrected} of them otherwise than the classifier. A changed classifier has to get them right.
      </p>
      {manages && (
        <>
          <p class="sub">
            Retraining adds what these judgements teach to the offline model, for you alone. Both models are measured on
            cases that they were not trained on ({FOLDS} parts in turn); the new one is used only when it is not worse.
            {!enough && ` It takes ${FEWEST_CASES} judged conversations.`}
          </p>
          {enough && (
            <PostButton action={`${QUALITY_PATH}/retrain`} csrfToken={shell.csrfToken}>
              Retrain for us
            </PostButton>
          )}
        </>
      )}
      {models.length > 0 && (
        <ul class="version-list">
          {models.map(({ version, state, madeAt, madeBy, report }) => (
            <li key={version}>
              <strong>Model {version}</strong> <LookBadge look={STATE[state]} />
              <span class="sub block">
                <Time at={madeAt} clock={shell} /> by {madeBy}
              </span>
              {report && (
                <span class="block">
                  {report.before.right} of {report.cases} right before, {report.after.right} after; mean F1 of
                  categories {formatDecimal(report.before.macroF1 * 100)} % before,{' '}
                  {formatDecimal(report.after.macroF1 * 100)} % after
                </span>
              )}
              {manages && version === inForce?.version && (
                <PostButton
                  action={`${QUALITY_PATH}/retrain/undo`}
                  csrfToken={shell.csrfToken}
                  kind="quiet"
                  fields={{ version: String(version) }}
                  confirm="Use the model that was there before? What was classified stays as it is."
                >
                  Take back
                </PostButton>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
