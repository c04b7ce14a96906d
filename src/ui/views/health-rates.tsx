import { SYNC_EVENT_NAMES, type SyncEventType } from '../../domain/sync-event.ts';
import { Badge } from '../components/badge.tsx';
import { ListCard } from '../components/list-card.tsx';
import { NumberCell, TableHead } from '../components/table.tsx';
import { Tile } from '../components/tile.tsx';
import { formatCount, formatPercent } from '../format.ts';
import { logHref } from '../links.ts';
import { logTypeOf } from '../log-filter.ts';
import type { HealthPageProps, HealthWindow, Outcomes } from './health.tsx';

/** What the success rate should be at least. */
export const TARGET = 0.95;
/** Fewer outcomes than this say nothing about a rate. */
const FEWEST = 10;

const settled = ({ success, failed }: Outcomes) => success + failed;

function RateBadge({ outcomes }: { outcomes: Outcomes }) {
  const ended = settled(outcomes);
  if (ended === 0) return <>No events</>;
  if (ended < FEWEST) return <>{`Too few to judge: ${outcomes.success} of ${ended} worked`}</>;
  const isGood = outcomes.success / ended >= TARGET;
  return (
    <Badge tone={isGood ? 'green' : 'red'} icon={isGood ? 'check' : 'alert'}>
      {`${formatPercent(outcomes.success / ended)}${isGood ? '' : ', below 95%'}`}
    </Badge>
  );
}

/** The success rate of all events of a window. */
export function RateTile({ window: { hours, all } }: { window: HealthWindow }) {
  const ended = settled(all);
  const rate = ended === 0 ? null : all.success / ended;
  const isBad = rate !== null && ended >= FEWEST && rate < TARGET;
  return (
    <Tile label={`Success rate, ${hours} h`} href={logHref({ range: `${hours}h`, status: ['failed'] })} bad={isBad}>
      {rate === null ? '–' : formatPercent(rate)}{' '}
      <span class="sub">
        {ended === 0 ? 'no events' : ended < FEWEST ? `too few (${ended})` : isBad ? 'below 95%' : 'target 95%'}
      </span>
    </Tile>
  );
}

/** The same by event type. */
export function Rates({ windows }: HealthPageProps) {
  const types = [...new Set(windows.flatMap(({ byType }) => byType.map(({ type }) => type)))];
  const of = (window: HealthWindow, type: SyncEventType) =>
    window.byType.find((row) => row.type === type) ?? { success: 0, failed: 0 };
  return (
    <ListCard
      id="rates"
      title="Success rate by event type"
      note="95% is the target; pending and skipped events do not count"
    >
      {types.length === 0 ? (
        <p class="card-text">Nothing happened in the last 48 hours.</p>
      ) : (
        <table class="stack">
          <caption class="visually-hidden">Success rate by event type</caption>
          <TableHead
            columns={['Event type', ...windows.map(({ hours }) => `Last ${hours} hours`), { number: 'Failed, 48 h' }]}
          />
          <tbody>
            {types.map((type) => {
              const failed = Math.max(...windows.map((window) => of(window, type).failed));
              return (
                <tr key={type}>
                  <td class="lead-cell">{SYNC_EVENT_NAMES[type]}</td>
                  {windows.map((window) => (
                    <td key={window.hours} data-label={`Last ${window.hours} hours`}>
                      <RateBadge outcomes={of(window, type)} />
                    </td>
                  ))}
                  <NumberCell label="Failed, 48 h">
                    {failed > 0 ? (
                      <a href={logHref({ range: '48h', status: ['failed'], type: [logTypeOf(type)] })}>
                        {formatCount(failed)}
                      </a>
                    ) : (
                      '0'
                    )}
                  </NumberCell>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </ListCard>
  );
}
