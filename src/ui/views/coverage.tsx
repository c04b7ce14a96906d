import type { CoverageFigures } from '../../domain/coverage.ts';
import type { Integration } from '../../domain/integration.ts';
import { StateBadge } from '../components/badges.tsx';
import { BarChart, type Series } from '../components/chart.tsx';
import { EmptyState, PageHead } from '../components/content.tsx';
import { CoverageFacts, CoverageMailboxes } from '../components/coverage-facts.tsx';
import { Page } from '../components/layout.tsx';
import { formatCount, formatDay, formatPercent, formatWait, plural } from '../format.ts';
import { HEALTH_PATH, INTEGRATIONS_PATH } from '../links.ts';
import type { Shell } from '../props.ts';

/** One day of the organization. */
export interface CoverageDay extends Omit<CoverageFigures, 'hours'> {
  /** `YYYY-MM-DD`. */
  day: string;
  /** The share of what webhooks should have told that they did not; null where there was nothing to tell. */
  gapRate: number | null;
}

export interface CoverageMailbox {
  mailboxId: number;
  name: string;
  /** Help Scout's time of the newest change that was read. */
  newestChangeAt: Date | null;
  /** When it last was part of a comparison. */
  comparedAt: Date | null;
  /** Since when Help Scout does not show it; null: it does. */
  hiddenSince: Date | null;
}

export interface CoverageIntegration extends Pick<Integration, 'integrationId' | 'state'> {
  name: string;
  /** Newest first. */
  days: readonly CoverageDay[];
  mailboxes: readonly CoverageMailbox[];
  comparison: { everyMinutes: number; lastAt: Date | null; nextAt: Date | null };
  webhook: {
    active: boolean;
    problem: 'missing' | 'disabled' | 'changed' | 'unheard' | null;
    problemSince: Date | null;
    repairedAt: Date | null;
    checkedAt: Date | null;
    /** When the last delivery came. */
    lastAt: Date | null;
  };
}

/** GET /tools/integrations/coverage. */
export interface CoveragePageProps {
  shell: Shell;
  integrations: readonly CoverageIntegration[];
}

const SERIES: readonly Series[] = [
  { key: 'told', name: 'told by webhooks', tone: 'success' },
  { key: 'missed', name: 'found by comparing', tone: 'failed' },
  { key: 'silent', name: 'nothing to read', tone: 'question' },
];

/** A day in words: `All 412 conversations changed on 21 Nov were seen; webhooks told of 409.` */
export function daySentence({ day, modified, told, missed, silent, unread }: CoverageDay): string {
  const on = formatDay(day);
  if (modified === 0) return `No conversation changed on ${on}.`;
  const all =
    modified === 1
      ? `The conversation that changed on ${on} was`
      : `All ${formatCount(modified)} conversations that changed on ${on} were`;
  const seen =
    unread === 0
      ? `${all} seen`
      : `${formatCount(modified - unread)} of ${plural(modified, 'conversation')} that changed on ${on} were read; ${formatCount(unread)} could not be read yet`;
  const parts = [
    `webhooks told of ${formatCount(told)}`,
    ...(missed > 0 ? [`comparing found ${formatCount(missed)}`] : []),
    ...(silent > 0 ? [`${formatCount(silent)} had nothing new to read`] : []),
  ];
  return `${seen}; ${parts.join(', ')}.`;
}

export function CoveragePage({ shell, integrations }: CoveragePageProps) {
  return (
    <Page shell={shell} title="Coverage">
      <PageHead
        title="Coverage"
        lead="Whether every conversation that changed at Help Scout was seen here, and how: told by webhooks, or found by comparing."
        back={{ href: HEALTH_PATH, text: 'Health' }}
      />
      {integrations.length === 0 && (
        <EmptyState icon="inbox" title="Help Scout is not connected">
          <p>
            Once it is (under <a href={INTEGRATIONS_PATH}>Settings › Integrations</a>), this page proves day by day that
            nothing was missed.
          </p>
        </EmptyState>
      )}
      {integrations.map((integration) => (
        <div key={integration.integrationId}>
          {integrations.length > 1 && (
            <h2>
              {integration.name} <StateBadge state={integration.state} />
            </h2>
          )}
          <div class="halves">
            <CoverageFacts integration={integration} shell={shell} />
            <CoverageMailboxes integration={integration} shell={shell} />
          </div>
          <Days integration={integration} />
        </div>
      ))}
    </Page>
  );
}

function Days({ integration: { integrationId, days } }: { integration: CoverageIntegration }) {
  const [latest] = days.filter(({ modified }) => modified > 0);
  return (
    <section class="card flush" aria-labelledby={`days-${integrationId}`}>
      <div class="card-head">
        <h2 id={`days-${integrationId}`}>By day</h2>
        <span class="sub">The last 30 days, in the organization’s time zone</span>
      </div>
      {!latest ? (
        <p class="card-text">No change was seen yet. Days are counted from the first comparison on.</p>
      ) : (
        <>
          <p class="card-text">{daySentence(latest)}</p>
          <BarChart
            label="Conversations that changed"
            series={SERIES}
            bars={[...days]
              .reverse()
              .map(({ day, told, missed, silent }) => ({ day, values: { told, missed, silent } }))}
          />
          <table class="stack">
            <caption class="visually-hidden">How conversations that changed were seen, by day</caption>
            <thead>
              <tr>
                <th scope="col">Day</th>
                {['Changed', 'By webhook', 'By comparing', 'Gap', 'Not read yet', 'Worst delay'].map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day}>
                  <th scope="row" class="lead-cell">
                    {formatDay(one.day)}
                  </th>
                  {numbersOf(one).map(([name, value]) => (
                    <td key={name} class="number" data-label={name}>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p class="card-text sub">
            A conversation counts once a day. Tags, assignees and closing change it without bringing anything to read:
            webhooks are not asked for those, and the gap leaves them out. The worst delay is from Help Scout’s time of
            the change until it was read here.
          </p>
        </>
      )}
    </section>
  );
}

const numbersOf = ({ modified, told, missed, gapRate, unread, worstDelayMs }: CoverageDay) =>
  [
    ['Changed', formatCount(modified)],
    ['By webhook', formatCount(told)],
    ['By comparing', formatCount(missed)],
    ['Gap', gapRate === null ? '–' : formatPercent(gapRate)],
    ['Not read yet', formatCount(unread)],
    ['Worst delay', worstDelayMs === null ? '–' : formatWait(worstDelayMs)],
  ] as const;
