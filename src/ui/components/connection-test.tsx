import { type DiagnosisCheck, type DiagnosisStep, diagnosisOutcome } from '../../domain/diagnosis.ts';
import { formatCount } from '../format.ts';
import { HEALTH_PATH } from '../links.ts';
import type { Shell } from '../props.ts';
import type { HealthIntegration } from '../views/health.tsx';
import { type Look, LookBadge } from './badge.tsx';
import { StateBadge } from './badges.tsx';
import { Time } from './content.tsx';
import { PostButton } from './form.tsx';
import { NumberCell, TableHead } from './table.tsx';

const CHECK_TEXT: Record<DiagnosisCheck, string> = {
  user: 'Connected user',
  mailboxes: 'Mailboxes',
  users: 'Users',
  webhook: 'Webhook',
  clock: 'Clocks',
  budget: 'Calls left',
};
const OUTCOME: Record<DiagnosisStep['outcome'], Look> = {
  ok: { text: 'Works', tone: 'green', icon: 'check' },
  warning: { text: 'Look at this', tone: 'amber', icon: 'alert' },
  failed: { text: 'Does not work', tone: 'red', icon: 'cross' },
  skipped: { text: 'Not tested', tone: 'neutral', icon: 'skip' },
};
/** States in which the integration answers. */
const TESTABLE: readonly HealthIntegration['state'][] = [
  'awaitingMailboxes',
  'scanning',
  'live',
  'paused',
  'needsReauthorization',
];

/** The last test of a connection, and the button that makes another. */
export function ConnectionTest({
  integration: { integrationId, account, state, diagnosis },
  shell,
  mayTest,
  named,
}: {
  integration: HealthIntegration;
  shell: Shell;
  mayTest: boolean;
  /** Whether to say which connection it is. */
  named: boolean;
}) {
  const heading = `test-${integrationId}`;
  return (
    <section class="card flush" aria-labelledby={heading}>
      <div class="card-head">
        <div class="stacked">
          <h2 id={heading}>{named ? `Connection to ${account?.name || 'Help Scout'}` : 'Connection'}</h2>
          <span class="sub">
            {diagnosis ? (
              <>
                Tested <Time at={new Date(diagnosis.atMs)} clock={shell} /> by {diagnosis.by}
              </>
            ) : (
              'Not tested yet'
            )}
          </span>
        </div>
        <div class="button-row">
          <StateBadge state={state} />
          {mayTest && TESTABLE.includes(state) && (
            <PostButton action={`${HEALTH_PATH}/${encodeURIComponent(integrationId)}/test`} csrfToken={shell.csrfToken}>
              Test API connection
            </PostButton>
          )}
        </div>
      </div>
      {diagnosis ? (
        <table class="stack">
          <caption class="visually-hidden">
            {`The last test: ${OUTCOME[diagnosisOutcome(diagnosis)].text.toLowerCase()}`}
          </caption>
          <TableHead columns={['Step', 'Outcome', 'Found', { number: 'Took' }]} />
          <tbody>
            {diagnosis.steps.map((step) => (
              <Step key={step.check} step={step} />
            ))}
          </tbody>
        </table>
      ) : (
        <p class="card-text">
          The test asks Help Scout for its user, mailboxes, users and our webhook, and compares clocks. It changes
          nothing there.
        </p>
      )}
    </section>
  );
}

function Step({ step: { check, outcome, result, remedy, latencyMs } }: { step: DiagnosisStep }) {
  return (
    <tr>
      <td class="step-cell">{CHECK_TEXT[check]}</td>
      <td data-label="Outcome">
        <LookBadge look={OUTCOME[outcome]} />
      </td>
      <td class="found-cell" data-label="Found">
        <span class="stacked">
          <span>{result}</span>
          {remedy && <span class="sub">{remedy}</span>}
        </span>
      </td>
      <NumberCell label="Took">{latencyMs === null ? '–' : `${formatCount(latencyMs)} ms`}</NumberCell>
    </tr>
  );
}
