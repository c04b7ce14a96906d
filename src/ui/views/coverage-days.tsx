import { BarChart } from '../components/chart.tsx';
import type { Series } from '../components/chart-parts.tsx';
import { NumberCell, TableHead } from '../components/table.tsx';
import { formatCount, formatDay, formatPercent, formatWait, plural } from '../format.ts';
import type { CoverageDay, CoverageIntegration } from './coverage.tsx';

const SERIES: readonly Series[] = [
  { key: 'told', name: 'told by webhooks', tone: 'success' },
  { key: 'missed', name: 'found by comparing', tone: 'failed' },
  { key: 'silent', name: 'nothing to read', tone: 'question' },
];

/** A day in words: `All 412 conversations changed on 21 Nov were seen; webhooks told of 409.` */
function daySentence({ day, modified, told, missed, silent, unread }: CoverageDay): string {
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

/** How the changes of each day came to be seen. */
export function Days({ integration: { integrationId, days } }: { integration: CoverageIntegration }) {
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
            <TableHead columns={['Day', ...numbersOf(latest).map(([name]) => ({ number: name }))]} />
            <tbody>
              {days.map((one) => (
                <tr key={one.day}>
                  <th scope="row" class="lead-cell">
                    {formatDay(one.day)}
                  </th>
                  {numbersOf(one).map(([name, value]) => (
                    <NumberCell key={name} label={name}>
                      {value}
                    </NumberCell>
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
